"""One that is accepted and not listed yet: what was checked stays what goes online."""

import pytest
from django.urls import reverse
from django.utils import timezone

from professionals import links, states
from professionals.badges.signing import badge_of
from professionals.changes import accept_change, apply_change
from professionals.models import Kind, Professional, PublicPoint
from professionals.models.choices import State
from professionals.states import By
from tests.factories.accounts import UserFactory
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    """A person who took her yes back while moderators were checking."""
    entry = ProfessionalFactory(
        state=State.IN_REVIEW, is_natural_person=True, name="Awa Diallo", kind_slug="sante"
    )
    return states.accept(entry, UserFactory()).entry


def test_what_is_changed_before_the_yes_is_looked_at_before_it_goes_online(visitor, entry):
    assert entry.state == State.ACCEPTED
    here = reverse("change", args=[links.signed_address(entry, links.Purpose.EDIT)])
    other = Kind.objects.get(slug="pmi").pk
    who = {"name": "Centre officiel", "is_natural_person": "yes", "kind": other}
    assert "attend=kind%2Cname" in visitor.send(f"{here}qui/", who | {"email": entry.email}).url
    grounds = [one.pk for one in entry.grounds.all()]
    body = visitor.send(f"{here}critere/", {"grounds": grounds, "public_body": "Ministère"})
    assert "attend=public_body" in body.url
    visitor.send(f"{here}accords/", {"listing": "on"})
    entry.refresh_from_db()
    assert (entry.state, entry.name, entry.kind.slug) == (State.PUBLISHED, "Awa Diallo", "sante")
    assert entry.public_body == "Caf du Rhône"
    assert badge_of(entry)
    assert list(Professional.objects.queue()) == [entry]


def test_a_person_who_becomes_a_place_goes_online_once_that_is_accepted(client, moderator, entry):
    apply_change(entry, {"is_natural_person": False, "legal_person": "Les Lucioles"}, By.MAIL)
    assert not Professional.objects.get().is_public
    address = reverse("directory_decide", args=[entry.pk, "accept_change"])
    form = client.get(address).context["form"]
    assert reverse("professional", args=[entry.slug]) in form.initial["text"]
    client.post(address, form.initial | {"send": "on"})
    assert Professional.objects.get().state == State.PUBLISHED
    assert PublicPoint.objects.filter(pk=entry.pk).exists()


def test_a_change_that_leaves_it_unlisted_is_not_said_to_be_online(client, moderator, entry):
    apply_change(entry, {"name": "Awa Ba"}, By.MAIL)
    address = reverse("directory_decide", args=[entry.pk, "accept_change"])
    text = client.get(address).context["form"].initial["text"]
    assert reverse("professional", args=[entry.slug]) not in text
    accepted = accept_change(entry, moderator).entry
    assert (accepted.state, accepted.name) == (State.ACCEPTED, "Awa Ba")
    accepted.listing_agreed_at = timezone.now()
    accepted.save()  # of one that stands so, however it came about
    names = [
        one.name
        for one in client.get(reverse("directory_desk", args=[entry.pk])).context["decisions"]
    ]
    assert names == ["publish_again", "withdraw"]
