"""A partner's own page, by a mailed link and without an account."""

import csv
import html
import re
from datetime import date, timedelta
from functools import partial
from io import StringIO
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners import links
from partners.addresses import embed_path, list_path, map_path
from partners.models import NO_TOPIC, EmbedCount, Partner, PartnerLink
from partners.numbers import by_partner, numbers_of
from tests.factories.workgroups import person

from .conftest import partner_at

pytestmark = pytest.mark.django_db
ASK = "/fr/partenaires/"
TODAY = date(2026, 11, 15)


@pytest.fixture
def today(time_machine):
    time_machine.move_to("2026-11-15T12:00:00Z", tick=False)


def seen(partner, topic, language="fr", kind="topic", **days):
    """Rows of counts: days as m10d03=4 (month, day of 2026)."""
    for day, views in days.items():
        when = date(2026, int(day[1:3]), int(day[4:]))
        EmbedCount.objects.create(
            partner=partner, kind=kind, topic_key=topic, language=language, day=when, views=views
        )


def opened(partner):
    return reverse("partner_page", args=[links.signed_page(partner)])


def test_a_link_is_mailed_opens_by_a_button_and_once(visitor, caf):
    partner_at("https://autre.example", name="Autre", contact_email="COM@mairie.example")
    answers = [
        visitor.send(ASK, {"email": email}).url
        for email in ("Com@Mairie.example", "personne@exemple.invalid")
    ]
    assert answers == [f"{ASK}?demande"] * 2
    assert "data-asked" in visitor.get(answers[0]).content.decode()
    [mail] = visitor.mails
    assert mail.to[0].lower() == "com@mairie.example"
    assert mail.body.count("/partenaires/lien/") == 2
    link = visitor.mailed()
    page = visitor.get(link)
    assert "<button" in page.content.decode()
    assert not page.cookies
    opened = visitor.send(link)
    assert opened.status_code == 303
    assert visitor.send(link).status_code == visitor.get(link).status_code == 410
    own = visitor.get(opened.url)
    assert own.status_code == 200
    assert own["Referrer-Policy"] == "same-origin"
    assert "no-store" in own["Cache-Control"]
    assert not own.cookies
    for wrong in (
        f"{link[:-2]}x/",
        f"{ASK}lien/a.b/",
        f"{ASK}page/a:b:c/",
        f"{ASK}page/x/vues.csv",
    ):
        assert visitor.get(wrong).status_code == 404
    assert visitor.send(ASK, {"email": "rien"}).status_code == 200
    assert visitor.send(ASK, {"email": "a@b.fr"}, origin="https://x.example").status_code == 403


def test_it_ends_and_nobody_asks_for_too_many(visitor, caf, time_machine, monkeypatch):
    time_machine.move_to("2026-11-26T12:00:00Z", tick=False)
    token, here = links.page_token(caf), opened(caf)
    stranger = opened(caf)
    caf.contact_email = "neuve@mairie.example"
    caf.save()
    assert visitor.get(stranger).status_code == 410  # somebody else is the contact now
    here = opened(caf)
    time_machine.move_to("2026-11-26T12:31:00Z", tick=False)
    assert visitor.get(f"{ASK}lien/{token}/").status_code == 410
    assert visitor.get(here).status_code == visitor.send(here).status_code == 410
    # What was typed there is not lost.
    late = visitor.send(here, {"origins": "https://neuf.example", "message": "Un mot <b>"})
    assert ">https://neuf.example\nUn mot &lt;b&gt;</textarea>" in late.content.decode()
    assert token.partition(".")[2] not in str(PartnerLink.objects.values().get())
    monkeypatch.setattr("partners.views.own_page.ASKED_AN_HOUR", 3)
    monkeypatch.setattr("partners.views.own_page.MAILS_AN_HOUR", 2)
    codes = [visitor.send(ASK, {"email": caf.contact_email}).status_code for _n in range(4)]
    assert codes == [303, 303, 303, 429]
    assert len(visitor.mails) == 2


def test_it_shows_sites_lines_and_a_preview_of_the_chosen_topic(visitor, site, caf):
    first, second = site.live(title="A « dodo » <b>"), site.live(title="Bain")
    chosen = visitor.get(f"{opened(caf)}?quoi=sujet-{second.translation_key}")
    page = chosen.content.decode()
    assert "https://www.caf.example" in page
    address = f"/embed/{second.translation_key}/?partenaire={caf.key}"
    preview = embed_path(second.translation_key)
    assert f'src="{preview}" title="Bain"' in page
    text = html.unescape(page)
    assert f'<iframe src="http://localhost:8000{address}" title="Bain · Mes Infos Bébé"' in text
    # The best line first; the address is what WordPress takes.
    address = f"http://localhost:8000/sujet/{second.translation_key}/?partenaire={caf.key}"
    link = f'<a data-mes-infos-bebe href="{address}">Bain</a>'
    assert link in text
    assert text.index(link) < text.index('<div><iframe src="http')
    assert f">{address}</textarea>" in text
    assert f">{caf.key}</textarea>" in page
    for place in ("partner_assistant", "partner_instructions"):
        assert f'href="{reverse(place)}?partenaire={caf.key}"' in page
    # Lists and the map of its département are there as well.
    caf.departement = "2A"
    caf.save()
    offered = [one.value for some in chosen.context["offered"].values() for one in some]
    assert {"theme-sommeil", f"etape-{site.stage.slug}", "carte-69"} <= set(offered)
    for value, path_for in (
        ("theme-sommeil", partial(list_path, theme="sommeil")),
        (f"etape-{site.stage.slug}", partial(list_path, stage=site.stage.slug)),
        ("carte-2A", partial(map_path, departement="2A")),
    ):
        other = visitor.get(f"{opened(caf)}?quoi={value}")
        assert f'src="{html.escape(path_for())}"' in other.content.decode()
        path = path_for(caf)
        assert f"http://localhost:8000{path}" in other.context["lines"].frame.replace("&amp;", "&")
    assert 'style="' not in page
    assert "<script>" not in page
    for odd in ("rien", str(uuid4()), "%00"):
        chosen = visitor.get(f"{opened(caf)}?quoi={odd}").content.decode()
        assert f"/embed/{first.translation_key}/" in chosen
        assert "dodo » <b>" not in chosen
    caf.active = False
    caf.save()
    assert f'src="{preview}"' not in visitor.get(opened(caf)).content.decode()


def test_other_sites_are_asked_for_and_added_by_managers_alone(visitor, caf, monkeypatch):
    manager = person("partner_manager")
    here = opened(caf)
    wrong = visitor.send(here, {"origins": "http://neuf.example"})
    assert wrong.context["form"].errors["origins"]
    assert "http://neuf.example" in wrong.content.decode()
    for _twice in range(2):
        done = visitor.send(here, {"origins": "https://neuf.example\nhttps://www.caf.example"})
        assert done.url == f"{here}?sites=demandes#sites"
    [mail] = visitor.mails
    assert mail.to == [manager.email]
    assert "https://neuf.example" in mail.body
    assert "https://www.caf.example" not in mail.body
    # What no field takes is said in words, be it that an access is closed.
    Partner.objects.update(active=False)
    full = f"صحة{'a' * 996}\r\n{'b' * 1000}"  # a browser counts 2000
    assert visitor.send(here, {"message": full}).status_code == 303
    assert "صحة" in visitor.mails[-1].body
    assert visitor.send(here, {"origins": " ", "message": " "}).context["form"].errors["origins"]
    Partner.objects.update(active=True)
    known = visitor.send(here, {"origins": "https://www.caf.example"})
    assert known.url.endswith("?sites=connus#sites")
    assert [o.source for o in Partner.objects.get().allowed_origins] == ["https://www.caf.example"]
    # Nobody is told that a wish arrived which was sent away, however often it is sent.
    monkeypatch.setattr("partners.views.own_page.WISHES_AN_HOUR", 1)
    for _twice in range(2):
        refused = visitor.send(here, {"origins": "https://encore.example"})
        assert refused.context["form"].non_field_errors()
    assert len(visitor.mails) == 2


def test_no_small_number_is_told_and_none_comes_out_by_subtraction(visitor, site, caf, today):
    topic = site.live(title="=Sommeil")
    key, other = topic.translation_key, uuid4()
    seen(caf, key, m10d03=4, m10d04=3, m09d01=100, m11d02=19)
    seen(caf, key, "ar", m10d03=2)
    seen(caf, other, m09d09=3)
    seen(caf, uuid4(), m11d02=9)
    seen(caf, NO_TOPIC, kind="list", m10d03=6, m09d03=3)
    seen(caf, NO_TOPIC, "ar", kind="list", m10d03=4)
    seen(caf, NO_TOPIC, kind="map", m09d03=50)
    seen(partner_at(name="Autre"), key, m10d03=1000)
    seen(None, key, m10d03=500)

    numbers = numbers_of(caf)
    months = [(line.what, line.number, line.few) for line in numbers.months]
    # 2 in Arabic and 3 of the other topic are nowhere; of this month, whole tens.
    assert months == [(date(2026, 11, 1), 10, 0), (date(2026, 10, 1), 7, 1),
                      (date(2026, 9, 1), 100, 1)]  # fmt: skip
    assert (numbers.topics[0].what, numbers.topics[0].number) == ("=Sommeil", 117)
    assert sum(line.number for line in numbers.topics) == 117
    # Lists and the map by themselves, by the same rule.
    lists = [(line.what, line.number, line.few) for line in numbers.lists]
    assert lists == [(date(2026, 10, 1), 6, 1), (date(2026, 9, 1), 0, 1)]
    assert [(line.what, line.number) for line in numbers.maps] == [(date(2026, 9, 1), 50)]

    answer = visitor.get(opened(caf))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count('class="view-numbers"') == 4
    assert 'rect width="100"' in page
    # What is small is never told as less than it is: 9 views of a month that goes on.
    small = re.findall(r"<span>\s*([^<]*?)\s*</span></td>", page)
    with override("fr"):
        assert _("too few until now to be told") in small
        assert small.count(_("less than 5")) == 2
    file = visitor.get(reverse("partner_page_csv", args=[links.signed_page(caf)]))
    rows = list(csv.DictReader(StringIO(file.content.decode("utf-8-sig"))))
    told = [(row["mois"], row["sujet"], row["langue"], row["vues"]) for row in rows]
    lists = [row for row in rows if row["genre"] == "liste"]
    assert {row["sujet"] for row in lists} == {""}
    kinds = [(row["mois"], row["langue"], row["vues"]) for row in lists]
    assert kinds == [("2026-09", "fr", "moins de 5"), ("2026-10", "ar", "moins de 5"),
                     ("2026-10", "fr", "6")]  # fmt: skip
    assert [row["vues"] for row in rows if row["genre"] == "carte"] == ["50"]
    assert ("2026-10", "'=Sommeil", "fr", "7") in told
    assert ("2026-10", "'=Sommeil", "ar", "moins de 5") in told
    assert ("2026-11", "'=Sommeil", "fr", "10") in told
    assert {row["vues"] for row in rows if row["mois_en_cours"] == "oui"} == {"10", "moins de 10"}
    assert len(told) == 10


def test_managers_see_all_and_who_has_gone_silent(client, site, caf, today):
    key = site.live(title="Le bain").translation_key
    loud = partner_at("https://bruit.example", name="Bruyante")
    partner_at("https://neuf.example", name="Neuve")
    seen(caf, key, m09d30=40)
    seen(loud, key, m09d30=40, m11d14=40)
    seen(None, key, m10d15=60)
    lister = partner_at("https://listes.example", name="Listes")
    seen(lister, NO_TOPIC, kind="list", m09d30=8, m11d14=20)
    quiet = partner_at("https://carte.example", name="Carte")
    seen(quiet, NO_TOPIC, kind="map", m09d30=40)
    for name, day in (("Hier encore", "m10d16"), ("Plus depuis 30 jours", "m10d15")):
        seen(partner_at(name=name), key, **{day: 5})
    rows = {row[0] and row[0].name: row[1:] for row in by_partner()}
    silent = {name for name, row in rows.items() if row[-1]}
    assert silent == {caf.name, quiet.name, "Plus depuis 30 jours"}
    topics, others, day, _silent = rows[lister.name]
    assert (topics.number, others.number, day) == (0, 28, date(2026, 11, 14))
    assert (rows[loud.name][0].number, rows[loud.name][1].number) == (80, 0)
    address = reverse("partner_counts")
    client.force_login(person("coordinator"))
    assert client.get(address).status_code == 302
    client.force_login(person("partner_manager"))
    assert address in client.get("/admin/").content.decode()
    page = client.get(address).content.decode()
    assert page.count("data-silent") == 3
    assert "190" in page
    assert "novembre 2026" in page
    assert "14 novembre" not in page  # days are told to nobody
    for odd in ("x", "9" * 30, str(caf.pk)):
        assert client.get(f"{address}?partenaire={odd}").status_code == 200
    file = client.get(reverse("partner_counts_file")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(file)))
    told = sorted((row["partenaire"], row["mois"], row["vues"]) for row in rows)
    assert told[:2] == [("(sans clé)", "2026-10", "60"), ("Bruyante", "2026-09", "40")]
    assert len(told) == 9
    old = timezone.localdate() - timedelta(days=500)
    EmbedCount.objects.create(partner=caf, topic_key=key, language="fr", day=old, views=9)
    assert sum(line.number for line in numbers_of(None).months) == 190
