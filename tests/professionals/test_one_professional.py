"""The page of one professional shows what is public, for people and for machines."""

import json
import re

import pytest
import vobject
from django.core.cache import cache

from professionals import states
from professionals.models import EntryReport, Professional
from tests.factories.accounts import UserFactory
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db

HERE = {"HTTP_ORIGIN": "http://testserver"}


def page(client, entry, **headers):
    return client.get(entry.get_absolute_url(), headers=headers)


def test_everything_public_is_there_and_nothing_else(client):
    entry = ProfessionalFactory(
        published=True, name="Lieu </script><b>& Cie", kind_slug="mode-accueil",
        telephone="+33472123456", email_is_public=False, website="https://exemple.invalid/",
        opening_hours="Mo-Fr 08:00-18:30; PH off", languages=["fr", "ar"], cost="free",
        latitude=45.75, longitude=4.84, description="Nous accueillons.\nVenez.",
    )  # fmt: skip
    answer = page(client, entry)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "<b>&" not in html
    for text in ("tel:+33472123456", "https://exemple.invalid/", "12 rue des Lilas", "<svg"):
        assert text in html
    assert entry.email not in html
    assert "data-note" not in html
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    data = json.loads(data)
    assert data["@type"] == "ChildCare"
    assert data["name"] == entry.name
    assert data["openingHours"] == ["Mo-Fr 08:00-18:30"]
    assert data["address"]["postalCode"] == "69007"
    assert data["geo"]["latitude"] == 45.75
    assert "email" not in data


def test_a_person_who_did_not_say_yes_to_more_is_at_her_communes_point(client):
    entry = ProfessionalFactory(
        published=True, is_natural_person=True, telephone="+33612345678",
        latitude=45.75, longitude=4.84,
    )  # fmt: skip
    entry = states.consent(entry, states.By.MAIL, listing=True, details=False).entry
    html = page(client, entry).content.decode()
    contact = client.get(entry.get_absolute_url() + "contact.vcf").content.decode()
    for text in ("+33612345678", "rue des Lilas", "45.75", entry.email):
        assert text not in html
        assert text not in contact
    assert "69007" in contact


def test_an_imported_one_says_that_nobody_checked_it_and_where_it_is_from(client):
    entry = ProfessionalFactory(
        published=True, is_verified=False, source="Liste ouverte", source_id="7"
    )
    html = page(client, entry).content.decode()
    assert 'data-note="unverified"' in html
    assert "Liste ouverte" in html
    assert "Liste ouverte" in client.get("/fr/professionnels/").content.decode()
    # Those who are checked still come from there: licences ask for it.
    Professional.objects.update(is_verified=True)
    html = page(client, entry).content.decode()
    assert 'data-note="unverified"' not in html
    assert "Liste ouverte" in html


def test_its_contact_is_a_whole_vcard(client):
    long = "Maison des familles ; parents, enfants \\ " + "é" * 60
    entry = ProfessionalFactory(
        published=True, name=long, telephone="+33472123456", specialities="Un\nDeux",
        latitude=45.75, longitude=4.84,
    )  # fmt: skip
    answer = client.get(entry.get_absolute_url() + "contact.vcf")
    assert answer["Content-Type"].startswith("text/vcard")
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75
    card = vobject.readOne(answer.content.decode())
    assert card.fn.value == long
    assert card.tel.value == "+33472123456"
    assert card.adr.value.code == "69007"
    assert card.note.value == "Un\nDeux"


def test_what_was_taken_off_is_gone_and_what_never_was_is_not_found(client):
    entry = ProfessionalFactory(published=True, name="Parti")
    states.withdraw(entry, UserFactory())
    address = entry.get_absolute_url()
    for ending in ("", "contact.vcf", "signaler/"):
        answer = client.get(address + ending)
        assert answer.status_code == 410
        assert "Parti" not in answer.content.decode()
        assert 'href="/fr/professionnels/"' in answer.content.decode()
    draft = ProfessionalFactory()
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get("/fr/professionnels/personne/").status_code == 404


def test_anyone_may_say_that_it_is_wrong_once_a_day(client):
    entry = ProfessionalFactory(published=True)
    address = entry.get_absolute_url() + "signaler/"
    assert address in page(client, entry).content.decode()
    assert client.post(address, {"why": "gone"}).status_code == 403
    html = client.post(address, {"words": "Fermé."}, **HERE).content.decode()
    assert 'role="alert"' in html
    assert "Fermé." in html
    assert EntryReport.objects.count() == 0
    for said in ("merci", "deja"):
        answer = client.post(address, {"why": "gone", "words": "Fermé."}, **HERE, follow=True)
        assert f'data-said="{said}"' in answer.content.decode()
        assert not answer.cookies
    report = EntryReport.objects.get()
    assert (report.professional, report.why, report.words) == (entry, "gone", "Fermé.")


@pytest.mark.any_database
def test_very_many_reports_of_one_visitor_wait_and_keep_their_words(client):
    cache.clear()
    entry = ProfessionalFactory(published=True)
    address = entry.get_absolute_url() + "signaler/"
    sent = {"why": "other", "words": "Le numéro a changé."}
    statuses = [client.post(address, sent, **HERE).status_code for _ in range(20)]
    assert set(statuses) == {303}
    refused = client.post(address, sent, **HERE)
    assert refused.status_code == 429
    assert "Le numéro a changé." in refused.content.decode()
    assert client.post(address, sent, **HERE, REMOTE_ADDR="192.0.2.7").status_code == 303
