"""Once a year each professional says that the entry is still right."""

import logging

from django.db import transaction

from . import states
from .links import Purpose
from .mails import mail, recipient_of
from .models import Professional
from .models.entries import DAYS_MARKED, REMINDERS

logger = logging.getLogger(__name__)


def ask(today=None):
    """Send the mails of the date *today*, mark what was not confirmed in time, and take off what
    has been marked for 30 days; what has no address to ask it by waits for moderators. Returns
    how many: {"reminded", "for_moderators", "marked", "taken_off"}. Safe to repeat: each step and
    its mail happen once."""
    entries = Professional.objects
    steps = []
    # The latest mail first: after a pause nobody gets three on one day.
    for days in sorted(REMINDERS):
        steps += [("reminded", pk, days) for pk in _pks(entries.due_for_reminder(days, today))]
    steps += [("marked", pk, None) for pk in _pks(entries.overdue(today))]
    steps += [("taken_off", pk, None) for pk in _pks(entries.to_expire(today))]
    counted = {"reminded": 0, "for_moderators": 0, "marked": 0, "taken_off": 0}
    for name, pk, days in steps:
        try:
            for done in _take(name, entries.get(pk=pk), days):
                counted[done] += 1
        except Exception:
            # The others have their turn, and this one has it tomorrow.
            logger.exception("entry %s could not be asked", pk)
    return counted


def _pks(entries):
    return list(entries.values_list("pk", flat=True))


def _take(name, entry, days):
    """Take one step; the names of what was done."""
    steps = {
        "reminded": lambda: states.reminded(entry, days),
        "for_moderators": lambda: states.ask_moderators(entry),
        "marked": lambda: states.mark_overdue(entry),
        "taken_off": lambda: states.expire(entry),
    }
    names = [name]
    if not recipient_of(entry):
        names = ["for_moderators"] if name == "reminded" else ["for_moderators", name]
    with transaction.atomic():
        outcomes = {one: steps[one]() for one in names}
        outcome = outcomes[names[-1]]
        if outcome.changed:
            mail(outcome.entry, "yearly", Purpose.CONFIRM, why=name, days_left=DAYS_MARKED)
    return [one for one, outcome in outcomes.items() if outcome.changed]
