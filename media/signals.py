"""What deleting a file refuses, and what it takes along."""

from django.db import transaction
from django.db.models.signals import post_delete, pre_delete

from .models import CaptionTrack, Illustration, Recording
from .rules import refuse_if_held


def _refuse_if_held(instance, **kwargs):
    refuse_if_held(instance.held_file)


def delete_from_storage(file):
    """Delete a Django file's bytes once the transaction is through."""
    storage, name = file.storage, file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _delete_captions_file(instance, **kwargs):
    delete_from_storage(instance.file)


def _delete_source(instance, **kwargs):
    delete_from_storage(instance.source_file)


def connect():
    for model in (Illustration, Recording, CaptionTrack):
        # delete() has asked already; this hears of a cascade from a collection.
        pre_delete.connect(_refuse_if_held, sender=model)
    # Wagtail and wagtailmedia do the same for their own two models.
    post_delete.connect(_delete_captions_file, sender=CaptionTrack)
    post_delete.connect(_delete_source, sender=Illustration)
