"""The address of a topic, answered without walking down the page tree."""

from django.db.models import Exists
from wagtail import views as wagtail_views

from pages.models import TopicPage
from workgroups.privacy import restrictions_above


def _live_topic(language, theme_slug, topic_slug):
    """The live TopicPage at that address with what its page needs, or None.

    One query: the topic, its theme, its record and group, and whether anything
    above it is private.
    """
    topic = (
        TopicPage.objects.live()
        .filter(
            depth=4,
            slug=topic_slug,
            locale__language_code=language,
            url_path__endswith=f"/{theme_slug}/{topic_slug}/",
        )
        .annotate(is_private=Exists(restrictions_above("path")))
        .with_theme()
        .select_related("locale", "editorial_record__workgroup")
        .first()
    )
    if topic is None or topic.is_private:
        return None
    return topic


def topic(request, theme_slug, topic_slug):
    """Serve a topic; whatever else stands at this address goes to Wagtail.

    Wagtail's own way costs one query per level of the tree and a few more; a
    topic is read on old phones and bad lines, so it takes the short one.
    """
    page = _live_topic(request.LANGUAGE_CODE, theme_slug, topic_slug)
    if page is None:
        return wagtail_views.serve(request, f"{theme_slug}/{topic_slug}/")
    return page.serve(request)
