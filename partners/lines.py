"""The lines that a partner puts into its pages, ready to be copied."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.html import format_html

from pages.models import SiteLanguage, TopicPage
from pages.topic_context import topic_url
from partners.addresses import KEY_PARAMETER, embed_path


@dataclass(frozen=True)
class Lines:
    """How a topic gets into a page: *frame*, *link* (which a script makes a frame) are HTML;
    *address* is what a WordPress, Drupal or Discourse takes, and *oembed* what it asks then.
    *preview*: the path of the embed itself."""

    frame: str
    link: str
    address: str
    oembed: str
    preview: str


def offered_topics(partner):
    """The TopicPages that a Partner may choose from: those that everybody reads, in its own
    language if there are any, by title."""
    topics = TopicPage.objects.readable().filter(locale__in=SiteLanguage.objects.shown())
    for code in (partner.language, settings.LANGUAGE_CODE):
        found = list(topics.filter(locale__language_code=code).order_by("title")) if code else []
        if found:
            return found
    return []


def lines_of(topic, partner):
    """The Lines of a TopicPage for a Partner."""
    site = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    path = embed_path(topic.translation_key, partner)
    address = f"{site}{topic_url(topic.url_path)}?{urlencode({KEY_PARAMETER: partner.key})}"
    return Lines(
        frame=format_html(
            '<iframe src="{}" title="{}" width="100%" height="720" loading="lazy"></iframe>',
            site + path,
            topic.title,
        ),
        link=format_html(
            '<a data-mes-infos-bebe href="{}">{}</a>'
            '<script src="{}/embed.js" type="module"></script>',
            site + path,
            topic.title,
            site,
        ),
        address=address,
        oembed=f"{site}/oembed?{urlencode({'url': address})}",
        preview=path,
    )
