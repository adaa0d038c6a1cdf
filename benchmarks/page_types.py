"""One page of each kind that parents open, in each language that has some: what the budgets,
the accessibility tests, EcoIndex and Lighthouse look at."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from pages.booklet_choice import address_of
from pages.models import HomePage, Stage, ThemePage, TopicPage
from pages.topic_context import opinion_url
from professionals.models import Professional

# Views of their own, beside the pages: the name of the kind and of the address.
OWN_VIEWS = {
    "accessibility": "accessibility",
    "booklet": "booklet",
    "directory": "directory",
    "kept topics": "kept_topics",
}


# Those for institutions.
FOR_PARTNERS = {"assistant": "partner_assistant", "instructions": "partner_instructions"}

# What no search engine is to keep, and among it what is no page at all.
NOT_FOUND = "not found"
NOT_KEPT = (NOT_FOUND, "search", "opinion", "chosen booklet", "found professionals")
MISSING = "rien/"  # ends the address of the page that is not there
# Languages enough for what does not depend on their words: one for each direction of reading.
BOTH_DIRECTIONS = ("fr", "ar")
IN_BOOKLET = 3  # topics
# Twenty of the demo's professionals, each with its distance.
FULL_LIST = {"lieu": "69007", "rayon": "100"}


def page_types(languages=None):
    """{kind: path} of what the database holds: "home", "stage", "theme", "topic" and the
    site's own views in its first language, then the same with " (ar)" and so on, in these
    `languages` (codes; all without them). What is laid out by a form or a list alone is there
    for each direction of reading."""
    found = {}
    for number, (code, _label) in enumerate(settings.LANGUAGES):
        if languages and code not in languages:
            continue
        with translation.override(code):
            kinds = dict(_of_language(code))
            if kinds and (not number or translation.get_language_bidi()):
                kinds |= dict(_around_topics(code))
        ending = f" ({code})" if number else ""
        found |= {f"{kind}{ending}": path for kind, path in kinds.items()}
    return found


def _of_language(code):
    home = HomePage.objects.live().filter(locale__language_code=code).first()
    if home is None:
        return
    topics = TopicPage.objects.live().descendant_of(home)
    yield "home", home.get_url()
    if topics and (stage := Stage.objects.filter(topics__in=topics).first()):
        yield "stage", f"{home.get_url()}?etape={stage.slug}"
    themes = ThemePage.objects.live().descendant_of(home)
    for kind, pages in (("theme", themes), ("topic", topics)):
        # The one that has most on it.
        ranked = sorted(pages, key=_size)
        if ranked:
            yield kind, ranked[-1].get_url()
    for kind, name in OWN_VIEWS.items():
        yield kind, reverse(name)
    if entry := Professional.objects.public().order_by("pk").first():
        yield "professional", entry.get_absolute_url()


def _around_topics(code):
    """The pages to which a topic leads, and one to which nothing does."""
    live = TopicPage.objects.readable().filter(locale__language_code=code)
    topics = sorted(live.listed(), key=_size, reverse=True)
    if easy := sorted(live.exclude(easy_version_of=None), key=_size):
        yield "easy topic", easy[-1].get_url()
    if topics:
        word = max(topics[0].title.split(), key=len)
        yield "search", f"{reverse('search')}?{urlencode({'q': word})}"
        yield "opinion", opinion_url(topics[0].url_path)
        keys = [str(topic.translation_key) for topic in topics[:IN_BOOKLET]]
        yield "chosen booklet", address_of(keys)
    yield "found professionals", f"{reverse('directory')}?{urlencode(FULL_LIST)}"
    yield "registering", reverse("register_professional")
    for kind, name in FOR_PARTNERS.items():
        yield kind, reverse(name)
    yield NOT_FOUND, reverse("wagtail_serve", args=[MISSING])


def _size(page):
    return (len(page.body) if isinstance(page, TopicPage) else page.numchild, page.pk)
