"""Whether a row is about a natural person, who is public by her own yes alone.

A row that says nothing is no "non": nobody becomes an organisation by a file that does not say
so. Of kinds that are usually persons (lists.USUALLY_PERSONS) it is taken for a person's, and
remembered as PRESUMED until the source says more. Of whom the source said that she is one, or
who answered herself, no import says the contrary: a moderator may.
"""

from django.utils.translation import gettext as _

from professionals.lists import USUALLY_PERSONS

from .columns import COLUMN_OF_FIELD

FIELD = "is_natural_person"
PRESUMED = "presumed"
CONSENTS = ("listing_agreed_at", "details_agreed_at", "open_data_agreed_at")
OUI = {True: "oui", False: "non"}


def _presumed():
    return _(
        "It does not say whether this is a person who works in her own name. It is taken for one, "
        "and is not public before she says yes. If it is none, write non under %(column)s."
    ) % {"column": COLUMN_OF_FIELD[FIELD].name}


def of_new(step):
    """Say in the *put*, *said* and report of a Step that makes an entry whether it is a
    person's."""
    says = step.wanted.values.get(FIELD)
    if says is None and step.put["kind"].slug in USUALLY_PERSONS:
        step.put[FIELD], step.said[FIELD] = True, PRESUMED
        step.report.reasons.append(_presumed())
    elif says is not None:
        step.said[FIELD] = says
    if says:
        step.report.reasons.append(_("A person: not public until she says yes to being listed."))


def of_known(step, said):
    """The same of a Step that changes an entry. *said*: what is remembered of its source, which
    changes with it, or None where it is from none."""
    row, says = step.known.row, step.wanted.values.get(FIELD)
    was, before = row[FIELD], (said or {}).get(FIELD)
    column = COLUMN_OF_FIELD[FIELD].name
    if says is None:
        kind = step.put.get("kind")
        if not was and kind and kind.slug in USUALLY_PERSONS and before is not False:
            _put(step, said, True, PRESUMED)
            step.report.reasons.append(_presumed())
    elif says == was:
        if said is not None:
            said[FIELD] = says
    elif says == before:
        pass  # the source says what it said; people have it otherwise here
    elif said is not None and (says or (before == PRESUMED and not any(row[n] for n in CONSENTS))):
        _put(step, said, says, says)
    else:
        step.report.kept.append((column, OUI[was], OUI[says]))


def _put(step, said, is_person, remembered):
    column = COLUMN_OF_FIELD[FIELD].name
    step.put[FIELD], said[FIELD] = is_person, remembered
    step.report.changes.append((column, OUI[not is_person], OUI[is_person]))
