"""From a registration to the directory and out of it: each step once, with its history."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from professionals import states
from professionals.models import EntryEvent, Professional, PublicPoint
from professionals.models.choices import State
from professionals.states import By
from tests.factories.accounts import UserFactory
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db


def steps_of(entry):
    return list(EntryEvent.objects.filter(professional=entry).values_list("what", flat=True))


def test_a_registration_goes_its_way_and_each_step_counts_once():
    moderator = UserFactory()
    entry = ProfessionalFactory(name="Maison d'été")
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
    assert first.entry.slug == "maison-dete-lyon-7e-arrondissement"
    assert PublicPoint.objects.filter(pk=entry.pk).exists()
    assert steps_of(entry) == ["confirmed", "submitted", "accepted", "published"]


def test_no_step_is_skipped():
    entry = ProfessionalFactory()
    for step in (states.submit, states.come_back, states.confirm_yearly):
        with pytest.raises(states.WrongStateError):
            step(entry)
    for step in (states.accept, states.publish):
        with pytest.raises(states.WrongStateError):
            step(entry, By.MACHINE)
    entry.live = True
    entry.save()
    assert not Professional.objects.get().live
    assert steps_of(entry) == []


def test_an_imported_entry_is_verified_once_it_says_what_others_do():
    imported = ProfessionalFactory(published=True, is_verified=False, public_body="")
    Professional.objects.filter(pk=imported.pk).update(confirm_by=None)
    with pytest.raises(states.IncompleteError) as error:
        states.accept(imported, UserFactory())
    assert error.value.missing.keys() == {"public_body"}
    imported = Professional.objects.get()
    imported.public_body = "Caf du Rhône"
    imported.save()
    outcome = states.accept(imported, UserFactory())
    assert outcome.entry.is_verified
    assert outcome.entry.confirm_by


def test_what_lacks_is_named_before_a_review():
    entry = ProfessionalFactory(state=State.CONFIRMED, public_body="", is_natural_person=True)
    with pytest.raises(states.IncompleteError) as error:
        states.submit(entry)
    assert error.value.missing.keys() == {"public_body", "listing"}


def test_a_refusal_has_a_reason_and_may_be_answered():
    entry = ProfessionalFactory(state=State.IN_REVIEW)
    moderator, other = UserFactory.create_batch(2)
    states.claim(entry, moderator)
    with pytest.raises(states.ClaimedError):
        states.refuse(entry, other, "Non.")
    with pytest.raises(states.StepError):
        states.refuse(entry, moderator, " ")
    refused = states.refuse(entry, moderator, "Le justificatif manque.").entry
    assert refused.refusal_reason == "Le justificatif manque."
    assert refused.queued_at is None
    assert states.submit(entry).entry.state == State.IN_REVIEW
    assert list(Professional.objects.queue()) == [entry]


def test_what_nobody_confirms_says_so_then_comes_off_and_comes_back(time_machine):
    time_machine.move_to(datetime(2026, 1, 1, 12, tzinfo=UTC))
    entry = ProfessionalFactory(state=State.ACCEPTED)
    states.publish(entry, By.MACHINE)
    for days in (45, 15, 3):
        time_machine.move_to(datetime(2027, 1, 1, 12, tzinfo=UTC) - timedelta(days=days))
        assert list(Professional.objects.due_for_reminder(days)) == [entry]
        assert states.reminded(entry, days).changed
        assert not states.reminded(entry, days).changed
        assert list(Professional.objects.due_for_reminder(days)) == []
    time_machine.move_to(datetime(2027, 1, 2, 12, tzinfo=UTC))
    assert list(Professional.objects.overdue()) == [entry]
    assert states.mark_overdue(entry).entry.is_overdue
    assert not states.expire(entry).changed
    time_machine.move_to(datetime(2027, 2, 1, 12, tzinfo=UTC))
    assert list(Professional.objects.to_expire()) == [entry]
    assert states.expire(entry).entry.state == State.EXPIRED
    assert not PublicPoint.objects.exists()
    back = states.confirm_yearly(entry).entry
    assert (back.state, back.is_overdue) == (State.PUBLISHED, False)
    assert (back.confirm_by - datetime(2027, 2, 1).date()).days == 365  # noqa: DTZ001
    assert not states.confirm_yearly(entry).changed
    assert PublicPoint.objects.exists()


def test_the_history_is_only_added_to():
    event = states.record(ProfessionalFactory(), states.What.STARTED, By.MAIL)
    with pytest.raises(PermissionDenied):
        event.save()
    with pytest.raises(PermissionDenied):
        event.delete()
    with pytest.raises(PermissionDenied):
        EntryEvent.objects.update(what="accepted")


def test_where_it_stands_is_no_matter_of_an_update():
    ProfessionalFactory()
    with pytest.raises(PermissionDenied):
        Professional.objects.update(state=State.PUBLISHED)
