"""What changed of an entry, field by field, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from professionals.changes import fields_since, waiting_fields
from professionals.models import Professional
from professionals.models.choices import Access, language_label
from professionals.reviewed import LISTS
from professionals.telephones import shown_telephone
from professionals.versions import version_before

NOT_KEPT = None


@dataclass(frozen=True)
class Difference:
    """One field: its *label*, what it said (None: that was not kept) and what it says now or
    would say."""

    name: str
    label: str
    old: str | None
    new: str


def in_words(entry, name):
    """What the field *name* of a Professional says, as text; "" where it says nothing."""
    if name in LISTS:
        return ", ".join(str(one) for one in getattr(entry, name).all())
    value = getattr(entry, name)
    if name == "languages":
        return ", ".join(str(language_label(code)) for code in value)
    if name == "accessibility":
        return ", ".join(str(Access(one).label) for one in value if one in Access.values)
    if name == "telephone":
        return shown_telephone(value) if value else ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return ""
    if name == "picture":  # phones give many the same name
        return f"{value} ({value.pk})"
    shown = getattr(entry, f"get_{name}_display", None)
    return str(shown() if shown else value)


def waiting(entry):
    """What a waiting change would change: a list of Difference."""
    version = entry.waiting_change()
    return _differences(entry, version, waiting_fields(entry, version)) if version else []


def since_last_time(entry):
    """What the professional changed at once since moderators last looked or decided: a list of
    Difference. [] for one that nobody has decided on yet: all of it is new."""
    asked = set(waiting_fields(entry))
    names = [name for name in fields_since(entry) if name not in asked]
    if not names:
        return []
    before = version_before(entry)
    found = _differences(before, entry, names)
    return [one for one in found if one.old != one.new]


def _differences(before, after, names):
    return [
        Difference(
            name,
            Professional.field_label(name),
            in_words(before, name) if before else NOT_KEPT,
            in_words(after, name),
        )
        for name in names
    ]
