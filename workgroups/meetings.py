"""What members and coordinators do with a meeting, each thing whole or not at all."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from . import invitations
from .models import Decision, GivenHours, Meeting, Workgroup
from .models.records import oversees
from .room import may_enter

# What everybody must hear of when it changes; the rest stands on the meeting's page.
TOLD = ("starts_at", "minutes", "place", "video_url")
EDITED = ("title", *TOLD, "agenda")


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the meeting since the form was opened."""


class NotNowError(Exception):
    """The meeting is cancelled, over or not yet begun: this is not done to it now."""


class HasBegunError(NotNowError):
    """The meeting has begun, or something was written down of it: its beginning stays."""


class PastStartError(NotNowError):
    """A meeting that is still to come cannot begin in the past."""


class GoneError(Exception):
    """Somebody else has taken it away meanwhile."""


@dataclass(frozen=True)
class Outcome:
    """What became of a request: the thing itself, and whether it was new."""

    thing: object
    done: bool


def may_arrange(user, workgroup):
    """Whether ``user`` makes and changes this group's meetings."""
    return workgroup.active and may_enter(user, workgroup)


def arranged_by(user):
    """The groups whose meetings ``user`` makes and changes."""
    return Workgroup.objects.active() if oversees(user) else Workgroup.objects.of(user)


def make(meeting, topics, user):
    """Store ``meeting``, a new one with its ``topics`` (records), and invite the
    members. An Outcome: a form that is sent twice, and so brings the same uid,
    makes one meeting. Raises ChangedMeanwhileError where it says something else the
    second time."""
    meeting.created_by = user
    try:
        with transaction.atomic():
            meeting.save()
            meeting.topics.set(topics)
            log(instance=meeting, action="wagtail.create", user=user)
            invitations.invite(meeting)
    except IntegrityError:
        there = Meeting.objects.filter(uid=meeting.uid).first()
        if there is None:
            raise
        same = (*EDITED, "workgroup_id")
        if any(getattr(there, name) != getattr(meeting, name) for name in same):
            raise ChangedMeanwhileError from None
        return Outcome(there, done=False)
    return Outcome(meeting, done=True)


@transaction.atomic
def change(meeting, topics, user):
    """Store the changed ``meeting``, which carries the ``sequence`` at which its
    form was opened, and tell the members where time or place is another one. An
    Outcome: not done where nothing is new.

    Raises ChangedMeanwhileError, NotNowError, HasBegunError and PastStartError; then
    nothing is stored.
    """
    stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if stored.is_cancelled:
        raise NotNowError
    if stored.sequence != meeting.sequence:
        raise ChangedMeanwhileError
    changed = [name for name in EDITED if getattr(stored, name) != getattr(meeting, name)]
    told = set(changed) & set(TOLD)
    if stored.is_over and told:
        raise NotNowError
    if "starts_at" in told:
        if stored.has_begun or stored.has_minutes:
            raise HasBegunError
        if meeting.has_begun:
            # Nobody would be told, nor could anybody put it right any more.
            raise PastStartError
    if set(stored.topics.all()) != set(topics):
        changed.append("topics")
    if not changed:
        return Outcome(stored, done=False)
    for name in EDITED:
        setattr(stored, name, getattr(meeting, name))
    stored.sequence += 1
    stored.changed_at = timezone.now()
    stored.save()
    stored.topics.set(topics)
    log(instance=stored, action="wagtail.edit", user=user, data={"fields": changed})
    if told:
        invitations.tell_of_change(stored)
    return Outcome(stored, done=True)


@transaction.atomic
def cancel(meeting, user, reason):
    """Cancel ``meeting`` and tell those who were invited. An Outcome: not done
    where it is cancelled already. Raises NotNowError for one to which people came."""
    stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if stored.is_cancelled:
        return Outcome(stored, done=False)
    if stored.has_minutes:
        raise NotNowError
    stored.cancelled_at = stored.changed_at = timezone.now()
    stored.cancelled_by, stored.cancel_reason = user, reason
    stored.sequence += 1
    stored.save()
    log(
        instance=stored,
        action="workgroups.meeting_cancel",
        user=user,
        data={"reason": reason},
    )
    invitations.tell_of_change(stored)
    return Outcome(stored, done=True)


def _begun(meeting):
    """The meeting as it is stored, held until the transaction ends; raises
    NotNowError before it begins and once it is cancelled."""
    stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if stored.is_cancelled or not stored.has_begun:
        raise NotNowError
    return stored


@transaction.atomic
def keep_attendance(meeting, hours, user, opened=None):
    """Keep who came: ``hours`` is {User: Decimal, or None for who did not come};
    whoever is not in it stays as she was. ``opened``, if given, is the same as it
    stood when the form was opened: what somebody else has written since stays. Gives
    back a list of the people of whom that is so. Raises NotNowError."""
    stored = _begun(meeting)
    known = {given.user_id: given for given in stored.attendance.all()}
    day = timezone.localdate(stored.starts_at)
    others = []
    for person, number in hours.items():
        given = known.get(person.pk)
        now = given and given.hours
        if opened is not None and now not in (opened[person], number):
            others.append(person)
        elif now == number:
            continue
        elif number is None:
            given.delete()
        elif given is None:
            GivenHours.objects.create(
                workgroup_id=stored.workgroup_id,
                meeting=stored,
                user=person,
                day=day,
                hours=number,
            )
        else:
            given.hours = number
            given.save(update_fields=["hours"])
    came = {
        str(person): str(number)
        for person, number in hours.items()
        if number is not None and person not in others
    }
    log(instance=stored, action="workgroups.attendance", user=user, data={"came": came})
    return others


@transaction.atomic
def decide(meeting, text, user):
    """Write down a decision. An Outcome: not done where the same words stand there
    already. Raises NotNowError."""
    stored = _begun(meeting)
    there = stored.decisions.filter(text=text).first()
    if there:
        return Outcome(there, done=False)
    decision = Decision.objects.create(meeting=stored, text=text, created_by=user)
    log(instance=stored, action="workgroups.decision", user=user, data={"text": text})
    return Outcome(decision, done=True)


@transaction.atomic
def reword(decision, text, user):
    """Give a decision other words; taken away where ``text`` is empty. What became
    a remark keeps its words: raises NotNowError; GoneError where it was taken away."""
    stored = Decision.objects.select_for_update().filter(pk=decision.pk).first()
    if stored is None:
        raise GoneError
    if hasattr(stored, "remark"):
        raise NotNowError
    log(
        instance=stored.meeting,
        action="workgroups.decision",
        user=user,
        data={"text": text, "before": stored.text},
    )
    if text:
        stored.text = text
        stored.save(update_fields=["text"])
    else:
        stored.delete()


@transaction.atomic
def give_hours(given, user):
    """Store hours given apart from meetings. An Outcome: not done where exactly the
    same stand there already. Raises GoneError where the group was deleted."""
    # The group's row is held, so that a double click waits for its first half.
    if not Workgroup.objects.select_for_update().filter(pk=given.workgroup_id).first():
        raise GoneError
    same = GivenHours.objects.filter(
        workgroup=given.workgroup_id,
        user=given.user_id,
        meeting=None,
        day=given.day,
        hours=given.hours,
        note=given.note,
    ).first()
    if same:
        return Outcome(same, done=False)
    given.save()
    log(instance=given, action="wagtail.create", user=user)
    return Outcome(given, done=True)


@transaction.atomic
def take_back(given, user):
    """Take away hours given apart from meetings. An Outcome: not done where they are
    not there any more."""
    stored = GivenHours.objects.select_for_update().filter(pk=given.pk, meeting=None).first()
    if stored is None:
        return Outcome(given, done=False)
    log(instance=stored, action="wagtail.delete", user=user)
    stored.delete()
    return Outcome(given, done=True)
