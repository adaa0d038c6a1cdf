"""The directory: the list first, sorted by distance, everything in the address."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.limits import MINUTE, has_room, visitors_address
from professionals.departements import OVERSEAS, departement_of, departements
from professionals.finding import RADII, Asked, find, written
from professionals.models import Commune, Kind, Priority, PublicPoint
from professionals.models.choices import Cost, language_choices
from professionals.models.lists import Sector
from professionals.outlines import box_of
from professionals.places import FRANCE, boxes_around
from professionals.reference_directories import public_directories

# Suggestions of one visitor, or of a waiting room behind one address.
SUGGESTIONS_A_MINUTE = 120
INDENTATION = re.compile(rb"\n\s+")


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    is_chosen: bool


@require_safe
def directory(request):
    """The page: a form and, unless all there is to choose is asked for, what it finds. With
    `liste`, the entries alone, for the map beside them; with `carte`, what the map's button opens;
    with `choix=seuls`, what there is to choose, for the form."""
    asked = Asked(request.GET)
    if "carte" in request.GET:
        shown = [f"{entry.pk}/{entry.slug}" for entry in find(asked).entries]
        context = {"map": _map(asked) | {"shown": " ".join(shown)}}
        return render(request, "components/directory_map_opened.html", context)
    if request.GET.get("choix") == "seuls":
        return render(request, "components/directory_choices.html", _choices(asked))
    if "liste" in request.GET:
        if asked.is_too_wide:
            return render(request, "components/directory_too_wide.html")
        context = _found(asked) | {"is_part": True}
        return render(request, "components/directory_results.html", context)
    # For search engines: a page of what somebody asked for is none to keep.
    is_for_engines = not (asked.text or asked.is_narrowed or asked.zone or asked.all_choices)
    context = {
        "is_for_engines": is_for_engines,
        "url": request.build_absolute_uri(request.path) if is_for_engines else "",
        "radii": [(radius, radius == asked.radius) for radius in sorted({*RADII, asked.radius})],
        "map_url": asked.url(page=asked.page if asked.page > 1 else None, carte=1),
        "is_part": False,
    }
    context |= _choices(asked) if asked.all_choices else _found(asked)
    if query := asked.query(choix="tous" if asked.all_choices else None):
        context["language_choice"] = f"?{query}"
    response = render(request, "professionals/directory.html", context)
    # Twenty entries are to fit in 4 KB: templates are indented for people alone.
    response.content = INDENTATION.sub(b"\n", response.content)
    return response


def _found(asked):
    """What the list needs, and of the form's choices those that are made."""
    found = find(asked)
    return {
        "asked": asked,
        "chosen": asked.chosen,
        "found": found,
        "others": _others(asked),
        "previous_url": asked.with_page(found.page - 1) if found.page > 1 else "",
        "next_url": asked.with_page(found.page + 1) if found.page < found.pages else "",
        "ways_on": _ways_on(asked) if not found.total else [],
        "public_directories": public_directories(asked.filters.kinds),
    }


@require_safe
def suggestions(request):
    """What may be meant by `lieu` while it is being typed: the short list under the field."""
    if not has_room("suggestions", visitors_address(request), SUGGESTIONS_A_MINUTE, MINUTE):
        return HttpResponse(status=429)
    text = request.GET.get("lieu", "").replace("\0", " ")
    places = _places(Commune.objects.suggestions(text))
    if there := departement_of(text):
        places.insert(0, (there.label, _("département")))
    return render(request, "components/place_suggestions.html", {"places": places})


def _others(asked):
    """[(place, where it is, address)] of other places that may be meant."""
    places = _places(asked.others)
    there = departement_of(asked.text)
    if there:  # a town of the same name was taken
        places.insert(0, (there.label, _("département")))
    return [(place, where, asked.url(lieu=place, zone=None)) for place, where in places]


def _places(communes):
    """[(what the field for places takes and means no other, département)] of communes."""
    prefetch_related_objects(communes, "postal_codes")
    places = []
    for commune in communes:
        # With a code of theirs they would be an arrondissement.
        codes = [] if commune.is_divided else commune.known_codes
        places.append((" ".join([*codes[:1], commune.label]), commune.departement_name))
    return places


def _choices(asked):
    """What there is to choose in the form needs."""
    # Not the moment, nor the words, of which there are as many as there are questions.
    filters = replace(asked.filters, words="", open_at=None)
    return {
        "asked": asked,
        "chosen": asked.chosen,
        "choices": _lists(get_language(), filters),
    }


@lru_cache(maxsize=500)
def _lists(language, filters):
    """The official lists as HTML in a *language*, with those of the Filters ticked. Made once:
    there is much of them to print."""

    def choices(chosen, pairs):
        return [Choice(value, label, value in chosen) for value, label in pairs]

    context = {
        "kinds": choices(filters.kinds, [(kind.slug, kind.label) for kind in Kind.objects.all()]),
        "priorities": choices(
            filters.priorities, [(one.slug, one.label) for one in Priority.objects.all()]
        ),
        "sectors": choices(filters.sectors, Sector.choices),
        "costs": choices(filters.costs, Cost.choices),
        "languages": choices(filters.languages, language_choices()),
    }
    return render_to_string("components/directory_lists.html", context)


def _ways_on(asked):
    """Where something is found instead: (number, radius or None without filters, address)."""
    ways = []
    if asked.commune and not asked.zone:
        for radius in (one for one in RADII if one > asked.radius):
            points = PublicPoint.objects.near(asked.commune.point, radius)
            if number := points.matching(asked.filters).order_by().count():
                ways.append((number, radius, asked.url(rayon=radius)))
                break
    if asked.is_narrowed and (number := find(asked.without_filters()).total):
        ways.append((number, None, asked.without_filters().url()))
    return ways


def _map(asked):
    """What the map is to know: where it begins, and the boxes to go to in one press."""
    mainland, *others = [(west, south, east, north) for south, west, north, east in FRANCE]
    begin = mainland
    if asked.zone:
        begin = asked.zone.corners
    elif asked.commune:
        # Where a circle goes over the antimeridian, its first half is enough to begin with.
        begin = boxes_around(asked.commune.point, asked.radius)[0]
    elif asked.filters.departement:
        begin = box_of(asked.filters.departement) or begin
    names = [departements()[code].name for code in OVERSEAS]
    return {
        "begin": written(begin),
        "mainland": written(mainland),
        "overseas": list(zip(names, map(written, others), strict=True)),
        "query": asked.query(zone=None),
        "tiles": settings.MAP_TILES_URL,
        "tiles_credit": settings.MAP_TILES_CREDIT,
    }
