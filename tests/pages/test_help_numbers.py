"""A help number reaches every page at once: two people change it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from pages.models import HelpNumber, HelpNumberChange
from tests.factories.pages import help_number
from tests.factories.workgroups import person

pytestmark = pytest.mark.django_db

FORM = {
    "number": "3114",
    "tel": "3114",
    "name": "Prévention du suicide",
    "purpose": "Des idées noires.",
    "hours": "24 h/24",
    "url": "https://3114.fr/",
    "checked_on": "2026-11-10",
    "sort_order": "5",
}


@pytest.fixture
def number():
    return help_number()


@pytest.fixture
def admin(client):
    user = person(is_superuser=True)
    client.force_login(user)
    return user


def propose(user, **values):
    return HelpNumberChange.objects.propose(user, "samu-15", **values)


def test_parents_keep_the_old_values_until_somebody_else_confirms(number):
    change = propose(person(is_superuser=True), hours="24 h/24")
    assert HelpNumber.objects.get().hours == ""
    change.confirm(person(is_superuser=True))
    assert HelpNumber.objects.get().hours == "24 h/24"


def test_nobody_confirms_what_they_proposed(number):
    proposer = person(is_superuser=True)
    change = propose(proposer, hours="24 h/24")
    with pytest.raises(PermissionDenied):
        change.confirm(proposer)
    assert HelpNumber.objects.get().hours == ""


def test_the_database_knows_it_too(number):
    proposer = person(is_superuser=True)
    change = propose(proposer, hours="24 h/24")
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpNumberChange.objects.filter(pk=change.pk).update(confirmed_by=proposer)


def test_confirming_needs_the_right_to_change_numbers(number):
    change = propose(person(is_superuser=True), hours="24 h/24")
    with pytest.raises(PermissionDenied):
        change.confirm(person("author"))


def test_a_change_has_one_answer(number):
    change = propose(person(is_superuser=True), hours="24 h/24")
    change.refuse(person(is_superuser=True))
    with pytest.raises(PermissionDenied):
        HelpNumberChange.objects.get(pk=change.pk).confirm(person(is_superuser=True))
    assert HelpNumber.objects.get().hours == ""


def test_a_newer_proposal_takes_the_place_of_the_older(number):
    old = propose(person(is_superuser=True), hours="8 h–20 h")
    new = propose(person(is_superuser=True), hours="24 h/24")
    assert list(HelpNumberChange.objects.waiting()) == [new]
    with pytest.raises(PermissionDenied):
        old.confirm(person(is_superuser=True))


def test_no_way_around_in_code(number):
    number.hours = "24 h/24"
    for way_around in (
        number.save,
        lambda: HelpNumber.objects.update(hours="24 h/24"),
        lambda: HelpNumber.objects.bulk_create([HelpNumber(slug="x")]),
        lambda: HelpNumber.objects.create(slug="x"),
        lambda: HelpNumber.objects.bulk_update([number], ["hours"]),
    ):
        with pytest.raises(PermissionDenied):
            way_around()
    assert HelpNumber.objects.get().hours == ""


def test_a_wrong_number_is_refused():
    with pytest.raises(ValidationError):
        HelpNumberChange.objects.propose(person(is_superuser=True), "x", **{**FORM, "tel": "0 800"})


def test_the_admin_proposes_and_another_person_confirms(client, admin):
    response = client.post(reverse("help_number:add"), FORM, follow=True)
    assert "3114" in response.content.decode()
    assert not HelpNumber.objects.exists()
    change = HelpNumberChange.objects.get()
    decide = reverse("help_number:decide", args=[change.pk])

    client.post(decide, {"decision": "confirm"})
    assert not HelpNumber.objects.exists()

    client.force_login(person(is_superuser=True))
    assert "Prévention du suicide" in client.get(decide).content.decode()
    client.post(decide, {"decision": "confirm"})
    assert HelpNumber.objects.get().name == "Prévention du suicide"
    # A second click changes nothing and breaks nothing.
    assert client.post(decide, {"decision": "refuse"}, follow=True).status_code == 200
    assert HelpNumber.objects.exists()


def test_the_edit_form_changes_nothing_by_itself(client, admin, number):
    client.post(reverse("help_number:edit", args=[number.pk]), {**FORM, "hours": "Fermé"})
    assert HelpNumber.objects.get().number == "15"
    assert HelpNumberChange.objects.waiting().get().hours == "Fermé"


def test_only_those_who_manage_numbers_see_them(client, number):
    change = propose(person(is_superuser=True), hours="24 h/24")
    client.force_login(person("author"))
    decide = reverse("help_number:decide", args=[change.pk])
    for url in (reverse("help_number:index"), reverse("help_number:add"), decide):
        assert client.get(url).status_code in (302, 403)
    client.post(decide, {"decision": "confirm"})
    assert HelpNumber.objects.get().hours == ""


def test_a_number_that_parents_read_is_deleted_by_nobody(client, admin, number):
    propose(admin, hours="24 h/24").confirm(person(is_superuser=True))
    for delete in (number.delete, HelpNumber.objects.all().delete):
        with pytest.raises(ValidationError):
            delete()
    url = reverse("help_number:delete", args=[number.pk])
    edit = reverse("help_number:edit", args=[number.pk])
    for page in (edit, reverse("help_number:index")):
        assert url not in client.get(page).content.decode()
    response = client.post(url, follow=True)
    assert [m.level_tag for m in response.context["messages"]] == ["error"]
    assert HelpNumber.objects.get().changes.exists()


def test_a_new_number_leaves_a_colleagues_proposal_alone(client, admin):
    colleague = HelpNumberChange.objects.propose_new(person(is_superuser=True), **FORM)
    client.post(reverse("help_number:add"), {**FORM, "number": "119", "tel": "119"})
    slugs = HelpNumberChange.objects.waiting().values_list("slug", flat=True)
    assert set(slugs) == {colleague.slug, f"{colleague.slug}-2"}


def test_two_new_numbers_at_once_are_both_kept(monkeypatch):
    changes = HelpNumberChange.objects.all()
    free_slug = type(changes)._free_slug
    # The second one looked before the first one was kept.
    seen = iter(["prevention"])
    monkeypatch.setattr(
        type(changes), "_free_slug", lambda self, name: next(seen, None) or free_slug(self, name)
    )
    HelpNumberChange.objects.propose(person(is_superuser=True), "prevention", **FORM)
    HelpNumberChange.objects.propose_new(person(is_superuser=True), **FORM)
    assert HelpNumberChange.objects.waiting().count() == 2
