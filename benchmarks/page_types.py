"""One page of each kind that parents open, in each language that has some: what the budgets,
the accessibility tests, EcoIndex and Lighthouse look at."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from pages.models import HomePage, Stage, ThemePage, TopicPage

# Views of their own, beside the pages: the name of the kind and of the address.
OWN_VIEWS = {
    "accessibility": "accessibility",
    "booklet": "booklet",
    "kept topics": "kept_topics",
}


def page_types():
    """{kind: path} of what the database holds: "home", "stage", "theme", "topic" and the
    site's own views in its first language, then the same with " (ar)" and so on."""
    found = {}
    for number, (code, _label) in enumerate(settings.LANGUAGES):
        with translation.override(code):
            kinds = dict(_of_language(code))
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


def _size(page):
    return (len(page.body) if isinstance(page, TopicPage) else page.numchild, page.pk)
