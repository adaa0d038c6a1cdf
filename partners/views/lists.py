"""Lists of topics, and a département's professionals, in a frame of a partner's page."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override

from partners import scripts
from partners.addresses import embed_path, map_path
from partners.counting import count
from partners.frames import for_frames
from partners.lists import asks_for_list
from partners.lists import topic_list as list_of
from partners.models import EmbedCount
from partners.options import asked_beyond, of_list
from partners.topics import language_of_message, wanted_languages
from partners.views.embed import (
    UNKNOWN_KEY,
    UNKNOWN_PAGE,
    answer,
    framed_context,
    message,
)
from professionals.departements import departement
from professionals.finding import Asked, find, written
from professionals.outlines import box_of

# Why there is no list; the template says it.
NO_LIST, NO_TOPICS, NO_DEPARTEMENT, NO_KEY = "no_list", "no_topics", "no_departement", "no_key"
MOST_ENTRIES = 10  # of the directory; the site has the others


@for_frames
def topic_list(request, asking):
    """Topics of a theme, of a stage, or chosen ones, each to be opened in the same frame."""
    if asking.has_unknown_key:
        return message(request, asking, UNKNOWN_KEY)
    options = asking.options
    if not asks_for_list(options):
        return nothing(request, asking, _why_not(request, asking, NO_LIST, "etape", "sujets"))
    found = list_of(options, wanted_languages(request, options))
    if found is None:
        return nothing(request, asking, NO_TOPICS)
    with override(found.language):
        if asking.needs_page:
            return message(request, asking, UNKNOWN_PAGE, _on_the_site(found))
        count(request, asking, found.language, EmbedCount.Kind.LIST)
        look = asked_beyond(options, asking.partner) | of_list(options)
        context = framed_context(asking) | {
            "found": found,
            "cards": [
                (topic, embed_path(topic.translation_key, asking.partner, asking.around, **look))
                for topic in found.topics
            ],
            "home_url": request.build_absolute_uri(_on_the_site(found)),
        }
        return answer(request, "partners/embed/list.html", context, found.language)


def _on_the_site(found):
    """The path of the page on which the site has that list, and more."""
    if found.theme:
        return reverse("wagtail_serve", args=[f"{found.theme.slug}/"])
    home = reverse("wagtail_serve", args=[""])
    return f"{home}?{urlencode({'etape': found.stage.slug})}" if found.stage else home


@for_frames
def professionals(request, asking):
    """The professionals of a département: a button for the map, and below it the list. With
    `liste`, the list alone, for what the map shows in its `zone`."""
    if asking.has_unknown_key:
        return message(request, asking, UNKNOWN_KEY)
    code = asking.options.departement
    if not code:
        why = _why_not(request, asking, NO_DEPARTEMENT, "departement")
        return nothing(request, asking, why)
    # What an embed's address calls a language is another thing in the directory's.
    asked = {"departement": code, "zone": request.GET.get("zone", "")}
    asked = Asked(QueryDict(urlencode(asked)))
    language = language_of_message(request, asking.options)
    is_part = "liste" in request.GET
    if asking.needs_page:
        return message(request, asking, UNKNOWN_PAGE, reverse("directory"))
    if not is_part:
        count(request, asking, language, EmbedCount.Kind.MAP)
    with override(language):
        found = find(asked)
        own = map_path(asking.partner, asking.around, departement=code, language=language)
        context = framed_context(asking) | {
            "style_url": scripts.style_path(scripts.MAP),
            "asked": asked,
            "found": found,
            "entries": found.entries[:MOST_ENTRIES],
            "place": departement(code).name,
            "home_url": request.build_absolute_uri(asked.url()),
            "map": {
                "begin": written(box_of(code)),
                "mainland": "",
                "overseas": [],
                "in_frame": True,
                "query": urlencode({"departement": code}),
                "list": own.partition("?")[0],
                "list_query": own.partition("?")[2],
                "tiles": settings.MAP_TILES_URL,
                "tiles_credit": settings.MAP_TILES_CREDIT,
            },
        }
        part = "map_list" if is_part else "map"
        response = answer(request, f"partners/embed/{part}.html", context, language)
    if is_part:
        # Asked for by the frame's own script, which may stand in a sandbox without an origin.
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _why_not(request, asking, otherwise, *parameters):
    """NO_KEY where the address asks for something that counts with a partner's key alone."""
    asks = any(request.GET.get(name) for name in parameters)
    return NO_KEY if asks and asking.partner is None else otherwise


def nothing(request, asking, about):
    """A page that says why there is nothing, and leads to the site."""
    code = language_of_message(request, asking.options)
    with override(code):
        place = (
            reverse("directory") if about == NO_DEPARTEMENT else reverse("wagtail_serve", args=[""])
        )
        context = framed_context(asking) | {
            "about": about,
            "home_url": request.build_absolute_uri(place),
        }
        return answer(request, "partners/embed/nothing.html", context, code, 404)
