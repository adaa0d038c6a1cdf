"""Changing, withdrawing and confirming an entry by a mailed link."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from professionals import links, states
from professionals.links import Purpose
from professionals.models import Evidence, Professional
from professionals.models.choices import State
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db

ASK = "/fr/professionnels/modifier/"


@pytest.fixture
def entry():
    return ProfessionalFactory(published=True, name="Les Lucioles", email="luce@exemple.invalid")


def who(entry, **changes):
    said = {"name": entry.name, "is_natural_person": "no", "kind": entry.kind_id}
    return said | {"email": entry.email} | changes


def opened(visitor, entry):
    """The address of the entry's own page, behind a link that was used."""
    link = f"{ASK}lien/{links.create(entry, Purpose.EDIT)}/"
    assert "<button" in visitor.get(link).content.decode()
    return visitor.send(link).url


def test_the_answer_is_the_same_whether_an_address_is_known_or_not(visitor, entry):
    answers = {
        visitor.send(ASK, {"who": text}).url
        for text in ("LUCE@exemple.invalid", "nobody@exemple.invalid", entry.slug, "rien-du-tout")
    }
    answers.add(visitor.send(ASK, {"token": "a.b", "purpose": "edit"}).status_code)
    assert answers == {f"{ASK}?demande", 200}
    assert [mail.to for mail in visitor.mails] == [["luce@exemple.invalid"]] * 2
    assert "data-asked" in visitor.get(f"{ASK}?demande").content.decode()
    page = visitor.send(ASK, {"who": "Les Lucioles à Lyon"})
    assert visitor.errors(page) == {"who"}
    assert "Les Lucioles à Lyon" in page.content.decode()
    assert entry.slug in visitor.get(f"{ASK}?fiche={entry.slug}").content.decode()
    link = visitor.mailed()
    assert visitor.send(link).status_code == 303
    assert visitor.send(link).status_code == visitor.get(link).status_code == 410


def test_links_are_asked_for_a_few_times_an_hour(visitor, entry, monkeypatch):
    monkeypatch.setattr("professionals.views.changing.ASKED_AN_HOUR", 3)
    monkeypatch.setattr("professionals.views.changing.MAILS_AN_HOUR", 2)
    answers = [visitor.send(ASK, {"who": entry.email}).url for _number in range(3)]
    # The last one says that no mail goes, as it would of an address that nobody knows.
    assert answers == [f"{ASK}?demande", f"{ASK}?demande", f"{ASK}?attendre"]
    assert "data-waits" in visitor.get(answers[-1]).content.decode()
    assert "data-waits" not in visitor.get(answers[0]).content.decode()
    assert len(visitor.mails) == 2
    assert visitor.send(ASK, {"who": entry.email}).status_code == 429


def test_small_changes_go_out_at_once_and_the_rest_waits_while_the_old_one_stays(visitor, entry):
    here = opened(visitor, entry)
    page = visitor.get(here)
    assert "Les Lucioles" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert not page.cookies
    offer = {"priorities": [p.pk for p in entry.priorities.all()], "telephone": "04 72 12 34 56"}
    done = visitor.get(visitor.send(f"{here}offre/", offer).url).content.decode()
    assert "data-at-once" in done
    assert "data-for-review" not in done
    assert "data-how" in done
    changed = who(entry, name="Les Lucioles du Rhône")
    done = visitor.get(visitor.send(f"{here}qui/", changed).url).content.decode()
    assert "data-for-review" in done
    entry.refresh_from_db()
    assert (entry.name, entry.telephone) == ("Les Lucioles", "+33472123456")
    assert list(Professional.objects.queue()) == [entry]
    # The form shows what waits, and moving is looked at, too.
    assert "Les Lucioles du Rhône" in visitor.get(f"{here}qui/").content.decode()
    done = visitor.send(f"{here}ou/", {"postal_code": "75018"}).url
    assert "attend=" in done
    assert visitor.errors(visitor.send(f"{here}ou/", {"postal_code": "1"})) == {"postal_code"}
    entry.refresh_from_db()
    assert entry.commune_id == "69387"


def test_what_is_sent_after_the_half_hour_is_kept_for_the_next_link(visitor, entry, time_machine):
    here = opened(visitor, entry)
    time_machine.move_to(timezone.now() + timedelta(minutes=31))
    page = visitor.send(f"{here}offre/", {"description": "Une longue phrase."})
    assert page.status_code == 410
    here = visitor.send(visitor.mailed()).url
    assert "Une longue phrase." in visitor.get(f"{here}offre/").content.decode()
    entry.refresh_from_db()
    assert entry.description == ""
    wrong = here.replace("/modifier/", "/modifier/x")
    assert visitor.send(f"{wrong}offre/", {"description": "x"}).status_code == 404
    unknown = visitor.get(wrong)
    assert (unknown.status_code, "data-kept" in unknown.content.decode()) == (404, False)


def test_documents_and_pictures_sent_too_late_are_kept_and_no_mail_is_promised_in_vain(
    visitor, entry, time_machine, monkeypatch
):
    monkeypatch.setattr("professionals.views.changing.MAILS_AN_HOUR", 1)
    here = opened(visitor, entry)
    time_machine.move_to(timezone.now() + timedelta(minutes=31))
    document = SimpleUploadedFile("convention.pdf", b"%PDF-1.4 x", "application/pdf")
    page = visitor.send(f"{here}critere/", {"evidence_file": document})
    assert (page.status_code, "data-waits" in page.content.decode()) == (410, False)
    assert Evidence.objects.filter(professional=entry).exclude(file="").count() == 1
    number = len(visitor.mails)
    page = visitor.send(f"{here}offre/", {"description": "Encore une phrase."})
    assert (page.status_code, "data-waits" in page.content.decode()) == (410, True)
    assert len(visitor.mails) == number
    assert "Encore une phrase." in visitor.get(f"{opened(visitor, entry)}offre/").content.decode()


def test_in_another_language_the_form_says_what_was_typed_and_changes_nothing(visitor, entry):
    here = f"{opened(visitor, entry)}offre/"
    typed = {"description": "Une phrase qui n’est pas finie", "telephone": "04", "go": "here"}
    answer = visitor.send(here, typed)
    assert (answer.status_code, answer.url) == (303, here)
    page = visitor.get(here).content.decode()
    assert "Une phrase qui n’est pas finie" in page
    # On a page from right to left, too, what is typed runs in its own direction.
    for name in ("description", "specialities"):
        assert re.search(rf'name="{name}"[^>]* dir="auto"', page)
    entry.refresh_from_db()
    assert entry.description == ""


def test_a_person_takes_a_yes_back_and_withdraws_with_a_second_look(visitor):
    entry = ProfessionalFactory(
        published=True, is_natural_person=True, listing_agreed_at=timezone.now(), telephone=""
    )
    here = opened(visitor, entry)
    visitor.send(f"{here}accords/", {"details": "on"})
    entry.refresh_from_db()
    assert not entry.is_public
    assert entry.shows_details
    assert "<form" in visitor.get(f"{here}retirer/").content.decode()
    entry.refresh_from_db()
    assert entry.state == State.PUBLISHED
    for _number in range(2):
        page = visitor.send(f"{here}retirer/")
        assert 'data-state="withdrawn"' in page.content.decode()
    assert len(visitor.mails) == 1
    # It lacks the yes: then it may be sent again.
    lacks = visitor.send(here).content.decode().partition("form-errors")[2].partition("</div>")[0]
    assert f'href="{here}accords/"' in lacks
    visitor.send(f"{here}accords/", {"listing": "on"})
    assert visitor.send(here).status_code == 303
    entry.refresh_from_db()
    assert entry.state == State.IN_REVIEW


def test_a_refused_registration_is_mended_and_sent_again(visitor):
    entry = ProfessionalFactory(state=State.IN_REVIEW)
    entry = states.refuse(entry, states.By.MACHINE, "Le justificatif manque.").entry
    visitor.send(ASK, {"who": entry.email})
    here = visitor.send(visitor.mailed()).url
    html = visitor.get(here).content.decode()
    assert "Le justificatif manque." in html
    reasons = {"grounds": [g.pk for g in entry.grounds.all()], "public_body": "Caf de l'Ain"}
    visitor.send(f"{here}critere/", reasons | {"evidence_text": "Agrément 12-34"})
    visitor.send(here)
    entry.refresh_from_db()
    assert (entry.state, entry.public_body) == (State.IN_REVIEW, "Caf de l'Ain")
    assert re.search(r'data-state="in_review"', visitor.get(here).content.decode())
