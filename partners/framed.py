"""What a frame of ours shows, for whoever asks by the frame's own address: WordPress does so for
everybody who pastes the whole line, and not a topic's address, into its editor."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import override

from pages.models import ThemePage, TopicPage
from partners.addresses import KEY_PARAMETER, embed_path, list_path, map_path
from partners.found import is_here
from partners.lists import asks_for_list
from partners.lists import topic_list as list_of
from partners.models import Partner
from partners.options import asked_for, options_of
from partners.titles import title_of_list, title_of_map
from partners.topics import language_of_message, topic_for, topic_key, wanted_languages
from professionals.departements import departement


@dataclass(frozen=True)
class Framed:
    """*path*: the frame's, with what its address asks for; *title*: what it shows; *page*: the
    page of the site that shows the same, or None."""

    path: str
    title: str
    page: TopicPage | ThemePage | None = None


def framed_at(address, request):
    """The Framed at the whole address of one of our frames, None where it is no frame's or
    shows nothing; at most eight queries."""
    try:
        parts = urlsplit(address)
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    make = MAKERS.get(match.url_name)
    if make is None or not is_here(parts, request):
        return None
    parameters = QueryDict(parts.query)
    key = parameters.get(KEY_PARAMETER, "").strip()
    partner = Partner.objects.of_key(key)
    if key and partner is None:
        return None
    asked = asked_for(parameters, partner)
    return make(request, options_of(parameters, partner), partner, asked, **match.kwargs)


def _topic(request, options, partner, asked, key):
    known = topic_key(key)
    page = known and topic_for(known, wanted_languages(request, options))
    return page and Framed(embed_path(known, partner, **asked), page.title, page)


def _list(request, options, partner, asked):
    found = asks_for_list(options) and list_of(options, wanted_languages(request, options))
    if not found:
        return None
    with override(found.language):
        title = title_of_list(found.theme, found.stage)
    return Framed(list_path(partner, **asked), title, found.theme)


def _map(request, options, partner, asked):
    if not options.departement:
        return None
    with override(language_of_message(request, options)):
        title = title_of_map(departement(options.departement))
    return Framed(map_path(partner, **asked), title)


MAKERS = {"embed": _topic, "embed_list": _list, "embed_map": _map}
