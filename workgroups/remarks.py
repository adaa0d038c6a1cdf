"""Remarks on a topic: who makes and answers them, and whom they wait for."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .meetings import GoneError, NotNowError, Outcome
from .models import Decision, EditorialRecord, Remark, Stage
from .models.records import oversees
from .waiting import Waiting

SHOWN = 140  # characters of a remark in a list


def may_remark(user, record):
    """Whether ``user`` reads, makes and answers the remarks on this topic: whoever
    works on it, and who is asked to sign it."""
    if oversees(user) or EditorialRecord.objects.editable_by(user).filter(pk=record.pk).exists():
        return True
    reads = user.is_active and record.stage in (Stage.SIGN_OFF, Stage.SCHEDULED)
    return reads and record.asked.filter(pk=user.pk).exists()


def place_of_remarks(record):
    """The address, within the site, of the remarks on this topic."""
    return reverse("topic_remarks", args=[record.page_id])


@transaction.atomic
def make(record, text, user, due_on=None, decision=None):
    """Make a remark on ``record``'s topic. An Outcome: not done where the decision
    has become one already, or the same person's same words stand there, open.

    Raises NotNowError where the topic is not the group's that decided, GoneError where
    topic or decision were taken away meanwhile.
    """
    record = EditorialRecord.objects.hold(record.page_id)
    if record is None:
        raise GoneError
    if decision:
        if not Decision.objects.select_for_update().filter(pk=decision.pk).first():
            raise GoneError
        if there := Remark.objects.filter(decision=decision).first():
            return Outcome(there, done=False)
        if record.workgroup_id != decision.meeting.workgroup_id:
            raise NotNowError
    elif there := record.remarks.open().filter(author=user, text=text).first():
        return Outcome(there, done=False)
    made = Remark.objects.create(
        record=record, text=text, author=user, due_on=due_on, decision=decision
    )
    data = {"remark": made.pk, "text": text, "due_on": due_on and due_on.isoformat()}
    log(instance=record.page.specific, action="workgroups.remark", user=user, data=data)
    return Outcome(made, done=True)


@transaction.atomic
def close(remark, answer, user):
    """Close a remark, with an answer or without. An Outcome: not done where it is
    closed already. Raises GoneError where it went with its topic."""
    stored = Remark.objects.select_for_update().filter(pk=remark.pk).first()
    if stored is None:
        raise GoneError
    if not stored.is_open:
        return Outcome(stored, done=False)
    stored.answer, stored.done_by, stored.done_at = answer, user, timezone.now()
    stored.save(update_fields=["answer", "done_by", "done_at"])
    log(
        instance=stored.record.page.specific,
        action="workgroups.remark_done",
        user=user,
        data={"remark": stored.pk, "text": stored.text, "answer": answer},
    )
    return Outcome(stored, done=True)


def waiting_for(user):
    """The open remarks with a due date that wait for ``user`` (Waiting)."""
    for found in Remark.objects.awaiting(user).select_related("record__page"):
        text = Truncator(found.text).chars(SHOWN)
        day = date_format(found.due_on, "j F")
        due = _("late, was due on %(day)s") if found.is_late else _("due on %(day)s")
        yield Waiting(
            title=found.record.page.draft_title,
            why=_("Remark: %(text)s (%(due)s)") % {"text": text, "due": due % {"day": day}},
            since=found.created_at,
            url=place_of_remarks(found.record),
        )
