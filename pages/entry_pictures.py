"""The pictures of the directory's entries, ready before somebody reads them."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task

from pages.pictures import make_renditions
from professionals.models import Professional


@task(queue_name="default", backend="slow")
def make_entry_renditions(entry_id):
    """Make what the page of the entry `entry_id` shows of its picture."""
    for entry in Professional.objects.public().filter(pk=entry_id).exclude(picture=None):
        make_renditions(entry.picture, ["wide"])


def prepare_picture(sender, instance, **kwargs):
    if instance.picture_id and instance.is_public:
        transaction.on_commit(partial(make_entry_renditions.enqueue, instance.pk))


def connect():
    """Called once from AppConfig.ready()."""
    post_save.connect(prepare_picture, sender=Professional, dispatch_uid="entry_pictures")
