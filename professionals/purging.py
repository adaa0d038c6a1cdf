"""What was refused, withdrawn or never finished loses its personal data after a year: whole
entries, and of those that stay what was refused of them."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from . import pictures
from .exchange.columns import source_of
from .models import (
    Contact,
    Draft,
    EntryEvent,
    EntryReport,
    Evidence,
    MailedLink,
    Note,
    Professional,
    PurgedSource,
    SourceRecord,
)
from .models.entries import KEPT_DAYS
from .states import By, What, locked, record
from .versions import needed_versions

# What may say who somebody is, or where: all that was written by hand.
BLANKED = (
    *("name", "legal_person", "siret", "specialities", "public_body", "address"),
    *("address_more", "postal_code", "area_served", "opening_hours", "telephone", "email"),
    *("website", "accessibility_words", "ages", "description", "picture_text"),
    *("refusal_reason", "source_id"),
)
# What is said in words when these happen is about somebody.
SAID_WITH = (What.REFUSED, What.CHANGE_REFUSED, What.WITHDRAWN)


@dataclass
class Purged:
    """How many entries, and how many of what belonged to them."""

    entries: int = 0
    contacts: int = 0
    evidence: int = 0
    notes: int = 0
    versions: int = 0
    links: int = 0
    reports: int = 0
    pictures: int = 0
    records: int = 0
    reasons: int = 0


def to_purge(now=None):
    """The count of all that purge() would delete, as a Purged; nothing is changed."""
    counted = Purged()
    for entry in Professional.objects.with_data_to_purge(now):
        _add(counted, _counts(entry))
    for rows in _refused(now):
        _add(counted, {name: found.count() for name, found in rows.items()}, entries=0)
    return counted


def purge(now=None):
    """Delete the personal data of each entry whose time has come, one transaction each; the
    entry stays as a number in the statistics. The count, as a Purged."""
    counted = Purged()
    for found in Professional.objects.with_data_to_purge(now):
        with transaction.atomic():
            entry = locked(found)
            if not Professional.objects.with_data_to_purge(now).filter(pk=entry.pk).exists():
                continue  # it came back meanwhile
            _add(counted, _purge(entry))
    for rows in _refused(now):
        with transaction.atomic():
            deleted = {"versions": rows["versions"].delete()[1].get(Revision._meta.label, 0)}
            deleted["reasons"] = rows["reasons"].update(reason="")
        _add(counted, deleted, entries=0)
    return counted


def _rows(entry):
    mine = {"professional": entry}
    return {
        "contacts": Contact.objects.filter(**mine),
        "evidence": Evidence.objects.filter(**mine),
        "notes": Note.objects.filter(**mine),
        "versions": Revision.objects.for_instance(entry),
        "links": MailedLink.objects.filter(**mine),
        "reports": EntryReport.objects.filter(**mine),
        "records": SourceRecord.objects.filter(**mine),
    }


def _reasons(entry):
    return EntryEvent.objects.filter(professional=entry).exclude(reason="")


def _refused(now):
    """Of each entry that stays and of which something was refused or withdrawn so long ago: the
    "versions" until then that nobody compares with any more, and the "reasons"."""
    before = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
    long_ago = EntryEvent.objects.filter(what__in=SAID_WITH, at__lt=before)
    over = Professional.objects.with_data_to_purge(now)
    staying = Professional.objects.filter(pk__in=long_ago.values("professional"), purged_at=None)
    for entry in staying.exclude(pk__in=over.values("pk")).order_by("pk"):
        events = long_ago.filter(professional=entry)
        older = Revision.objects.for_instance(entry).filter(created_at__lte=events.last().at)
        yield {
            "versions": older.exclude(pk__in=needed_versions(entry)),
            "reasons": events.exclude(reason=""),
        }


def _pictures(entry):
    return {entry.picture, pictures.waiting(entry)} - {None}


def _counts(entry):
    counts = {name: found.count() for name, found in _rows(entry).items()}
    return counts | {"pictures": len(_pictures(entry)), "reasons": _reasons(entry).count()}


def _purge(entry):
    rows, shown, counts = _rows(entry), _pictures(entry), _counts(entry)
    if entry.source_id or entry.first_published_at:
        # Under this name it went out, or came in: no file brings it back.
        PurgedSource.objects.get_or_create(pk=PurgedSource.digest_of(*source_of(entry)))
    for name in BLANKED:
        setattr(entry, name, "")
    entry.slug = ""  # made of the name
    entry.latitude = entry.longitude = entry.picture = entry.claimed_by = None
    entry.latest_revision = entry.live_revision = None
    entry.has_unpublished_changes = False
    entry.purged_at = timezone.now()
    entry.save()
    for found in rows.values():
        found.delete()
    Draft.objects.filter(professional=entry).delete()
    for picture in shown:
        pictures.let_go(picture)
    _reasons(entry).update(reason="")
    kind = ContentType.objects.get_for_model(Professional)
    logged = ModelLogEntry.objects.filter(content_type=kind, object_id=str(entry.pk))
    logged.update(label="", data={})
    record(entry, What.PURGED, By.MACHINE, details=counts)
    return counts


def _add(counted, numbers, entries=1):
    counted.entries += entries
    for name, number in numbers.items():
        setattr(counted, name, getattr(counted, name) + number)
