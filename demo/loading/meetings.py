"""The demo's meetings: one tomorrow, some past with who came, one cancelled."""

import uuid
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from demo.clock import at
from workgroups import meetings, remarks
from workgroups.models import EditorialRecord, GivenHours, Meeting

from .content import read
from .manuscript import key_of
from .people import account, load_workgroups
from .stories import FRIDAY

TEXTS = ("title", "place", "video_url", "agenda")


def load_meetings(now):
    """Make the meetings that lack, as their groups would have; those that are there
    stay as people left them."""
    content = read("meetings")
    groups = load_workgroups()
    begun = Meeting.objects.exists()
    for row in content["meetings"]:
        uid = uuid.uuid5(uuid.NAMESPACE_URL, f"demo-meeting:{row['key']}")
        if not Meeting.objects.filter(uid=uid).exists():
            _hold(row, uid, groups[row["workgroup"]], now)
    # Hours can be taken away: they come with the first meetings, never again.
    for row in [] if begun else content["hours"]:
        user = _person(row["by"])
        given = GivenHours(
            workgroup=groups[row["workgroup"]],
            user=user,
            day=timezone.localdate(now) - timedelta(days=row["days_ago"]),
            hours=Decimal(row["hours"]),
            note=row["note"],
        )
        meetings.give_hours(given, user)


def _person(name):
    return User.objects.get(email=name) if "@" in name else account(name)


def _record(slug):
    """The record of the demo's topic of that name; None where somebody deleted it."""
    return EditorialRecord.objects.filter(page__translation_key=key_of(slug)).first()


def _hold(row, uid, group, now):
    day = timezone.localtime(now) + timedelta(days=row["in_days"])
    if row["in_days"] < 0:
        day -= timedelta(days=max(0, day.weekday() - FRIDAY))
    start = timezone.make_aware(datetime.combine(day.date(), time.fromisoformat(row["at"])))
    texts = {name: row[name].strip() for name in TEXTS if name in row}
    by = _person(row["by"])
    topics = [record for slug in row.get("topics", []) if (record := _record(slug))]
    with at(min(start, now) - timedelta(days=row["called"])):
        called = Meeting(uid=uid, workgroup=group, starts_at=start, minutes=row["minutes"], **texts)
        meeting = meetings.make(called, topics, by).thing
    if "cancelled" in row:
        with at(now - timedelta(days=1)):
            meetings.cancel(meeting, by, row["cancelled"])
    if "came" in row:
        with at(meeting.ends_at):
            _write_minutes(row, meeting, by, now)


def _write_minutes(row, meeting, by, now):
    hours = {_person(name): Decimal(number) for name, number in row["came"].items()}
    meetings.keep_attendance(meeting, hours, by)
    decisions = [meetings.decide(meeting, text, by).thing for text in row.get("decisions", [])]
    if "remark" in row:
        due_on = timezone.localdate(now) + timedelta(days=row["remark"]["due_in"])
        _make_remark(decisions[row["remark"]["decision"]], row, by, due_on)


def _make_remark(decision, row, by, due_on):
    record = _record(row["remark"]["topic"])
    if record is None:
        return
    remarks.make(record, decision.text, by, due_on=due_on, decision=decision)
