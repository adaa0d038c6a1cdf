"""From a registration to the directory and out of it: each step once, with its history."""

import pytest

from professionals import states
from professionals.models import EntryEvent, PublicPoint
from professionals.models.choices import State
from tests.factories.accounts import UserFactory
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db


def test_a_registration_goes_its_way_and_each_step_counts_once():
    moderator = UserFactory()
    entry = ProfessionalFactory()
    for step, state in (
        (states.confirm, State.CONFIRMED),
        (states.submit, State.IN_REVIEW),
        (lambda one: states.accept(one, moderator), State.PUBLISHED),
    ):
        first, second = step(entry), step(entry)
        assert (first.changed, first.entry.state) == (True, state)
        assert (second.changed, second.entry.state) == (False, state)
    assert first.entry.live
    assert first.entry.is_verified
    assert PublicPoint.objects.filter(pk=entry.pk).exists()
    told = EntryEvent.objects.filter(professional=entry).values_list("what", flat=True)
    assert list(told) == ["confirmed", "submitted", "accepted", "published"]
