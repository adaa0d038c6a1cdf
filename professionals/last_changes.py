"""When what an entry says last changed: for those who read it, and for those who keep the files
of open data. That a moderator took it on, or that a mail went, is no change of what it says.

A new one says it from the moment at which it is made (Professional.prepare()); an import of
thousands writes both moments itself.
"""

from dataclasses import replace

from django.utils import timezone

from .public import preview
from .reviewed import CHANGEABLE

# The fields on which either moment may depend.
SAID_BY = CHANGEABLE | {
    *("state", "is_verified", "overdue_since"),
    *("listing_agreed_at", "details_agreed_at", "open_data_agreed_at"),
}
WRITTEN = frozenset({"content_changed_at", "open_data_changed_at"})


def note(entry):
    """Write them on an entry that is about to be stored again, as far as what it says is not what
    is stored. Reads what is."""
    stored = type(entry).objects.with_details().filter(pk=entry.pk).first()
    if stored is None:
        return
    before, after, now = _in_files(stored), _in_files(entry), timezone.now()
    if _for_people(before) != _for_people(after):
        entry.content_changed_at = now
    was, is_in = stored.is_in_open_data, entry.is_in_open_data
    if was != is_in or (is_in and before != after):
        entry.open_data_changed_at = now


def _in_files(entry):
    """What is said of it, without where it stands."""
    no_content = {"changed_at": None, "published_at": None, "confirm_by": None, "distance": None}
    return replace(preview(entry), **no_content, address_url="", slug="", is_in_open_data=False)


def _for_people(said):
    """The same without what we say of it ourselves."""
    return replace(said, is_verified=False, is_overdue=False)
