"""What is to be changed, checked as a whole: a row that is right by itself may be wrong beside
what the entry says besides. A dry run asks the same, so that it tells what the import does."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from professionals.changes import apply_change
from professionals.models import Professional
from professionals.models.choices import State
from professionals.reviewed import LISTS
from professionals.states import By, StepError

from .columns import COLUMN_OF_FIELD
from .rows import sentences
from .steps import What


def changes_apart(entry):
    """Whether an import changes it as its own professional would: moderators accepted it, or it
    is under way. Others are changed by the thousand."""
    return entry.is_verified or entry.state != State.PUBLISHED


def check(steps, communes, keeps):
    """Give each of the *steps* that changes an entry this entry, and make those that cannot be
    refused ones. What changes apart is changed here if it *keeps*, else only tried. *communes*:
    {code: a Commune that knows its postal codes}."""
    steps = [step for step in steps if step.report.what == What.CHANGED]
    entries = Professional.objects.select_related("kind", "commune")
    entries = entries.in_bulk([step.known.row["pk"] for step in steps])
    for step in steps:
        step.entry = entries[step.known.row["pk"]]
        if changes_apart(step.entry):
            _change_apart(step, keeps)
        else:
            _change_together(step, communes)


def _change_together(step, communes):
    entry = step.entry
    for name, value in step.put.items():
        if name not in LISTS:
            setattr(entry, name, value)
    entry.commune = communes.get(entry.commune_id, entry.commune)
    try:
        entry.clean()
    except ValidationError as error:
        _refuse(step, sentences(error))


def _change_apart(step, keeps):
    try:
        with transaction.atomic():
            change = apply_change(step.entry, step.put, By.IMPORT)
            if not keeps:
                transaction.set_rollback(True)
    except ValidationError as error:
        _refuse(step, sentences(error))
    except StepError as error:
        _refuse(step, [str(error)])
    else:
        _leave(step, change.left)
        if change.for_review:
            names = [COLUMN_OF_FIELD[name].name for name in change.for_review]
            step.report.reasons.append(
                _("For a moderator to see first: %(names)s.") % {"names": ", ".join(names)}
            )


def _leave(step, names):
    """Say of the fields *names* that they stay: their own professional confirms them."""
    columns = {COLUMN_OF_FIELD[name].name for name in names}
    report = step.report
    report.kept += [one for one in report.changes if one[0] in columns]
    report.changes = [one for one in report.changes if one[0] not in columns]
    if not report.changes:
        report.what = What.LEFT


def _refuse(step, reasons):
    step.report.what, step.report.reasons = What.REFUSED, reasons
