"""What counts as a view of an embed, and that nothing of a reader is kept."""

import html
import os
import queue
import re
import subprocess
import sys
import threading
from collections import Counter
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.conf import settings as site_settings
from django.db import Error
from django.db.models import Sum
from django.urls import reverse

from partners import counting
from partners.addresses import embed_path, list_path, map_path
from partners.counting import is_view
from partners.frames import Asking
from partners.links import signed_page
from partners.models import NO_TOPIC, EmbedCount

from .conftest import partner_at

TOPIC, LIST, MAP = EmbedCount.Kind.values
FIREFOX = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}


def rows():
    names = ("partner__name", "kind", "topic_key", "language", "views")
    return sorted(EmbedCount.objects.values_list(*names), key=str)


def test_views_are_counted_by_partner_topic_language_and_day(client, site, caf, at_hand):
    first, second = site.live(), site.live(title="Autre")
    addresses = [embed_path(one.translation_key, caf) for one in (first, first, second)]
    for address in [*addresses, embed_path(first.translation_key)]:
        client.get(address, headers=FIREFOX)
    assert not EmbedCount.objects.exists()  # no answer waits for it
    at_hand.write()
    client.get(addresses[0], headers=FIREFOX)
    client.get(embed_path(first.translation_key), headers=FIREFOX)
    at_hand.write()
    at_hand.write()
    key = first.translation_key
    expected = [(caf.name, TOPIC, key, "fr", 3), (caf.name, TOPIC, second.translation_key, "fr", 1)]
    assert rows() == sorted([*expected, (None, TOPIC, key, "fr", 2)], key=str)


def test_lists_and_the_map_are_counted_as_such_and_never_as_topics(client, site, caf, at_hand):
    topic = site.live()
    in_frame = FIREFOX | {"sec-fetch-dest": "iframe", "sec-fetch-site": "cross-site"}
    shown = list_path(caf, topics=(topic.translation_key,))
    on_map = map_path(caf, departement="69")
    for address in (shown, shown, list_path(theme="sommeil"), on_map):
        assert client.get(address, headers=in_frame).status_code == 200
    # The list that the map fetches when it is moved, also by browsers that do not say so; and
    # what shows nothing.
    for address in (f"{on_map}&liste=1", list_path(caf, theme="rien"), map_path(caf)):
        client.get(address, headers=FIREFOX)
    # Opened from the list: to browsers, a frame without a sandbox goes on as ours.
    ours = FIREFOX | {"sec-fetch-dest": "iframe", "sec-fetch-site": "same-origin"}
    from_list = ours | {"referer": f"http://testserver{shown}"}
    client.get(embed_path(topic.translation_key, caf), headers=from_list)
    for preview in (ours | {"referer": "http://testserver/fr/partenaires/page/x/"}, ours):
        client.get(embed_path(topic.translation_key, caf), headers=preview)
    client.get(embed_path(topic.translation_key), headers=from_list)  # a preview's own list
    at_hand.write()
    expected = [
        (caf.name, LIST, NO_TOPIC, "fr", 2),
        (None, LIST, NO_TOPIC, "fr", 1),
        (caf.name, MAP, NO_TOPIC, "fr", 1),
        (caf.name, TOPIC, topic.translation_key, "fr", 1),
    ]
    assert rows() == sorted(expected, key=str)


def test_somebody_who_looks_again_counts_and_what_is_no_look_does_not(client, site, caf, at_hand):
    topic = site.live()
    address = embed_path(topic.translation_key, caf)

    def counted(method=client.get, address=address, **headers):
        method(address, headers=FIREFOX | headers)
        return at_hand.take().total()

    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    at_hand.take()
    assert counted(**{"if-none-match": tag}) == 1
    assert counted(**{"sec-fetch-dest": "iframe", "sec-fetch-site": "cross-site"}) == 1
    for headers in (
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"x-moz": "prefetch"},
        {"sec-fetch-dest": "document"},
        {"sec-fetch-dest": "iframe", "sec-fetch-site": "same-origin"},  # our own preview
        {"user-agent": ""},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": "curl/8.5.0"},
        {"user-agent": "facebookexternalhit/1.1"},
        {"user-agent": "WordPress/6.8; https://mairie.example.fr"},
    ):
        assert counted(**headers) == 0, headers
    assert counted(client.head) == 0
    assert counted(address=f"/embed/{uuid4()}/") == 0
    assert counted(address=f"/embed/{topic.translation_key}/?partenaire=rien-de-connu-ici") == 0


@pytest.mark.any_database
@pytest.mark.parametrize("phone", ["Cubot_X18", "Nokia 3.4", "Robotic Browser"])
def test_no_phone_is_taken_for_a_robot(rf, phone):
    agent = f"Mozilla/5.0 (Linux; Android 9; {phone}) AppleWebKit/537.36 Chrome/90.0 Mobile"
    assert is_view(rf.get("/embed/", headers={"user-agent": agent}), Asking())


@pytest.mark.any_database
def test_a_thread_writes_what_is_at_hand(monkeypatch, settings):
    settings.EMBED_COUNT_SECONDS = 0.01
    written = queue.Queue()

    def add(counted):
        written.put(counted)
        if "last" in counted:
            raise SystemExit  # of the thread alone

    monkeypatch.setattr(counting, "EmbedCount", SimpleNamespace(objects=SimpleNamespace(add=add)))
    monkeypatch.setattr(counting, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(threading, "excepthook", lambda _raised: None)
    monkeypatch.setattr(counting, "Finalize", lambda *_args, **_kwargs: None)
    at_hand = counting.AtHand()
    for view in ("first", "last"):
        at_hand.add(view)
        assert written.get(timeout=20) == Counter({view: 1})
    for thread in threading.enumerate():
        if thread.name == "embed-counts":
            thread.join(20)


@pytest.mark.any_database
def test_what_came_last_is_written_when_the_process_ends():
    code = """if True:
        import django
        django.setup()
        from types import SimpleNamespace
        from django.conf import settings
        from partners import counting
        settings.EMBED_COUNT_SECONDS = 10_000
        counting.EmbedCount = SimpleNamespace(objects=SimpleNamespace(add=print))
        counting.at_hand.add("view")
    """
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=site_settings.ROOT, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": f"site{os.pathsep}."}, check=False,
    )  # fmt: skip
    assert said.stdout == "Counter({'view': 1})\n", said.stderr


def test_nothing_is_lost_when_the_database_does_not_answer(db, caf, at_hand, monkeypatch):
    key = (caf.pk, TOPIC, uuid4(), "fr", date(2026, 11, 26))
    at_hand.add(key)

    def broken(self, counted):
        raise Error

    with monkeypatch.context() as patched:
        patched.setattr(type(EmbedCount.objects.all()), "add", broken)
        patched.setattr(type(EmbedCount.objects), "add", broken)
        at_hand.write()
    at_hand.add(key)
    at_hand.write()
    assert EmbedCount.objects.aggregate(all=Sum("views"))["all"] == 2


def test_many_are_written_at_once_and_those_of_a_lost_partner_count_for_nobody(
    caf, django_assert_max_num_queries
):
    day = date(2026, 11, 26)
    gone = partner_at(name="Parti")
    counted = Counter({(caf.pk, TOPIC, uuid4(), "fr", day): 2 for _number in range(300)})
    key = uuid4()
    counted[(gone.pk, TOPIC, key, "fr", day)] = 3
    counted[(None, TOPIC, key, "fr", day)] = 4
    gone.delete()
    with django_assert_max_num_queries(9):
        EmbedCount.objects.add(counted)
        EmbedCount.objects.add(Counter({(None, TOPIC, key, "fr", day): 1}))
    assert EmbedCount.objects.get(topic_key=key).views == 8
    assert EmbedCount.objects.of(caf).aggregate(all=Sum("views"))["all"] == 600


def test_what_is_kept_says_nothing_of_a_reader():
    names = {field.name for field in EmbedCount._meta.get_fields()}
    assert names == {"id", "partner", "kind", "topic_key", "language", "day", "views"}


def test_whoever_tries_a_list_out_on_our_pages_is_no_reader(client, site, caf, at_hand):
    site.live()
    own = reverse("partner_page", args=[signed_page(caf)])
    ours = FIREFOX | {"sec-fetch-dest": "iframe", "sec-fetch-site": "same-origin"}
    chosen = {"quoi": "theme", "theme": "sommeil", "langue": "", "couleur": ""}
    assistant = reverse("partner_assistant")
    for shown in (
        client.get(f"{own}?quoi=theme-sommeil"),
        client.get(assistant, chosen | {"partenaire": caf.key}),
    ):
        preview = re.search(r'<iframe [^>]*src="(/embed/liste/[^"]+)"', shown.content.decode())[1]
        cards = client.get(html.unescape(preview), headers=ours).content.decode()
        card = re.search(r'<a href="(/embed/[^"]+)" target="_self"', cards)[1]
        referer = ours | {"referer": f"http://testserver{html.unescape(preview)}"}
        assert client.get(html.unescape(card), headers=referer).status_code == 200
    assert not at_hand.take()
