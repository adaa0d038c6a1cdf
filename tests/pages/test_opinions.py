"""“Was this useful?”: kept with nothing about the sender, few from one place, read by the
group alone."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from pages.models import Opinion, OpinionSalt
from tests.factories.workgroups import person

ADDRESS = "/fr/sommeil/mon-bebe-se-reveille/avis/"
FROM_HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


@pytest.fixture
def topic(site):
    return site.live()


def answer(client, address=ADDRESS, sender="192.0.2.1", headers=FROM_HERE, **said):
    return client.post(address, said, headers=headers, REMOTE_ADDR=sender)


def test_an_answer_is_kept_with_nothing_about_the_sender(client, topic, caplog):
    reply = answer(client, useful="no", sentence=" Trop\nlong. ", name="Zoé", page="9")
    assert (reply.status_code, reply.url) == (303, f"{ADDRESS}?merci")
    assert not reply.cookies
    kept = Opinion.objects.values().get()
    assert kept.pop("id")
    assert kept == {
        "topic_id": topic.pk,
        "language": "fr",
        "day": timezone.localdate(),
        "useful": False,
        "sentence": "Trop long.",
    }
    assert "192.0.2.1" not in caplog.text
    thanks = client.get(reply.url)
    assert 'data-said="merci"' in thanks.content.decode()
    assert topic.get_url() in thanks.content.decode()
    assert not thanks.cookies


def test_the_topic_asks_and_sets_no_cookie(client, topic):
    page = client.get(topic.get_url())
    assert f'method="post" action="{ADDRESS}"' in page.content.decode()
    assert "csrf" not in page.content.decode()
    assert not page.cookies


def test_another_site_sends_nothing(client, topic):
    elsewhere = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    assert answer(client, headers=elsewhere, useful="yes").status_code == 403
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"useful": "maybe"},
        {"useful": "yes", "sentence": "x" * 301},
        {"useful": "yes", "sentence": "a\x00b"},
        {"sentence": "Sans réponse"},
    ],
    ids=["nothing", "neither", "too-long", "null", "sentence-alone"],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(client, topic, said):
    reply = answer(client, **said)
    assert reply.status_code == 200
    assert 'role="alert"' in reply.content.decode()
    assert "<h1" in reply.content.decode()
    if sentence := said.get("sentence", "").replace("\x00", ""):
        assert sentence[:2] in reply.content.decode()
    assert not Opinion.objects.exists()


def test_any_writing_is_kept_as_it_is_and_shown_as_text(client, site, topic):
    # A browser counts one character for the end of a line, and lets 300 through.
    assert answer(client, useful="no", sentence=f"{'a' * 299}\r\n").url.endswith("?merci")
    Opinion.objects.all().delete()
    sentence = "🙂 <b>شكرا</b> \u202eabc ' OR 1=1 --"
    assert answer(client, useful="yes", sentence=sentence).status_code == 303
    assert Opinion.objects.get().sentence == sentence
    client.force_login(site.author)
    html = client.get(reverse("pages_opinions", args=[topic.pk])).content.decode()
    assert "&lt;b&gt;" in html


def test_only_a_live_topic_is_answered_about(client, site):
    draft = site.draft(title="Pas encore")
    for address in ("/fr/sommeil/rien/avis/", f"/fr/sommeil/{draft.slug}/avis/"):
        assert answer(client, address, useful="yes").status_code == 404
        assert client.get(address).status_code == 404


def test_pressing_twice_counts_once(client, topic):
    assert answer(client, useful="yes").url.endswith("?merci")
    assert answer(client, useful="yes").url.endswith("?deja")
    assert Opinion.objects.count() == 1
    # Somebody else, or another answer, is another answer.
    assert answer(client, sender="192.0.2.2", useful="yes").url.endswith("?merci")
    assert answer(client, useful="no").url.endswith("?merci")
    assert Opinion.objects.count() == 3


def test_more_than_people_send_from_one_place_are_not_kept_and_told_so(client, topic):
    """Whatever else the caches hold, and leaving no row behind for what is refused."""
    for n in range(5):
        assert answer(client, useful="yes", sentence=f"Oui {n}.").url.endswith("?merci")
    rows = limit_rows()
    for n in range(400):  # what fits into Django's own table
        cache.set(f"zz-{n}", 1)
    replies = [answer(client, useful="yes", sentence=f"Non {n}.") for n in range(5)]
    assert {(reply.status_code, reply.url) for reply in replies} == {(303, f"{ADDRESS}?trop")}
    assert Opinion.objects.count() == 5
    assert limit_rows() == rows
    assert 'data-said="trop"' in client.get(replies[-1].url).content.decode()
    # Another place has its own room.
    assert answer(client, sender="192.0.2.2", useful="yes").url.endswith("?merci")


def limit_rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM limits")
        return {key for (key,) in cursor}


def test_what_is_remembered_of_a_sender_is_no_address_and_ends_with_the_day(client, topic):
    answer(client, useful="yes")
    first = limit_rows()
    assert len(first) == 3
    assert "192.0.2.1" not in str(first)
    with travel(timezone.now() + timedelta(days=1), tick=False):
        answer(client, useful="yes")
        assert len(limit_rows() - first) == 3
        assert OpinionSalt.objects.get().day == timezone.localdate()
    with travel(timezone.now() + timedelta(days=2), tick=False):
        call_command("forget_sentences")
        assert limit_rows() == set()
        assert not OpinionSalt.objects.exists()


def test_the_group_reads_it_and_nobody_else(client, site, topic):
    answer(client, useful="yes", sentence="Merci beaucoup.")
    place = reverse("pages_opinions", args=[topic.pk])
    room = reverse("workgroup_room", args=[site.group.pk])
    for user in (site.author, site.coordinator):
        client.force_login(user)
        assert "Merci beaucoup." in client.get(place).content.decode()
        assert place in client.get(room).content.decode()
    for user in (site.signatory, person("author")):
        client.force_login(user)
        reply = client.get(place, follow=True)
        assert "Merci beaucoup." not in reply.content.decode()


def test_sentences_are_read_newest_first_in_as_many_queries_for_fifty(
    client, site, topic, django_assert_max_num_queries
):
    today = timezone.localdate()
    for days in (2, 0, 1):
        day = today - timedelta(days=days)
        Opinion.objects.create(
            topic=topic, language="fr", day=day, useful=True, sentence=f"J-{days}"
        )
    client.force_login(site.author)
    place = reverse("pages_opinions", args=[topic.pk])
    html = client.get(place).content.decode()
    assert html.index("J-0") < html.index("J-1") < html.index("J-2")
    some = Opinion(topic=topic, language="fr", useful=True, sentence="Encore.")
    with django_assert_max_num_queries(40) as few:
        client.get(place)
    Opinion.objects.bulk_create([Opinion(**_values(some)) for _ in range(50)])
    with django_assert_max_num_queries(len(few)):
        client.get(place)


def _values(opinion):
    return {name: getattr(opinion, name) for name in ("topic", "language", "useful", "sentence")}


def test_sentences_are_forgotten_and_answers_stay(topic, settings):
    settings.OPINION_SENTENCE_DAYS = 30
    for days in (29, 31):
        day = timezone.localdate() - timedelta(days=days)
        Opinion.objects.create(topic=topic, language="fr", day=day, useful=True, sentence="Zoé.")
    call_command("forget_sentences")
    assert sorted(Opinion.objects.values_list("sentence", flat=True)) == ["", "Zoé."]
