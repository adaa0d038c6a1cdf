"""Registering without an account: five steps, a mail, and one entry whatever is sent twice."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from professionals.models import Contact, Evidence, Note, Professional
from professionals.models.choices import State
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db

START = "/fr/professionnels/inscription/"
PDF = b"%PDF-1.7 Convention"


def test_a_whole_registration_goes_from_the_first_page_to_the_queue(visitor):
    page = visitor.get(START)
    assert not page.cookies
    assert "csrf" not in page.content.decode()
    here = visitor.through()
    assert visitor.get(here)["Cache-Control"].startswith("max-age=0")
    sent = visitor.send(here, visitor.steps.contact)
    assert sent.url.endswith("/envoye/")
    assert visitor.get(sent.url).status_code == 200
    entry = Professional.objects.get()
    assert (entry.state, entry.commune_id, entry.opening_hours, entry.sector) == (
        State.STARTED,
        "69387",
        "Mo 09:00-12:00",
        "sante",
    )
    assert not entry.point_is_exact
    assert entry.listing_agreed_at
    assert entry.details_agreed_at is entry.open_data_agreed_at is None
    assert Contact.objects.get().name == "Awa Diallo"
    assert Evidence.objects.get().text == "Convention du 3 mai 2021"
    assert [mail.to for mail in visitor.mails] == [["awa@exemple.invalid"]] * 2

    link = visitor.mailed()
    assert "<button" in visitor.get(link).content.decode()
    assert Professional.objects.get().state == State.STARTED
    assert 'data-state="in_review"' in visitor.send(link).content.decode()
    assert Professional.objects.queue().get().state == State.IN_REVIEW
    assert len(visitor.mails) == 3

    # Pressed again, or the form sent again: a clear page, and nothing more happens.
    assert 'data-again="yes"' in visitor.send(link).content.decode()
    assert 'data-again="yes"' in visitor.get(link).content.decode()
    for address in (here, sent.url):
        assert 'data-state="in_review"' in visitor.get(address).content.decode()
        assert 'data-state="in_review"' in visitor.send(address).content.decode()
    assert len(visitor.mails) == 3


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(visitor):
    assert visitor.errors(visitor.begin(email="awa", kind="", name=" ")) == {
        "email",
        "kind",
        "name",
    }
    page = visitor.begin(siret="123 456 789 00012", name="<b>Awa</b>")
    assert visitor.errors(page) == {"siret"}
    html = page.content.decode()
    assert 'href="#id_siret"' in html
    assert "123 456 789 00012" in html
    assert "&lt;b&gt;Awa&lt;/b&gt;" in html
    assert not Professional.objects.exists()

    where = visitor.begin(is_natural_person="no").url
    far = visitor.steps.place | {"latitude": "48,85", "longitude": "2.35", "area_served": "Gerland"}
    assert visitor.errors(visitor.send(where, far)) == {"latitude"}
    # Left and taken up again: what was refused is there, with its sentence.
    assert visitor.errors(visitor.get(where)) == {"latitude"}
    assert "Gerland" in visitor.get(where).content.decode()
    offer = visitor.send(where, visitor.steps.place | {"latitude": "45,749", "longitude": "4.842"})
    assert Professional.objects.get().latitude == 45.749
    wrong = {"telephone": "12", "website": "x y", "hours_tu": "le matin", "description": "a" * 601}
    page = visitor.send(offer.url, wrong)
    all_of_it = ["priorities", "description", "telephone", "website", "hours_tu"]
    assert visitor.errors(page) == set(all_of_it)
    summed_up = page.content.decode().partition("erreurs")[2].partition("</div>")[0]
    assert re.findall(r'href="#id_(\w+?)(?:_0)?"', summed_up) == all_of_it
    page = visitor.send(offer.url, visitor.steps.offer | {"telephone": "12", "website": "x y"})
    assert visitor.errors(page) == {"telephone", "website"}
    # As long as the browser lets it be: it counts one for the end of a line, and sends two.
    full = f"{'a' * 300}\r\n{'b' * 299}"
    visitor.send(offer.url, visitor.steps.offer | {"description": full})
    assert Professional.objects.get().description == full.replace("\r\n", "\n")
    # Going back keeps it, too, though it is not right yet.
    back = visitor.send(offer.url, visitor.steps.offer | {"go": "back", "telephone": "04 72"})
    assert back.url == where
    assert 'value="04 72"' in visitor.get(offer.url).content.decode()


def test_a_person_is_asked_for_a_point_once_she_says_that_it_may_be_shown(visitor):
    where = visitor.begin().url
    forged = visitor.steps.place | {"latitude": "45.749", "longitude": "4.842"}
    offer = visitor.send(where, forged).url
    assert Professional.objects.get().point is None
    assert 'name="latitude"' not in visitor.get(where).content.decode()
    reasons = visitor.send(offer, visitor.steps.offer).url
    visitor.send(reasons, visitor.steps.reasons | {"details": "on"})
    page = visitor.get(where).content.decode()
    # The map begins where the commune is, and its figures are those of a program.
    assert re.search(r'data-latitude="45\.\d+" data-longitude="4\.\d+"', page)
    for latitude, longitude in (("45.76", "5.9"), ("4.84", "45.75"), ("51.5", "-0.1"), ("1", "")):
        point = {"latitude": latitude, "longitude": longitude}
        assert visitor.errors(visitor.send(where, visitor.steps.place | point)) == {"latitude"}
    visitor.send(where, forged)
    assert Professional.objects.get().latitude == 45.749


def test_a_refused_file_loses_nothing_and_a_good_one_is_kept(visitor):
    here = visitor.begin().url
    for data in (visitor.steps.place, visitor.steps.offer):
        here = visitor.send(here, data).url
    bad = SimpleUploadedFile("convention.pdf", b"MZ not a document")
    page = visitor.send(here, visitor.steps.reasons | {"evidence_file": bad})
    assert visitor.errors(page) == {"evidence_file"}
    assert "Convention du 3 mai 2021" in page.content.decode()
    assert not Evidence.objects.exists()
    good = SimpleUploadedFile("convention.pdf", PDF)
    without_yes = {k: v for k, v in visitor.steps.reasons.items() if k != "listing"}
    page = visitor.send(here, without_yes | {"evidence_file": good})
    assert visitor.errors(page) == {"listing"}
    # Sent twice, it is there once.
    visitor.send(here, without_yes | {"evidence_file": SimpleUploadedFile("autre.pdf", PDF)})
    with Evidence.objects.get().file.open() as kept:
        assert kept.read() == PDF
    assert 'name="drop"' in page.content.decode()
    visitor.send(here, visitor.steps.reasons | {"drop": Evidence.objects.get().pk})
    assert [bool(one.file) for one in Evidence.objects.all()] == [False]


def test_a_form_that_is_sent_twice_or_replayed_makes_one_entry(visitor, time_machine):
    number = re.search(r'name="number" value="([^"]+)"', visitor.get(START).content.decode())[1]
    data = visitor.steps.who | {"number": number}
    first, second = visitor.send(START, data), visitor.send(START, data | {"name": "Awa D."})
    assert first.url.rpartition("/ou/")[1] == second.url.rpartition("/ou/")[1] == "/ou/"
    assert Professional.objects.get().name == "Awa D."
    assert len(visitor.mails) == 1
    for wrong in ("", f"{number}x"):
        page = visitor.send(START, data | {"number": wrong})
        assert 'id="erreurs"' in page.content.decode()
        assert "awa@exemple.invalid" in page.content.decode()
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert 'id="erreurs"' in visitor.send(START, data).content.decode()
    assert Professional.objects.count() == 1


def test_what_is_half_sent_says_what_lacks_and_where(visitor):
    where = visitor.begin().url
    last = where.replace("/ou/", "/contact/")
    page = visitor.send(last, visitor.steps.contact).content.decode()
    errors = page.partition('class="form-errors"')[2].partition("</div>")[0]
    assert f'href="{where}"' in errors
    assert Contact.objects.get().name == "Awa Diallo"
    assert visitor.get(where.replace("/ou/", "/envoye/")).url == last
    assert Professional.objects.get().state == State.STARTED


def test_a_registration_goes_on_by_its_mail_until_it_is_too_old(visitor, time_machine):
    time_machine.move_to("2026-11-26T12:00:00Z")
    visitor.send(visitor.begin().url, visitor.steps.place)
    link = visitor.mailed()
    assert "<button" in visitor.get(link).content.decode()
    again = visitor.send(link)
    assert again.url.endswith("/offre/")
    assert visitor.get(again.url).status_code == 200
    # Used, the page offers a new one with one press.
    used = visitor.get(link)
    assert (used.status_code, 'data-problem="UsedLink"' in used.content.decode()) == (410, True)
    token = link.rstrip("/").rpartition("/")[2]
    request = {"token": token, "purpose": "registration"}
    answer = visitor.send("/fr/professionnels/modifier/", request)
    assert answer.url.endswith("?demande")
    fresh = visitor.mailed()
    assert fresh != link
    for address in (f"{fresh[:-2]}/", f"{again.url.replace('/offre/', 'x/offre/')}"):
        assert visitor.get(address).status_code == 404
        assert visitor.send(address).status_code == 404
    time_machine.shift(timedelta(days=15))
    for address in (fresh, again.url):
        assert visitor.get(address).status_code == 410
        assert visitor.send(address).status_code == 410


def test_another_address_gets_the_mail_and_the_first_one_opens_nothing(visitor):
    where = visitor.begin(email="faute@exemple.invalid").url
    old = visitor.mailed()
    visitor.send(where.replace("/ou/", "/qui/"), visitor.steps.who)
    assert visitor.mails[-1].to == ["awa@exemple.invalid"]
    assert visitor.get(old).status_code == 410


def test_a_commune_is_found_and_where_there_are_several_one_chooses(visitor):
    where = visitor.begin().url
    page = visitor.send(where, {"commune_name": "saint"})
    assert visitor.errors(page) == {"commune"}
    code = re.findall(r'name="commune" value="(\w+)"', page.content.decode())[0]
    reply = visitor.send(where, {"commune_name": "saint", "commune": code})
    assert reply.status_code == 303 or visitor.errors(reply) == {"postal_code"}
    for data, field in (
        ({"postal_code": "00000"}, "postal_code"),
        ({"postal_code": "6900"}, "postal_code"),
        ({"postal_code": "6\0007"}, "postal_code"),
        ({"commune_name": "Nullepart"}, "commune_name"),
        ({}, "postal_code"),
    ):
        assert visitor.errors(visitor.send(where, data)) == {field}
    assert visitor.send(where, {"postal_code": "69007", "commune_name": "Lyon"}).status_code == 303
    assert Professional.objects.get().commune_id == "69387"


def test_what_may_be_there_already_is_shown_before_sending(visitor):
    known = ProfessionalFactory(published=True, name="Awa DIALLO sage femme", email="a@b.invalid")
    hidden = ProfessionalFactory(state=State.IN_REVIEW, name="Awa Diallo, sage-femme (bis)")
    hidden.name = "Awa Diallo sage-femme"
    hidden.save()
    here = visitor.through()
    html = visitor.get(here).content.decode()
    assert known.name in html
    assert html.count('name="known"') == 2
    assert hidden.email not in html
    page = visitor.send(here, visitor.steps.contact).content.decode()
    assert 'href="#doubles"' in page
    assert len(visitor.mails) == 1
    # Either it is one's own, and the link goes to its own address …
    button = re.search(r'name="known" value="([^"]+)"', html)[1]
    visitor.send("/fr/professionnels/modifier/", {"known": button})
    assert visitor.mails[-1].to == ["a@b.invalid"]
    # … or another one, which moderators read.
    assert visitor.send(here, visitor.steps.contact | {"another": "yes"}).url.endswith("/envoye/")
    assert Note.objects.count() == 2


def test_kinds_that_have_a_reference_of_their_own_are_told_of_it(visitor):
    where = visitor.begin().url
    offer = visitor.send(where, visitor.steps.place).url
    assert "https://www.sante.fr/" in visitor.get(offer).content.decode()
    from professionals.models import Kind

    who = visitor.steps.who | {"kind": Kind.objects.get(slug="mode-accueil").pk}
    visitor.send(where.replace("/ou/", "/qui/"), who)
    html = visitor.get(offer).content.decode()
    assert "https://www.monenfant.fr/" in html
    # What such a kind suggests is ticked.
    assert re.search(r'name="priorities" value="\d+"[^>]*checked', html)


def test_there_is_a_limit_for_one_place_and_one_address(visitor, monkeypatch):
    monkeypatch.setattr("professionals.views.registering.MAILS_AN_HOUR", 1)
    monkeypatch.setattr("professionals.views.registering.NEW_AN_HOUR", 3)
    assert visitor.begin().status_code == 303
    page = visitor.begin(name="Encore une")
    assert (page.status_code, "Encore une" in page.content.decode()) == (429, True)
    assert visitor.begin(email="b@exemple.invalid").status_code == 303
    assert visitor.begin(email="c@exemple.invalid").status_code == 429
    assert Professional.objects.count() == 2


def test_a_page_of_another_site_sends_nothing(visitor):
    elsewhere = {"origin": "https://ailleurs.example", "sec-fetch-site": "cross-site"}
    reply = visitor.send(START, visitor.steps.who, **elsewhere)
    assert reply.status_code == 403
    assert not Professional.objects.exists()


def test_the_numbers_of_the_steps_and_other_languages_take_along_what_was_typed(visitor):
    here = visitor.begin().url  # at the address
    page = visitor.get(here).content.decode()
    assert 'form="step" name="go" value="offre"' in page
    typed = {"address": "3 rue inachevée", "postal_code": "69"}
    for go, leads_to in (("qui", here.replace("/ou/", "/qui/")), ("here", here)):
        assert visitor.send(here, typed | {"go": go}).url == leads_to
        page = visitor.get(here)
        assert "3 rue inachevée" in page.content.decode()
        assert "postal_code" in visitor.errors(page)
    assert visitor.send(here, visitor.steps.place | {"go": "critere"}).url.endswith("/critere/")
    assert Professional.objects.get().postal_code == "69007"
    # Before there is an entry, too, and nothing is said to lack.
    page = visitor.send(START, {"name": "La Bulle", "go": "here", "number": "x"})
    assert visitor.errors(page) == set()
    assert 'value="La Bulle"' in page.content.decode()
    assert Professional.objects.count() == 1
