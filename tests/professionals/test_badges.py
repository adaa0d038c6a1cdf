"""The badge of an accepted professional: what it shows, and what it is worth when scanned."""

import io
import re
from datetime import timedelta

import pytest
import zxingcpp
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from professionals import links
from professionals.badges.signing import badge_of
from professionals.changes import apply_change
from professionals.models import DirectorySettings, Professional
from professionals.models.choices import State
from professionals.moderation.mails import filled_in
from professionals.states import By, accept, consent, expire, submit, withdraw
from tests.factories.accounts import UserFactory
from tests.factories.media import IllustrationFactory
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">'
    b'<circle cx="50" cy="50" r="50" fill="#ff0000"/></svg>'
)


@pytest.fixture
def entry():
    entry = submit(ProfessionalFactory(state=State.CONFIRMED, name="Les Lucioles & Cie")).entry
    return accept(entry, By.MACHINE).entry


def test_a_valid_badge_says_since_when_and_on_which_ground(client, entry):
    badge = badge_of(entry)
    response = client.get(badge.verification_url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    verdict, page = response.context["verdict"], response.content.decode()
    assert verdict.is_valid
    assert verdict.accepted_at == entry.events.get(what="accepted").at.replace(microsecond=0)
    for shown in ("Les Lucioles &amp; Cie", entry.public_body, entry.grounds.get().label):
        assert str(shown) in page


def test_the_code_of_the_picture_leads_there_and_the_operators_drawing_is_on_it(
    client, entry, settings
):
    settings.WAGTAILADMIN_BASE_URL = "https://bebe.example"
    picture = IllustrationFactory(file=ContentFile(DRAWING, "logo.svg"))
    DirectorySettings.objects.create(badge_picture=picture)
    badge = badge_of(entry)
    drawing = client.get(badge.svg_url)
    assert "attachment" in drawing["Content-Disposition"]
    assert "<script" not in drawing.content.decode()
    assert not re.search(r'href="(?!data:)', drawing.content.decode())
    image = Image.open(io.BytesIO(client.get(badge.png_url).content)).convert("RGB")
    [code] = zxingcpp.read_barcodes(image)
    assert code.text == f"https://bebe.example{badge.verification_url}"
    assert (255, 0, 0) in {color for _count, color in image.getcolors(1 << 20)}


def test_made_by_hand_it_is_worth_nothing(client, entry):
    other = ProfessionalFactory(published=True)
    address = badge_of(entry).verification_url
    forged = address.replace(f"/{entry.pk}-", f"/{other.pk}-")
    for hand_made in (forged, address[:-2] + "/", "/fr/professionnels/verification/1/"):
        response = client.get(hand_made)
        assert response.status_code == 404
        assert response.context["verdict"] is None
    assert client.get(forged + "badge.svg").status_code == 404


def test_it_ends_with_the_entry_at_once(client, entry):
    badge = badge_of(entry)
    entry = withdraw(entry, By.MAIL).entry
    verdict = client.get(badge.verification_url).context["verdict"]
    assert verdict.ended_at == entry.state_since
    assert badge_of(entry) is None
    for address in (badge.svg_url, badge.png_url):
        assert client.get(address).status_code == 404
    # What was shown is not shown again: the name is on the badge, and no longer public.
    assert "Lucioles" not in client.get(badge.verification_url).content.decode()


def test_off_for_want_of_a_yearly_yes_or_of_consent_it_is_not_valid(client, entry):
    address = badge_of(entry).verification_url
    Professional.objects.update(overdue_since="2020-01-01")
    expire(entry)
    assert not client.get(address).context["verdict"].is_valid
    person = ProfessionalFactory(published=True, is_natural_person=True)
    assert badge_of(person) is None
    person = consent(person, listing=True).entry
    address = badge_of(person).verification_url
    assert client.get(address).context["verdict"].is_valid
    consent(person, listing=False)
    assert not client.get(address).context["verdict"].is_valid


def test_it_says_since_when_it_is_no_longer_valid_whatever_came_later(client, time_machine):
    begun = timezone.now()
    person = consent(ProfessionalFactory(published=True, is_natural_person=True), listing=True)
    place = ProfessionalFactory(published=True, name="Un lieu")
    addresses = [badge_of(one).verification_url for one in (person.entry, place)]
    time_machine.move_to(begun + timedelta(days=10))
    consent(person.entry, listing=False)
    apply_change(place, {"is_natural_person": True}, UserFactory())
    time_machine.move_to(begun + timedelta(days=100))
    consent(person.entry, open_data=True)
    apply_change(place, {"ages": "0–3 ans"}, By.MAIL)
    for address in addresses:
        verdict = client.get(address).context["verdict"]
        assert (verdict.ended_at - begun).days == 10


def test_the_professional_finds_it_beside_its_entry_and_the_mail_leads_there(client, entry):
    entry.languages = ["fr", "ar", "fsl"]
    entry.save()
    shown = links.signed_address(entry, links.Purpose.EDIT)
    page = client.get(reverse("change", args=[shown])).content.decode()
    assert badge_of(entry).png_url in page
    assert f"{reverse('change_request')}?fiche={entry.slug}" in filled_in("accept", entry)[1]
    assert f"{reverse('change_request')}?fiche={entry.slug}" in filled_in("refuse", entry)[1]
    withdraw(entry, By.MAIL)
    assert "badge.png" not in client.get(reverse("change", args=[shown])).content.decode()


def test_a_verification_takes_few_queries(client, entry, django_assert_max_num_queries):
    """The entry with its kind, commune and picture; its priorities; its grounds; whether an
    acceptance ended; the acceptance; and the two of every page's foot."""
    address = badge_of(entry).verification_url
    client.get(address)
    with django_assert_max_num_queries(7):
        client.get(address)


def test_what_was_imported_and_not_checked_has_none():
    assert badge_of(ProfessionalFactory(published=True, is_verified=False)) is None
