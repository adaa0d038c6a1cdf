"""A help number reaches every page at once: two people change it."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.models import MailRhythm, User
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
    "checked_on": "2024-11-10",
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


# Whoever may confirm hears of it


@pytest.fixture
def coordinators():
    """Two coordinators, an administrator, and people who do not manage numbers."""
    for role in ("author", "signatory"):
        person(role)
    person("coordinator", is_active=False)
    return person("coordinator"), person("coordinator"), person("administrator", "coordinator")


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Do something: {who got a mail of it: the mail}."""

    def mails_of(action):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            action()
        found = {to: message for message in mail.outbox for to in message.to}
        assert len(found) == len(mail.outbox), "two mails to one person"
        return found

    return mails_of


def waiting_on_home(client, user):
    """What the admin's home says to ``user`` about help numbers: the addresses."""
    client.force_login(user)
    response = client.get(reverse("wagtailadmin_home"))
    panel = next(p for p in response.context["panels"] if p.name == "waiting")
    others = panel.get_context_data({"request": response.wsgi_request})["others"]
    assert all(thing.url in response.content.decode() for thing in others)
    return [thing.url for thing in others]


@pytest.mark.parametrize("view", ["add", "edit"])
def test_a_proposal_reaches_those_who_may_confirm_it_and_nobody_else(
    client, sent, coordinators, number, view
):
    proposer, other, administrator = coordinators
    client.force_login(proposer)
    url = reverse(f"help_number:{view}", args=[number.pk] if view == "edit" else [])
    superusers = {user.email for user in User.objects.filter(is_superuser=True)}

    mails = sent(lambda: client.post(url, FORM))

    assert set(mails) == {other.email, administrator.email} | superusers
    decide = reverse("help_number:decide", args=[HelpNumberChange.objects.waiting().get().pk])
    body = mails[other.email].body
    assert settings.WAGTAILADMIN_BASE_URL + decide in body
    assert str(proposer) in body
    assert "3114" in mails[other.email].subject

    assert waiting_on_home(client, proposer) == []
    assert waiting_on_home(client, other) == [decide]
    assert waiting_on_home(client, administrator) == [decide]
    assert waiting_on_home(client, person("author")) == []

    client.post(decide, {"decision": "refuse"})
    client.force_login(other)
    assert not sent(lambda: client.post(decide, {"decision": "refuse"}))
    assert waiting_on_home(client, other) == []


def test_what_waits_is_said_instead_of_nothing(client, coordinators, number):
    _proposer, other, _administrator = coordinators
    client.force_login(other)
    nothing = client.get(reverse("wagtailadmin_home")).content.decode()
    propose(person(is_superuser=True), hours="24 h/24")
    something = client.get(reverse("wagtailadmin_home")).content.decode()
    with override("fr"):
        thanks = gettext("Nothing waits for you now. Thank you!")
    assert thanks in nothing
    assert thanks not in something


def test_whoever_refuses_mails_at_once_hears_of_it_all_the_same(sent, coordinators, number):
    proposer, other, _administrator = coordinators
    other.mail_rhythm = MailRhythm.WEEKLY
    other.save()
    assert other.email in sent(lambda: propose(proposer, hours="24 h/24"))


def test_nobody_is_asked_for_what_has_its_answer(sent, coordinators, number):
    proposer, other, _administrator = coordinators
    assert sent(lambda: propose(proposer, hours="24 h/24").confirm(other)) == {}
    # Nor for what was refused, or was proposed anew, in the same breath.
    newer = {}

    def twice():
        propose(proposer, hours="8 h–20 h")
        newer["change"] = propose(proposer, hours="24 h/24, gratuit")

    mails = sent(twice)
    assert reverse("help_number:decide", args=[newer["change"].pk]) in mails[other.email].body


def test_home_asks_the_same_for_one_proposal_and_for_fifty(client, coordinators):
    proposer, other, _administrator = coordinators

    def queries_of_home():
        assert waiting_on_home(client, other)
        with CaptureQueriesContext(connection) as captured:
            assert waiting_on_home(client, other)
        return len(captured)

    HelpNumberChange.objects.propose_new(proposer, **FORM)
    one = queries_of_home()
    for number in range(49):
        HelpNumberChange.objects.propose(proposer, f"numero-{number}", **FORM)
    assert len(waiting_on_home(client, other)) == 50
    assert queries_of_home() == one


# The day on which it was checked


def day(**ago):
    return (timezone.localdate() - timedelta(**ago)).isoformat()


def as_day(said):
    """Of "today" and "tomorrow" as they are when the test runs: midnight may have passed since
    it was collected."""
    return {"today": day(), "tomorrow": day(days=-1)}.get(said, said)


@pytest.mark.parametrize("checked_on", ["tomorrow", "1999-12-31", "0001-01-01", "9999-12-31", ""])
@pytest.mark.parametrize("view", ["add", "edit"])
def test_a_day_on_which_nobody_can_have_checked_is_refused(client, admin, number, view, checked_on):
    url = reverse(f"help_number:{view}", args=[number.pk] if view == "edit" else [])
    response = client.post(url, {**FORM, "checked_on": as_day(checked_on)})
    assert list(response.context["form"].errors) == ["checked_on"]
    assert not HelpNumberChange.objects.waiting().exists()


@pytest.mark.parametrize("checked_on", [date(1999, 12, 31), date(9999, 12, 31)])
def test_nor_is_it_in_code(admin, number, checked_on):
    for propose_it in (
        lambda: propose(admin, checked_on=checked_on),
        lambda: HelpNumberChange.objects.propose_new(admin, **FORM | {"checked_on": checked_on}),
    ):
        with pytest.raises(ValidationError) as refused:
            propose_it()
        assert set(refused.value.message_dict) == {"checked_on"}
    assert not HelpNumberChange.objects.waiting().exists()


@pytest.mark.parametrize("checked_on", ["today", "2000-01-01"])
def test_today_and_long_ago_are_kept(client, admin, checked_on):
    client.post(reverse("help_number:add"), {**FORM, "checked_on": as_day(checked_on)})
    assert HelpNumberChange.objects.waiting().get().checked_on.isoformat() == as_day(checked_on)
