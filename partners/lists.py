"""Which topics a list shows, and what it is called."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Prefetch, Q
from django.db.models.functions import Length
from wagtail.contrib.redirects.models import Redirect

from pages.models import SiteLanguage, Stage, ThemePage, TopicPage
from pages.pictures import load_pictures
from partners.options import MOST_TOPICS


@dataclass(frozen=True)
class TopicList:
    """*language*: that of the list itself; *topics*: at most MOST_TOPICS light TopicPages, each
    with its stages and its own language, `locale`; *theme*: their ThemePage in the list's, or
    None; *stage*: their Stage, or None; *picture*: an Illustration, or None."""

    language: str
    topics: list
    theme: ThemePage | None = None
    stage: Stage | None = None
    picture: object = None


def asks_for_list(options):
    """Whether the EmbedOptions name what a list is to show."""
    return bool(options.topics or options.theme or options.stage)


def topic_list(options, languages):
    """The TopicList of EmbedOptions in the first of *languages*, codes, in which it has some,
    each topic in the first of them in which it can be read: none is lost. None where there is
    nothing of that name, or nothing online. At most six queries, one more for a theme's old name.

    Topics that somebody chose stand in that order; of others, those in the list's own language
    come first, then those in the next, each the newest first.
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
    best = _best_versions(topics, languages)
    if not best:
        return None
    language = next(code for code in languages if code in best.values())
    found = _cards(best, languages, options.topics)
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
    if not rows:
        # Its old name, in the address of any language.
        paths = [f"/{code}/{slug}" for code, _name in settings.LANGUAGES]
        moved = Redirect.objects.filter(old_path__in=paths).values("redirect_page")
        now = ThemePage.objects.live().filter(pk__in=moved).values_list("slug", flat=True).first()
        return _themes(now) if now else []
    french = [row for row in rows if row.slug == slug and row.locale.language_code == FRENCH]
    named = french or [row for row in rows if row.slug == slug]
    return [row for row in rows if named and row.translation_key == named[0].translation_key]


FRENCH = settings.LANGUAGE_CODE


def _best_versions(topics, languages):
    """{pk: language} of the version of each topic that is wanted most, the newest first; one
    query."""
    rows = topics.newest_first().values_list("translation_key", "pk", "locale__language_code")
    best = {}
    for place, (key, pk, code) in enumerate(rows):
        row = (languages.index(code), place, pk, code)
        best[key] = min(row, best.get(key, row))
    return {pk: code for _wish, place, pk, code in sorted(best.values(), key=lambda row: row[1])}


def _cards(best, languages, chosen):
    """The light TopicPages that a list shows, of {pk: language}; two queries."""
    pks = sorted(best, key=lambda pk: languages.index(best[pk]))
    pks = pks if chosen else pks[:MOST_TOPICS]
    stages = Prefetch("stages", Stage.objects.order_by("sort_order"))
    names = ("title", "url_path", "key_message", "lead_illustration", "path")
    names += ("translation_key", "locale__language_code")
    rows = TopicPage.objects.filter(pk__in=pks).with_theme().select_related("locale").only(*names)
    place = {pk: number for number, pk in enumerate(pks)}
    if chosen:
        place = {key: number for number, key in enumerate(chosen)}
    rows = rows.prefetch_related(stages)
    return sorted(rows, key=lambda topic: place[topic.translation_key if chosen else topic.pk])


def _picture_ids(topics, theme, stage):
    """The one picture that says what the list is about: a list of them would be a lot to load."""
    firsts = [theme and theme.picture_id, stage and stage.picture_id]
    firsts += [topic.lead_illustration_id for topic in topics]
    return {next((pk for pk in firsts if pk), None)} - {None}
