"""What each topic still lacks, kept with its record: lists of many topics read it
there, and the rules are asked once, when something changes."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from media.models import CaptionTrack, Illustration, Recording

from .models import DraftFile, EditorialRecord
from .models.stages import IN_WORK


def look_again(page_ids):
    """Ask the rules again for those of ``page_ids`` whose topic is being worked on."""
    records = EditorialRecord.objects.filter(page__in=page_ids, stage__in=IN_WORK)
    for record in records.select_related("page"):
        with transaction.atomic():
            version = record.page.specific.get_latest_revision_as_object()
            EditorialRecord.objects.hold(record.page_id).keep_missing(version)


def file_changed(sender, instance, created, raw=False, **kwargs):
    """A picture or a film has other credits or another licence now."""
    if not created and not raw:
        look_again(DraftFile.holding(instance).values_list("page", flat=True))


def captions_changed(sender, instance, raw=False, **kwargs):
    """A film has captions now, or has lost them."""
    if not raw:
        look_again(DraftFile.holding(instance.recording).values_list("page", flat=True))


def connect():
    """Called once from AppConfig.ready()."""
    for signal in (post_save, post_delete):
        signal.connect(captions_changed, sender=CaptionTrack, dispatch_uid="missing-captions")
    for model in (Illustration, Recording):
        post_save.connect(file_changed, sender=model, dispatch_uid=f"missing-{model.__name__}")
