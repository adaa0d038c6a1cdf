"""Which topics a list shows, and what it is called."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Prefetch, Q
from django.db.models.functions import Length

from pages.models import SiteLanguage, Stage, ThemePage, TopicPage
from pages.pictures import load_pictures
from partners.options import MOST_TOPICS


@dataclass(frozen=True)
class TopicList:
    """*topics*: at most MOST_TOPICS light TopicPages in the *language*, with their stages, each
    with its `wash`; *theme*: their ThemePage in it, or None; *stage*: their Stage, or None;
    *picture*: an Illustration, or None."""

    language: str
    topics: list
    theme: ThemePage | None = None
    stage: Stage | None = None
    picture: object = None


def asks_for_list(options):
    """Whether the EmbedOptions name what a list is to show."""
    return bool(options.topics or options.theme or options.stage)


def topic_list(options, languages):
    """The TopicList of EmbedOptions in the first of *languages*, codes, in which it has some;
    None where there is nothing of that name, or nothing online. At most six queries.

    Topics that somebody chose stand in that order, others the newest first.
    """
    shown = SiteLanguage.objects.shown()
    topics = TopicPage.objects.readable().filter(locale__in=shown)
    themes, stage = [], None
    if options.topics:
        topics = topics.filter(translation_key__in=options.topics)
    else:
        topics = topics.listed()
        if options.stage:
            stage = Stage.objects.filter(slug=options.stage).select_related("picture").first()
            topics = topics.filter(stages=stage) if stage else topics.none()
    if options.theme and not options.topics:
        themes = _themes(options.theme)
        below = reduce(or_, (Q(path__startswith=theme.path) for theme in themes), Q(pk=None))
        topics = topics.filter(below)
    there = set(topics.order_by().values_list("locale__language_code", flat=True).distinct())
    language = next((code for code in languages if code in there), None)
    if language is None:
        return None
    found = _cards(topics.filter(locale__language_code=language), options.topics)
    theme = next((one for one in themes if one.locale.language_code == language), None)
    pictures = load_pictures(_picture_ids(found, theme, stage)) if options.pictures else {}
    picture = next(iter(pictures.values()), None)
    return TopicList(language, found, theme, stage, picture)


def _themes(slug):
    """The themes of all languages that translate the one of that name: the French one, where
    a name in another language is the same; one query."""
    named = ThemePage.objects.live().filter(slug=slug)
    same = ThemePage.objects.live().filter(translation_key__in=named.values("translation_key"))
    rows = list(same.select_related("locale").order_by(Length("path"), "path"))
    french = [row for row in rows if row.slug == slug and row.locale.language_code == FRENCH]
    named = french or [row for row in rows if row.slug == slug]
    return [row for row in rows if named and row.translation_key == named[0].translation_key]


FRENCH = settings.LANGUAGE_CODE


def _cards(topics, chosen):
    """The light TopicPages that a list shows; two queries."""
    stages = Prefetch("stages", Stage.objects.order_by("sort_order"))
    names = ("title", "url_path", "key_message", "lead_illustration", "locale", "path")
    rows = topics.with_theme().only(*names, "translation_key", "first_published_at")
    rows = rows.newest_first().prefetch_related(stages)
    if not chosen:
        return list(rows[:MOST_TOPICS])
    place = {key: number for number, key in enumerate(chosen)}
    return sorted(rows, key=lambda topic: place[topic.translation_key])


def _picture_ids(topics, theme, stage):
    """The one picture that says what the list is about: a list of them would be a lot to load."""
    firsts = [theme and theme.picture_id, stage and stage.picture_id]
    firsts += [topic.lead_illustration_id for topic in topics]
    return {next((pk for pk in firsts if pk), None)} - {None}
