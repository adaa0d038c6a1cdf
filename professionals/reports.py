"""People say that an entry is wrong; three of them put it in the moderators' queue."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .models import EntryReport
from .states import By, Outcome, What, WrongStateError, leave_queue, locked, record, step

REPORTS_THAT_QUEUE = 3


def sender_of(address, day=None):
    """A hash of a visitor's network *address* that tells two senders of one day apart: another
    one on each day, so that nobody can be followed."""
    day = day or timezone.localdate()
    text = f"{settings.SECRET_KEY}|{day:%Y-%m-%d}|{address}"
    return hashlib.sha256(text.encode()).hexdigest()


def open_reports(entry):
    """How many open reports stand against an entry: one for a sender and day."""
    return EntryReport.objects.open().filter(professional_id=entry.pk).count()


@step
def report(entry, why, sender, words="", by=By.VISITOR):
    """Take a report (*why*: an EntryReport.Why; *sender*: sender_of()). The same sender on the
    same day counts once: the Outcome then says that nothing changed."""
    if not entry.is_public:
        raise WrongStateError
    made, created = EntryReport.objects.get_or_create(
        professional=entry,
        sender=sender,
        reported_on=timezone.localdate(),
        defaults={"why": why, "words": words.strip()[:600]},
    )
    if not created:
        return Outcome(entry, False)
    if open_reports(entry) >= REPORTS_THAT_QUEUE and entry.queued_at is None:
        entry.queued_at = timezone.now()
        entry.save(update_fields=["queued_at"])
    event = record(entry, What.REPORTED, by, details={"why": made.why})
    return Outcome(entry, True, event)


def close_reports(entry, user):
    """A moderator has answered all open reports: the Outcome."""
    with transaction.atomic():
        entry = locked(entry)
        closed = EntryReport.objects.open().filter(professional=entry)
        number = closed.update(closed_at=timezone.now(), closed_by=user)
        if not number:
            return Outcome(entry, False)
        leave_queue(entry)
        entry.save(update_fields=["queued_at", "claimed_by", "claimed_at"])
        event = record(entry, What.REPORTS_CLOSED, user, details={"reports": number})
        return Outcome(entry, True, event)
