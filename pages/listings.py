"""What the home page and the themes show: live topics only, in a number of
queries that does not grow with them (tests/pages/test_queries.py)."""

from collections import Counter

from django.db.models import Prefetch

from pages.models import HelpNumber, Stage, ThemePage, TopicPage
from pages.pictures import absolute_picture_url, load_pictures
from pages.topic_context import topic_url

NEW_TOPICS = 6


def card_topics(page):
    """The topics under `page` that its readers may read, with what a card shows, newest
    first; two queries."""
    return (
        TopicPage.objects.readable(beside=page)
        .listed()
        .descendant_of(page)
        .only(
            "title",
            "path",
            "url_path",
            "key_message",
            "lead_illustration",
            "locale",
            "first_published_at",
        )
        .newest_first()
        .prefetch_related(Prefetch("stages", Stage.objects.order_by("sort_order")))
    )


def _cards(topics, themes, pictures):
    """One dict per topic, for components/topic_card.html."""
    by_path = {theme.path: theme for theme in themes}
    for topic in topics:
        yield {
            "topic": topic,
            "url": topic_url(topic.url_path),
            "theme": by_path[topic.path[: -topic.steplen]],
            "stages": topic.stages.all(),
            "picture": pictures.get(topic.lead_illustration_id),
        }


def _stage_pictures(stages, topics):
    """{stage id: picture id}: its own picture, or else that of its newest topic
    that no other stage shows yet."""
    chosen, taken = {}, set()
    for stage in stages:
        candidates = [
            topic.lead_illustration_id
            for topic in topics
            if topic.lead_illustration_id and stage in topic.stages.all()
        ]
        fresh = [pk for pk in candidates if pk not in taken] or candidates
        chosen[stage.pk] = stage.picture_id or next(iter(fresh), None)
        taken.add(chosen[stage.pk])
    return chosen


def _theme_pictures(themes, topics):
    """{theme id: picture id}: its own picture, or that of its newest topic."""
    newest = {}
    for topic in topics:
        if topic.lead_illustration_id:
            newest.setdefault(topic.path[: -topic.steplen], topic.lead_illustration_id)
    return {theme.pk: theme.picture_id or newest.get(theme.path) for theme in themes}


def _what_matters_first(topics, stage):
    """`topics` about `stage` in the order in which they help now: those that begin with this
    age before those read since an earlier one, those about few ages before those about many,
    the newest first (their order as given)."""

    def key(topic):
        ages = list(topic.stages.all())
        return ages[0] != stage, len(ages)

    return sorted(topics, key=key)


def _by_theme(cards):
    """[{theme, cards}], a theme where its first card stands."""
    shelves = {}
    for card in cards:
        shelf = shelves.setdefault(card["theme"].pk, {"theme": card["theme"], "cards": []})
        shelf["cards"].append(card)
    return list(shelves.values())


def home_context(page, request):
    """The template context of a HomePage; `?etape=` shows one stage's topics."""
    stages = list(Stage.objects.all())
    themes = list(ThemePage.objects.child_of(page).order_by("path"))
    topics = list(card_topics(page))
    slug = request.GET.get("etape") if request else None
    chosen = next((stage for stage in stages if stage.slug == slug), None)
    counts = Counter(topic.path[: -topic.steplen] for topic in topics)
    of_stage = [topic for topic in topics if chosen and chosen in topic.stages.all()]
    shown = _what_matters_first(of_stage, chosen) if chosen else topics[:NEW_TOPICS]
    stage_pictures = _stage_pictures(stages, topics)
    theme_pictures = _theme_pictures(themes, topics)
    pictures = load_pictures(
        {
            *stage_pictures.values(),
            *theme_pictures.values(),
            *(topic.lead_illustration_id for topic in shown),
        }
    )
    cards = list(_cards(shown, themes, pictures))
    return {
        "url": page.full_url,
        "stages": [(s, pictures.get(stage_pictures[s.pk])) for s in stages],
        "chosen_stage": chosen,
        "themes": [
            {
                "theme": theme,
                "url": theme.get_url(request),
                "picture": pictures.get(theme_pictures[theme.pk]),
                "count": counts[theme.path],
            }
            for theme in themes
            if theme.live
        ],
        "cards": cards,
        "shelves": _by_theme(cards) if chosen else [],
        "help_numbers": list(HelpNumber.objects.all()),
    }


def theme_context(page):
    """The template context of a ThemePage."""
    topics = list(card_topics(page))
    pictures = load_pictures({page.picture_id, *(topic.lead_illustration_id for topic in topics)})
    picture = pictures.get(page.picture_id)
    return {
        "url": page.full_url,
        "picture": picture,
        "picture_url": absolute_picture_url(picture, page.full_url),
        "cards": list(_cards(topics, [page], pictures)),
        "help_numbers": list(HelpNumber.objects.all()),
    }
