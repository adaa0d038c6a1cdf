"""When a stage is due: in working days from the group's settings, and moved with a reason."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from tests.factories.workgroups import WorkgroupFactory, hand_over, member
from tests.workgroups.doors import page_url, told
from workgroups.models import EditorialRecord, Workgroup
from workgroups.working_days import is_working_day, working_days_after


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 26), True),  # a Thursday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 12, 25), False),
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 5, 6), False),  # Ascension Day
        (date(2027, 5, 8), False),  # 1945
        (date(2027, 7, 14), False),
        (date(2027, 3, 26), True),  # Good Friday: a holiday in Alsace and Moselle alone
    ],
)
def test_working_days_are_those_of_france(day, works):
    assert is_working_day(day) == works


@pytest.mark.parametrize(
    ("day", "number", "then"),
    [
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 11, 27), 5, date(2026, 12, 4)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2027, 1, 4), -1, date(2026, 12, 31)),
        (date(2027, 1, 4), 0, date(2027, 1, 4)),
    ],
)
def test_so_many_working_days_on(day, number, then):
    assert working_days_after(day, number) == then


def record_of(page):
    return EditorialRecord.objects.get(page_id=page.pk)


def test_each_stage_takes_the_days_of_the_group(world):
    Workgroup.objects.update(draft_days=5, illustration_days=3, sign_off_days=2)
    with time_machine.travel("2026-12-21 10:00+01:00"):
        topic = world.make_topic()
        assert record_of(topic).due_on == date(2026, 12, 29)
        hand_over(topic, world.author)
        assert record_of(topic).due_on == date(2026, 12, 24)
        hand_over(topic, world.illustrator)
        assert record_of(topic).due_on == date(2026, 12, 23)


def test_a_published_topic_is_due_for_nothing_but_its_review(world, live_topic):
    assert record_of(live_topic).due_on is None


@pytest.mark.parametrize(("days", "late"), [(-2, 2), (-1, 1), (0, 0), (1, 0)])
def test_the_day_after_it_was_due_it_is_late_everywhere(world, draft_topic, days, late):
    EditorialRecord.objects.update(due_on=timezone.localdate() + timedelta(days=days))
    assert record_of(draft_topic).days_late == late
    assert record_of(draft_topic).is_late == EditorialRecord.objects.late().exists() == (late > 0)


# Moving it


def due(page):
    return reverse("editorial_due_date", args=[page.pk])


IN_TEN_DAYS = timedelta(days=10)


def test_a_due_date_moves_with_its_reason(world, draft_topic, login):
    day = timezone.localdate() + IN_TEN_DAYS
    client = login(world.author)
    assert client.get(due(draft_topic)).status_code == 200
    response = client.post(due(draft_topic), {"due_on": day.isoformat(), "reason": "Deux congés."})
    assert response.url == reverse("editorial_board")
    assert record_of(draft_topic).due_on == day
    entry = PageLogEntry.objects.get(action="editorial.due")
    assert entry.user == world.author
    assert "Deux congés." in client.get(page_url("history", draft_topic)).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": ""},
        {"reason": "   "},
        {"due_on": ""},
        {"due_on": "demain"},
        {"due_on": "2020-01-01"},
        {"due_on": "2999-01-01"},
        {"title": "Un autre titre"},
    ],
)
def test_without_a_reason_or_a_day_nothing_moves(world, draft_topic, login, changes):
    before = record_of(draft_topic).due_on
    day = timezone.localdate() + IN_TEN_DAYS
    data = {"due_on": day.isoformat(), "reason": "Deux congés."} | changes
    response = login(world.author).post(due(draft_topic), data)
    assert response.context["form"].errors
    assert record_of(draft_topic).due_on == before
    assert not PageLogEntry.objects.filter(action="editorial.due").exists()


def test_nobody_else_moves_it(world, draft_topic, login):
    before = record_of(draft_topic).due_on
    data = {"due_on": (timezone.localdate() + IN_TEN_DAYS).isoformat(), "reason": "Parce que."}
    for user in (member(WorkgroupFactory(name="Repas")), world.signatory):
        assert login(user).get(due(draft_topic)).status_code == 302
        login(user).post(due(draft_topic), data)
        assert record_of(draft_topic).due_on == before
    login(world.coordinator).post(due(draft_topic), data)
    assert record_of(draft_topic).due_on != before


def test_outside_a_stage_there_is_nothing_to_move(world, live_topic, login):
    data = {"due_on": (timezone.localdate() + IN_TEN_DAYS).isoformat(), "reason": "Parce que."}
    response = login(world.author).post(due(live_topic), data)
    assert "aucune étape" in told(response)
    assert record_of(live_topic).due_on is None
