"""What everybody may know of an entry, and what of a person only with her yes."""

import dataclasses

import pytest

from professionals import states
from professionals.models import Contact, Evidence, Note, Professional, PublicPoint
from professionals.models.choices import State
from professionals.places import Point
from professionals.public import public_entries, public_entry
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db

OWN = Point(45.7485, 4.8412)


@pytest.fixture
def person():
    return ProfessionalFactory(
        published=True,
        kind_slug="mode-accueil",
        is_natural_person=True,
        telephone="+33612345678",
        siret="73282932000074",
        latitude=OWN.latitude,
        longitude=OWN.longitude,
    )


def test_a_person_is_asked_apart_for_three_things(person):
    assert public_entry(person) is None
    assert not PublicPoint.objects.exists()

    person = states.consent(person, listing=True).entry
    shown, point = public_entry(person), PublicPoint.objects.get()
    assert (shown.address, shown.telephone, shown.siret) == ((), "", "")
    assert shown.point == person.commune.point != OWN
    assert not shown.point_is_exact
    assert (point.latitude, point.longitude) == dataclasses.astuple(person.commune.point)
    assert not Professional.objects.in_open_data().exists()

    person = states.consent(person, details=True, open_data=True).entry
    shown = public_entry(person)
    assert (shown.point, shown.point_is_exact) == (OWN, True)
    assert shown.telephone_shown == "06 12 34 56 78"
    assert Professional.objects.in_open_data().exists()

    states.consent(person, listing=False)
    assert not PublicPoint.objects.exists()
    assert not Professional.objects.public().exists()


def test_accepted_without_a_yes_it_goes_online_with_it():
    entry = ProfessionalFactory(is_natural_person=True, state=State.ACCEPTED)
    assert states.consent(entry, listing=True).entry.is_public


def test_contacts_evidence_notes_and_a_hidden_address_are_in_no_public_answer():
    entry = ProfessionalFactory(published=True, email="secret@exemple.invalid")
    Contact.objects.create(professional=entry, name="SECRET")
    Evidence.objects.create(professional=entry, text="SECRET")
    Note.objects.create(professional=entry, text="SECRET")
    [shown] = public_entries(Professional.objects.public())
    assert "secret" not in repr(dataclasses.asdict(shown)).lower()
    assert "secret" not in PublicPoint.objects.get().words


def test_many_take_no_more_queries_than_one(django_assert_num_queries):
    ProfessionalFactory.create_batch(3, published=True)
    with django_assert_num_queries(3):  # entries with kind, commune, picture; two lists
        assert len(public_entries(Professional.objects.public())) == 3
