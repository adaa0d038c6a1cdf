"""Somebody else has written, or taken something away, since the form was opened: nothing
is lost, and it is said."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.factories.meetings import meeting
from tests.factories.workgroups import WorkgroupFactory
from tests.workgroups.doors import told
from workgroups import meetings, remarks
from workgroups.models import Decision, EditorialRecord, GivenHours, Membership, Remark

from .test_minutes_and_hours import (
    ADD_HOURS,
    HOURS,
    YESTERDAY,
    as_remark,
    attendance_of,
    came,
    given,
    kept,
    opened,
    page_of,
)
from .test_remarks import TEXT, done, place


@pytest.fixture
def held(world):
    return meeting(world.group, world.author, begins_in=YESTERDAY)


def meanwhile(monkeypatch, module, name, do):
    """``do`` happens to be done by somebody else just before ``module.name`` begins."""
    real = getattr(module, name)

    def late(*args, **kwargs):
        do()
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, late)


def test_what_somebody_else_wrote_meanwhile_stays_and_is_said(world, login, held):
    meetings.keep_attendance(held, {world.illustrator: Decimal(1)}, None)
    client = login(world.author)
    as_opened = opened(client, held)
    both = {world.second_author: Decimal("0.75"), world.illustrator: Decimal(3)}
    meetings.keep_attendance(held, both, world.second_author)
    # She ticks herself, leaves one alone and corrects a number that is another by now.
    hers = came(**{f"pk_{world.author.pk}": "1.25", f"pk_{world.illustrator.pk}": "2"})
    said = told(client.post(attendance_of(held), as_opened | hers))
    assert kept(held) == {**both, world.author: Decimal("1.25")}
    assert str(world.second_author) in said
    assert str(world.illustrator) in said
    assert str(world.author) not in said
    # Opened anew, it changes what she says.
    client.post(attendance_of(held), opened(client, held) | hers)
    assert kept(held) == {world.author: Decimal("1.25"), world.illustrator: Decimal(2)}


def test_the_same_from_two_people_is_no_difference(world, login, held):
    as_opened = opened(login(world.author), held)
    data = as_opened | came(**{f"pk_{world.author.pk}": "1.25"})
    login(world.second_author).post(attendance_of(held), data)
    said = told(login(world.author).post(attendance_of(held), data))
    assert str(world.author) not in said


@pytest.mark.parametrize("data", [{"text": "Autrement."}, {"remove": "1"}])
def test_a_decision_that_somebody_else_has_just_taken_away(world, login, held, monkeypatch, data):
    decision = meetings.decide(held, "Ajouter la sieste.", world.author).thing
    meanwhile(monkeypatch, meetings, "reword", Decision.objects.all().delete)
    response = login(world.author).post(reverse("decision_edit", args=[decision.pk]), data)
    assert response.url == page_of(held)
    assert told(response)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("gone", ["the decision", "the topic"])
def test_no_remark_of_what_is_not_there_any_more(
    world, draft_topic, login, held, monkeypatch, gone
):
    record = EditorialRecord.objects.get(page=draft_topic.pk)
    decision = meetings.decide(held, "Ajouter la sieste.", world.author).thing
    go = Decision.objects.all().delete if gone == "the decision" else draft_topic.delete
    meanwhile(monkeypatch, remarks, "make", go)
    data = {"topic": record.pk, "due_on": timezone.localdate().isoformat()}
    response = login(world.author).post(as_remark(decision), data)
    assert response.url == page_of(held)
    assert told(response)
    assert not Remark.objects.exists()


def test_hours_that_somebody_else_has_just_taken_away(world, login, monkeypatch):
    client = login(world.author)
    client.post(ADD_HOURS, given(world))
    address = reverse("given_hours_remove", args=[GivenHours.objects.get().pk])
    meanwhile(monkeypatch, meetings, "take_back", GivenHours.objects.all().delete)
    assert client.post(address).url == HOURS
    assert not ModelLogEntry.objects.filter(action="wagtail.delete").exists()


def test_hours_for_a_group_that_was_just_deleted(world, login, monkeypatch):
    group = WorkgroupFactory(name="Repas")
    meanwhile(monkeypatch, meetings, "give_hours", group.delete)
    Membership.objects.create(user=world.author, workgroup=group, role="author")
    response = login(world.author).post(f"{ADD_HOURS}?groupe={group.pk}", given(world))
    assert response.url == HOURS
    assert told(response)
    assert not GivenHours.objects.exists()


@pytest.mark.parametrize("what", ["make", "close"])
def test_of_a_topic_that_was_just_deleted_nothing_is_kept_and_it_is_said(
    world, draft_topic, login, monkeypatch, what
):
    record = EditorialRecord.objects.get(page=draft_topic.pk)
    remark = remarks.make(record, TEXT, world.author).thing
    meanwhile(monkeypatch, remarks, what, draft_topic.delete)
    client = login(world.author)
    address = place(draft_topic) if what == "make" else done(remark)
    response = client.post(address, {"text": "Encore."})
    assert response.url == reverse("wagtailadmin_home")
    assert told(response)
    assert not Remark.objects.exists()
