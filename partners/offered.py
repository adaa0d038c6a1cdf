"""What a partner finds on its own page, ready to be copied: topics, lists and the map."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from pages.models import Stage, ThemePage
from pages.names import said
from pages.versions import address
from partners.addresses import list_path, map_path
from partners.lines import Lines, lines_of, offered_topics
from partners.titles import title_of_list, title_of_map
from professionals.departements import departements


@dataclass(frozen=True)
class Offer:
    """*value*: in an address; *label*: what it is called; *make*: function() → its Lines."""

    value: str
    label: str
    make: Callable

    @property
    def lines(self):
        return self.make()


def offers(partner):
    """{heading: Offers} for a Partner; {} as long as no topic is online. At most four
    queries."""
    topics = offered_topics(partner)
    if not topics:
        return {}
    code = topics[0].locale.language_code
    themes = ThemePage.objects.readable().filter(locale__language_code=code)
    places = departements()
    codes = [partner.departement] if partner.departement in places else list(places)
    return {
        _("Topics"): [
            Offer(f"sujet-{topic.translation_key}", topic.title, lambda topic=topic:
                  lines_of(topic, partner))
            for topic in topics
        ],
        _("All topics of a theme"): [
            Offer(f"theme-{theme.slug}", theme.title, lambda theme=theme:
                  _of_theme(theme, code, partner))
            for theme in themes.order_by("path")
        ],
        _("All topics of an age"): [
            Offer(f"etape-{stage.slug}", said(stage, "name")[0], lambda stage=stage:
                  _of_stage(stage, partner))
            for stage in Stage.objects.all()
        ],
        _("The professionals and their map"): [
            Offer(f"carte-{code}", f"{code} · {places[code].name}", lambda code=code:
                  _of_map(places[code], partner))
            for code in codes
        ],
    }  # fmt: skip


def _of_theme(theme, code, partner):
    page_url = _site() + address(code, theme.url_path)
    path = list_path(partner, theme=theme.slug)
    return Lines(_site(), path, title_of_list(theme), page_url)


def _of_stage(stage, partner):
    path = list_path(partner, stage=stage.slug)
    return Lines(_site(), path, title_of_list(stage=stage))


def _of_map(place, partner):
    return Lines(_site(), map_path(partner, departement=place.code), title_of_map(place))


def _site():
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")
