"""What publishing a page prepares, so that reading it is quick."""

from functools import partial

from django.db import transaction
from django.utils import translation
from django_tasks import task
from wagtail.signals import page_published

from pages.blocks import PlacedIllustrationBlock
from pages.content import chosen_values
from pages.models import ThemePage, TopicPage
from pages.pictures import make_renditions
from pages.social_pictures import make

# In which formats each kind of block shows its pictures.
BLOCK_FORMATS = {
    "steps": ["step"],
    "picture": ["wide"],
    "infographic": ["wide", "large"],
    "cards": ["card"],
}


def placed_formats(page):
    """Yield (Illustration, names of formats) for all that a page shows."""
    if isinstance(page, ThemePage):
        if page.picture:
            yield page.picture, ["lead", "card"]
        return
    if page.lead_illustration:
        yield page.lead_illustration, ["lead", "card"]
    for block in page.body:
        for picture in chosen_values(block.block, block.value, PlacedIllustrationBlock):
            if picture:
                yield picture, BLOCK_FORMATS[block.block_type]


@task(queue_name="default", backend="slow")
def make_page_renditions(page_id):
    """Make the renditions that the live page `page_id` shows."""
    for model in (TopicPage, ThemePage):
        for page in model.objects.filter(pk=page_id, live=True):
            for illustration, formats in placed_formats(page):
                make_renditions(illustration, formats)


@task(queue_name="default", backend="slow")
def make_social_picture(page_id):
    """Make the picture that a link to the live topic `page_id` shows where it is shared."""
    topics = TopicPage.objects.live().with_theme().select_related("lead_illustration", "locale")
    for topic in topics.filter(pk=page_id):
        with translation.override(topic.locale.language_code):
            make(topic)


def prepare_pictures(sender, instance, **kwargs):
    transaction.on_commit(partial(make_page_renditions.enqueue, instance.pk))
    if isinstance(instance, TopicPage):
        transaction.on_commit(partial(make_social_picture.enqueue, instance.pk))


def connect():
    """Called once from AppConfig.ready()."""
    for model in (TopicPage, ThemePage):
        page_published.connect(
            prepare_pictures, sender=model, dispatch_uid=f"pictures_{model.__name__}"
        )
