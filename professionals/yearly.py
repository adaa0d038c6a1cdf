"""Once a year each professional says that the entry is still right."""

import logging

from django.db import transaction

from . import states
from .links import Purpose
from .mails import mail
from .models import Professional
from .models.entries import DAYS_MARKED, REMINDERS

logger = logging.getLogger(__name__)


def ask(today=None):
    """Send the mails of the date *today*, mark what was not confirmed in time, and take off what
    has been marked for 30 days. Returns how many: {"reminded", "marked", "taken_off"}. Safe to
    repeat: each step and its mail happen once."""
    entries = Professional.objects
    steps = []
    # The latest mail first: after a pause nobody gets three on one day.
    for days in sorted(REMINDERS):
        steps += [("reminded", pk, days) for pk in _pks(entries.due_for_reminder(days, today))]
    steps += [("marked", pk, None) for pk in _pks(entries.overdue(today))]
    steps += [("taken_off", pk, None) for pk in _pks(entries.to_expire(today))]
    counted = {"reminded": 0, "marked": 0, "taken_off": 0}
    for name, pk, days in steps:
        try:
            counted[name] += _take(name, entries.get(pk=pk), days)
        except Exception:
            # The others have their turn, and this one has it tomorrow.
            logger.exception("entry %s could not be asked", pk)
    return counted


def _pks(entries):
    return list(entries.values_list("pk", flat=True))


def _take(name, entry, days):
    with transaction.atomic():
        if name == "reminded":
            outcome = states.reminded(entry, days)
        else:
            outcome = {"marked": states.mark_overdue, "taken_off": states.expire}[name](entry)
        if outcome.changed:
            mail(outcome.entry, "yearly", Purpose.CONFIRM, why=name, days_left=DAYS_MARKED)
    return outcome.changed
