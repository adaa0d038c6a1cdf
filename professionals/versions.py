"""What an entry was before it changed, for whoever compares: kept as Wagtail revisions, which
go with the rest of its personal data."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from .models import EntryEvent, Professional

What = EntryEvent.What
DECISIONS = (
    *(What.ACCEPTED, What.REFUSED, What.CHANGE_ACCEPTED, What.CHANGE_REFUSED),
    *(What.LOOKED_AT, What.VERIFIED),
)


def keep_version(entry, at, user=None):
    """Keep what the stored *entry* says now as a Revision of the moment *at*. It is none that
    waits: the entry does not name it as its latest."""
    stored = Professional.objects.get(pk=entry.pk)
    kind = ContentType.objects.get_for_model(Professional)
    return Revision.objects.create(
        content_type=kind,
        base_content_type=kind,
        object_id=str(stored.pk),
        object_str=str(stored),
        content=stored.serializable_data(),
        created_at=at,
        user=user,
    )


def keep_last_seen(entry):
    """Keep the stored *entry* as moderators last saw it under the moment of their last decision:
    that of its small changes is about to be forgotten. Nothing where they never decided."""
    event, kept = last_decision(entry), Revision.objects.for_instance(entry)
    if event is None or kept.filter(created_at=event.at).exists():
        return
    before_small_changes = kept.filter(created_at=entry.needs_look_at)
    if not (entry.needs_look_at and before_small_changes.update(created_at=event.at)):
        keep_version(entry, event.at)


def last_decision(entry):
    """The EntryEvent by which moderators last decided or looked, or None."""
    return EntryEvent.objects.filter(professional=entry, what__in=DECISIONS).last()


def version_before(entry):
    """The entry as moderators last saw it (an unsaved Professional), or None where nothing that
    changed at once since then was kept."""
    revision = _to_compare(entry).order_by("created_at").first()
    return revision.as_object() if revision else None


def _to_compare(entry):
    event = last_decision(entry)
    moments = [moment for moment in (entry.needs_look_at, event and event.at) if moment]
    return Revision.objects.for_instance(entry).filter(created_at__in=moments)


def needed_versions(entry):
    """The primary keys of the Revisions of *entry* that somebody may still look at: the change
    that waits, and what moderators compare with."""
    found = set(_to_compare(entry).values_list("pk", flat=True))
    return found | ({entry.latest_revision_id} if entry.change_asked_at else set()) - {None}
