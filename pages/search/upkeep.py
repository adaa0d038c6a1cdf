"""Keeps the index with what parents can read, in the transaction that changes it."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from pages.models import Stage, ThemePage, TopicPage

from . import index


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


def stage_saved(sender, instance, created, raw=False, **kwargs):
    if not raw and not created:
        topics = TopicPage.objects.live().filter(stages=instance)
        index.refresh(topics.values_list("pk", flat=True))


def connect():
    """Called once from AppConfig.ready()."""
    for signal in (page_published, page_unpublished):
        signal.connect(topic_changed, sender=TopicPage, dispatch_uid="search_topic")
    post_save.connect(theme_saved, sender=ThemePage, dispatch_uid="search_theme")
    post_page_move.connect(page_moved, dispatch_uid="search_move")
    post_save.connect(stage_saved, sender=Stage, dispatch_uid="search_stage")
    for signal in (post_save, post_delete):
        signal.connect(
            restriction_changed, sender=PageViewRestriction, dispatch_uid="search_restriction"
        )
