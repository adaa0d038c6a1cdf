"""The lines of HTML that a partner puts into its pages, ready to be copied."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.utils.html import format_html

from pages.models import SiteLanguage, TopicPage
from partners import scripts
from partners.addresses import LANGUAGE_PARAMETER, embed_path, topic_path, with_parameters

# Tall enough to read in; with the script, a frame is as tall as what it shows.
HEIGHT = 700  # CSS pixels
# As tall as any screen: what comes after it is out of sight while it grows.
ROOM = "100vh"


@dataclass(frozen=True)
class Lines:
    """How one embed is put into a page; each way says the same of partner and look. *site*:
    "https://host"; *path*: of the embed; *title*: what the frame is called; *page_url*: the
    address at which people find the same and that oEmbed knows, without parameters (of a topic,
    by its key: the line outlives a new slug and a move), or ""."""

    site: str
    path: str
    title: str
    page_url: str = ""

    @property
    def frame(self):
        """One frame; no script. In a block of its own: the themes of WordPress set their column
        for blocks alone."""
        return format_html("<div>{}</div>", self._bare_frame)

    @property
    def _bare_frame(self):
        return format_html(
            '<iframe src="{}" title="{}" width="100%" height="{}" frameborder="0"></iframe>',
            self.site + self.path,
            f"{self.title} · Mes Infos Bébé",
            HEIGHT,
        )

    @property
    def script(self):
        """A version that stays as it is: the browser refuses any other."""
        return format_html(
            '<script src="{}" integrity="{}" crossorigin="anonymous" async></script>',
            self.site + scripts.script_path(),
            scripts.PUBLISHED[scripts.NEWEST],
        )

    @property
    def with_script(self):
        """A link that the script turns into a frame as tall as what it shows, and that stays a
        link where it cannot: to the page or, where there is none, to the embed itself. In room
        of its own, so that nothing moves when the script comes; where no script runs at all, a
        frame that scrolls stands in it."""
        return format_html(
            '<div data-mes-infos-bebe style="min-height:{}">'
            '<a data-mes-infos-bebe href="{}">{}</a><noscript>{}</noscript></div>\n{}',
            ROOM,
            self.address,
            self.title,
            self._bare_frame,
            self.script,
        )

    @property
    def address(self):
        """What WordPress takes, alone on its line: that of the page or, where there is none, of
        the frame."""
        if not self.page_url:
            return self.site + self.path
        asked = dict(parse_qsl(urlsplit(self.path).query))
        if asked.pop("theme", ""):
            # The page stands at an address of one language; nothing said is that one.
            asked.setdefault(LANGUAGE_PARAMETER, "")
        return with_parameters(self.page_url, asked)


def offered_topics(partner):
    """The TopicPages that a Partner may choose from: those that everybody reads, in its own
    language if there are any, by title."""
    shown = SiteLanguage.objects.shown()
    topics = TopicPage.objects.readable().filter(locale__in=shown).select_related("locale")
    for code in (partner.language, settings.LANGUAGE_CODE):
        found = list(topics.filter(locale__language_code=code).order_by("title")) if code else []
        if found:
            return found
    return []


def lines_of(topic, partner):
    """The Lines of a TopicPage for a Partner."""
    site = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    path = embed_path(topic.translation_key, partner)
    return Lines(site, path, topic.title, site + topic_path(topic.translation_key))
