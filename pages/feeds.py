"""One feed per theme (Atom, RFC 4287): what professionals signed there last."""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from pages.models import ThemePage, TopicPage
from pages.structured_data import description_of
from pages.templatetags.typography import typography_plain

NEWEST = 20


class ThemeFeed(Feed):
    """The topics of a theme, what was published last first; two queries and Wagtail's
    own for the site's address."""

    feed_type = Atom1Feed

    def get_object(self, request, theme_slug):
        theme = get_object_or_404(
            ThemePage.objects.readable(),
            depth=3,
            slug=theme_slug,
            locale__language_code=request.LANGUAGE_CODE,
        )
        theme.address = theme.get_full_url(request) or request.build_absolute_uri("./")
        return theme

    def title(self, theme):
        return _("%(site)s: %(theme)s") % {
            "site": settings.WAGTAIL_SITE_NAME,
            "theme": typography_plain(theme.title),
        }

    def subtitle(self, theme):
        return typography_plain(theme.introduction)

    def link(self, theme):
        return theme.address

    def feed_url(self, theme):
        return urljoin(theme.address, "flux.xml")

    def author_name(self, theme):
        return settings.WAGTAIL_SITE_NAME

    def items(self, theme):
        topics = TopicPage.objects.readable().listed().child_of(theme)
        topics = topics.order_by("-last_published_at", "-pk")
        for topic in topics[:NEWEST]:
            topic.address = urljoin(theme.address, f"{topic.slug}/")
            yield topic

    def item_title(self, topic):
        return typography_plain(topic.title)

    def item_description(self, topic):
        return description_of(topic)

    def item_link(self, topic):
        return topic.address

    def item_pubdate(self, topic):
        return topic.first_published_at

    def item_updateddate(self, topic):
        return topic.last_published_at
