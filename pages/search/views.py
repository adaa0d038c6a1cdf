"""Answers a search, in the language of the address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pages.directory import directory_address
from pages.models import HelpNumber, Stage, ThemePage, TopicPage
from pages.names import said
from pages.topic_context import topic_url

from . import fruitless
from .passages import best_passage, marked
from .questions import LONGEST_QUESTION, MOST_UNKNOWN, understood
from .ranking import find, load_entries
from .spelling import less_near
from .suggestions import suggested_topics
from .text import cleaned, folded

PER_PAGE = 10
MOST_OFFERED = 6  # words offered instead


@dataclass(frozen=True)
class Choice:
    """One value of a filter: its label, its address, how many topics it leaves, whether it is
    the one in force."""

    label: str
    url: str
    count: int
    is_chosen: bool


class Asked:
    """What the address asks for; what it cannot mean is left out."""

    def __init__(self, request):
        self.language = request.LANGUAGE_CODE
        self.text = cleaned(request.GET.get("q", ""), LONGEST_QUESTION)
        self.stages = list(Stage.objects.all())
        self.themes = list(
            ThemePage.objects.live()
            .filter(locale__language_code=self.language)
            .only("title", "slug", "path", "wash", "url_path", "locale")
            .order_by("path")
        )
        self.stage = _with_slug(self.stages, request.GET.get("etape"))
        self.theme = _with_slug(self.themes, request.GET.get("theme"))
        page = request.GET.get("page", "")
        self.page = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1

    def url(self, **changes):
        """The address of this search with other values; None leaves one out."""
        values = {
            "q": self.text,
            "etape": self.stage and self.stage.slug,
            "theme": self.theme and self.theme.slug,
            **changes,
        }
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{reverse('search')}?{query}"

    @property
    def is_narrowed(self):
        return bool(self.stage or self.theme)


def _with_slug(things, slug):
    return next((thing for thing in things if thing.slug == slug), None)


@never_cache
@require_safe
def search(request):
    """The page of results; with `suggestions`, the short list under the field alone."""
    if "suggestions" in request.GET:
        text = cleaned(request.GET.get("q", ""), LONGEST_QUESTION)
        topics = suggested_topics(text, request.LANGUAGE_CODE)
        return render(request, "pages/search_suggestions.html", {"topics": topics})
    asked = Asked(request)
    question = understood(asked.text, asked.language)
    found = find(question, asked.stage and asked.stage.pk, asked.theme and asked.theme.pk)
    if request.method == "GET" and asked.page == 1 and not asked.is_narrowed:
        fruitless.count(question)
    context = {
        "asked": asked,
        "question": question,
        "found": found,
        "total": len(found.topic_ids),
        "instead": [(w.typed, _links(asked, w.instead)) for w in question.words if w.instead],
        "help_numbers": list(HelpNumber.objects.all()),
        **_results(asked, question, found),
        **_filters(asked, found),
    }
    if not context["results"]:
        context |= {
            "offered": _offered(asked, question),
            "directory_url": directory_address(),
            "without_filters_url": asked.url(etape=None, theme=None),
        }
    return render(request, "pages/search_page.html", context)


def _results(asked, question, found):
    """The results of the page asked for, or of the last one there is, and the ways on."""
    pages = max(1, -(-len(found.topic_ids) // PER_PAGE))
    page = min(max(asked.page, 1), pages)
    ids = found.topic_ids[(page - 1) * PER_PAGE : page * PER_PAGE]
    load_entries(found, ids)
    in_order = Prefetch("stages", Stage.objects.order_by("sort_order"))
    topics = (
        TopicPage.objects.readable()
        .filter(pk__in=ids)
        .only("title", "url_path", "path", "locale")
        .prefetch_related(in_order)
        .in_bulk()
        if ids
        else {}
    )
    themes = {theme.path: theme for theme in asked.themes}
    return {
        "page_number": page,
        "number_of_pages": pages,
        "previous_url": asked.url(page=page - 1) if page > 1 else "",
        "next_url": asked.url(page=page + 1) if page < pages else "",
        "results": [
            {
                "title": marked(topic.title, question),
                "url": topic_url(topic.url_path),
                "theme": themes.get(topic.path[: -topic.steplen]),
                "stages": topic.stages.all(),
                "passage": marked(
                    best_passage(found.entries[pk], question, found.rarity), question
                ),
            }
            for pk in ids
            if (topic := topics.get(pk)) and pk in found.entries
        ],
    }


def _filters(asked, found):
    """The stages and the themes that narrow what was found, each with its number; the one in
    force leads back to all of them."""
    return {
        "stage_choices": [
            Choice(
                said(stage, "label")[0],
                asked.url(etape=None if stage == asked.stage else stage.slug),
                found.by_stage[stage.pk],
                stage == asked.stage,
            )
            for stage in asked.stages
            if found.by_stage[stage.pk] or stage == asked.stage
        ],
        "theme_choices": [
            Choice(
                theme.title,
                asked.url(theme=None if theme == asked.theme else theme.slug),
                found.by_theme[theme.pk],
                theme == asked.theme,
            )
            for theme in asked.themes
            if found.by_theme[theme.pk] or theme == asked.theme
        ],
    }


def _links(asked, words):
    return [(word, asked.url(q=word, page=None)) for word in words]


def _offered(asked, question):
    """Words of the index that look like those that led nowhere, with their searches."""
    words = [
        row.text
        for word in question.fruitless[:MOST_UNKNOWN]
        for row in less_near(folded(word.typed), asked.language)
    ]
    return _links(asked, list(dict.fromkeys(words))[:MOST_OFFERED])
