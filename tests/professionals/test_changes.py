"""A published entry changes: what goes out at once, and what a moderator sees first."""

import pytest
from django.core.exceptions import ValidationError

from professionals.changes import accept_change, apply_change, refuse_change, waiting_fields
from professionals.models import Commune, EligibilityGround, Professional
from professionals.models.choices import State
from professionals.states import By, StepError, expire
from tests.factories.accounts import UserFactory
from tests.factories.professionals import PARIS_18, ProfessionalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return ProfessionalFactory(published=True, name="Les Lucioles", telephone="+33472000000")


def stored():
    return Professional.objects.get()


def test_small_changes_go_out_at_once_and_are_listed_for_moderators(entry):
    change = apply_change(entry, {"telephone": "04 72 11 11 11", "ages": "0–3 ans"}, By.MAIL)
    assert (change.at_once, change.for_review) == (("ages", "telephone"), ())
    assert stored().telephone == "+33472111111"
    assert list(Professional.objects.to_look_at()) == [entry]
    again = apply_change(entry, {"telephone": "0472111111", "ages": "0–3 ans"}, By.MAIL)
    assert not again.changed


def test_a_new_name_and_ground_wait_while_the_entry_stays(entry):
    ground = list(EligibilityGround.objects.filter(slug="autorise"))
    change = apply_change(
        entry, {"name": "Les Grillons", "grounds": ground, "ages": "0–3 ans"}, By.MAIL
    )
    assert change.for_review == ("grounds", "name")
    assert (stored().name, stored().ages, stored().state) == (
        "Les Lucioles",
        "0–3 ans",
        State.PUBLISHED,
    )
    assert waiting_fields(stored()) == ["name", "grounds"]
    assert list(Professional.objects.queue()) == [entry]
    # What is changed meanwhile is not undone, neither by another change nor by accepting.
    apply_change(entry, {"ages": "0–6 ans"}, By.MAIL)
    assert apply_change(entry, {"public_body": "Ville de Lyon"}, By.MAIL).for_review
    assert stored().waiting_change().ages == "0–6 ans"
    outcome = accept_change(entry, UserFactory())
    assert (stored().name, stored().ages) == ("Les Grillons", "0–6 ans")
    assert [one.slug for one in stored().grounds.all()] == ["autorise"]
    assert outcome.changed
    assert not accept_change(entry, UserFactory()).changed
    assert not Professional.objects.queue().exists()


def test_a_refused_change_leaves_the_entry_as_it_is(entry):
    apply_change(entry, {"name": "Les Grillons"}, By.MAIL)
    assert refuse_change(entry, UserFactory(), "Le nom déclaré est un autre.").changed
    assert stored().name == "Les Lucioles"
    assert waiting_fields(stored()) == []


def test_what_is_put_back_waits_no_longer(entry):
    apply_change(entry, {"name": "Les Grillons"}, By.MAIL)
    apply_change(entry, {"name": "Les Lucioles"}, By.MAIL)
    assert not Professional.objects.queue().exists()
    assert stored().waiting_change() is None


def test_what_cannot_be_true_changes_nothing(entry):
    with pytest.raises(ValidationError) as error:
        apply_change(entry, {"ages": "0–3 ans", "latitude": 48.85, "longitude": 2.35}, By.MAIL)
    assert error.value.message_dict.keys() == {"latitude"}
    assert stored().ages == ""
    with pytest.raises(ValueError, match="state"):
        apply_change(entry, {"state": "refused"}, By.MAIL)


def test_before_it_is_published_everything_changes_at_once():
    entry = ProfessionalFactory(state=State.REFUSED)
    apply_change(entry, {"name": "Les Grillons"}, By.MAIL)
    assert stored().name == "Les Grillons"


def test_a_change_of_what_is_off_does_not_bring_it_back(entry):
    apply_change(entry, {"name": "Les Grillons"}, By.MAIL)
    Professional.objects.update(overdue_since="2020-01-01")
    expire(entry)
    apply_change(entry, {"public_body": "Ville de Lyon"}, By.MAIL)
    assert (stored().state, stored().live) == (State.EXPIRED, False)
    assert waiting_fields(stored()) == ["name", "public_body"]


def test_what_a_moderator_changes_meanwhile_is_not_put_back_by_what_waits(entry):
    user = UserFactory()
    apply_change(entry, {"name": "Les Grillons", "legal_person": "Les Grillons"}, By.MAIL)
    apply_change(entry, {"address": "99 rue Neuve", "legal_person": "Ville de Lyon"}, user)
    assert waiting_fields(stored()) == ["name", "legal_person"]
    accept_change(entry, user)
    assert (stored().name, stored().address) == ("Les Grillons", "99 rue Neuve")
    # Nothing is left to decide on once the moderator wrote what was wished for.
    apply_change(entry, {"name": "Les Cigales"}, By.MAIL)
    apply_change(entry, {"name": "Les Cigales"}, user)
    assert not Professional.objects.queue()


def test_a_change_that_no_longer_fits_is_said_to_and_goes_on_waiting(entry):
    user = UserFactory()
    apply_change(entry, {"latitude": 45.75, "longitude": 4.85}, By.MAIL)
    paris = Commune.objects.get(pk=PARIS_18)
    apply_change(entry, {"commune": paris, "postal_code": "75018"}, user)
    with pytest.raises(StepError):
        accept_change(entry, user)
    assert waiting_fields(stored()) == ["latitude", "longitude"]
