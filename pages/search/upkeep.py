"""Keeps the index with what parents can read, in the transaction that changes it; what a
stage is called, soon after."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django_tasks import task
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from pages.models import Stage, ThemePage, TopicPage

from . import index

# What of a stage is searched: see documents.document_of.
STAGE_NAMES = frozenset({"label", "name", "in_languages"})


def topic_changed(sender, instance, **kwargs):
    index.refresh([instance.pk])


def topics_below_changed(page):
    """A page above topics is called otherwise, stands elsewhere or opens to all."""
    below = TopicPage.objects.live().filter(path__startswith=page.path)
    index.refresh(below.values_list("pk", flat=True))


def theme_saved(sender, instance, raw=False, update_fields=None, **kwargs):
    if not raw and instance.live and (update_fields is None or "title" in update_fields):
        topics_below_changed(instance)


def page_moved(sender, instance, **kwargs):
    topics_below_changed(instance)


def restriction_changed(sender, instance, **kwargs):
    topics_below_changed(instance.page)


def stage_to_be_saved(sender, instance, raw=False, update_fields=None, **kwargs):
    """Have its topics found by what the stage is called from now on, if that is new."""
    names = STAGE_NAMES.intersection(update_fields) if update_fields is not None else STAGE_NAMES
    stored = None if raw else Stage.objects.filter(pk=instance.pk).first()
    if stored and any(getattr(stored, name) != getattr(instance, name) for name in names):
        transaction.on_commit(partial(refresh_stage.enqueue, instance.pk))


@task(queue_name="default", backend="slow")
def refresh_stage(stage_id):
    """Bring the index in step with the live topics of a stage: many, so some at once."""
    topics = TopicPage.objects.live().filter(stages=stage_id).order_by("pk")
    for some in index.in_parts(topics.values_list("pk", flat=True), index.BATCH):
        index.refresh(some)


def connect():
    """Called once from AppConfig.ready()."""
    for signal in (page_published, page_unpublished):
        signal.connect(topic_changed, sender=TopicPage, dispatch_uid="search_topic")
    post_save.connect(theme_saved, sender=ThemePage, dispatch_uid="search_theme")
    post_page_move.connect(page_moved, dispatch_uid="search_move")
    pre_save.connect(stage_to_be_saved, sender=Stage, dispatch_uid="search_stage")
    for signal in (post_save, post_delete):
        signal.connect(
            restriction_changed, sender=PageViewRestriction, dispatch_uid="search_restriction"
        )
