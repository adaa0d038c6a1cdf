"""What the map asks for: how many entries are where, as GeoJSON."""

import math
import zlib

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from professionals.clusters import MapQueryError, clusters_at_most, parse_box, parse_zoom
from professionals.finding import LISTS, filters_of
from professionals.models import Professional

MOST_BYTES = 3900  # compressed: 4 KB with what the server adds
# More marks than one can look at, and than would fit.
MOST_MARKS = 160
MOST_NAMES = 40
LONGEST_NAME = 60  # characters


@require_safe
def map_data(request):
    """The clusters and entries in a box (`bbox=west,south,east,north`, degrees) at a `zoom`,
    with the directory's filters: a FeatureCollection (RFC 7946) with their `total`. A feature
    is a cluster with its `point_count`, or an entry with its number as `id`, its `slug` and
    `name` (both left out where there are very many). Bad parameters: 400 and the `error`."""
    try:
        box, zoom = parse_box(request.GET.get("bbox", "")), parse_zoom(request.GET.get("zoom", ""))
        marks, zoom = clusters_at_most(MOST_MARKS, box, zoom, _filters(request.GET))
    except MapQueryError as error:
        return JsonResponse({"error": str(error)}, status=400)
    names = _names([mark.pk for mark in marks if mark.pk])
    answer = _answer(marks, zoom, names)
    if names and len(zlib.compress(answer.content)) > MOST_BYTES:
        answer = _answer(marks, zoom, {})
    # The map in a partner's page may come from a sandbox, which has no origin.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _answer(marks, zoom, names):
    digits = _digits(zoom)
    return JsonResponse(
        {
            "type": "FeatureCollection",
            "total": sum(mark.count for mark in marks),
            "features": [_feature(mark, digits, names) for mark in marks],
        },
        json_dumps_params={"separators": (",", ":"), "ensure_ascii": False},
    )


def _filters(parameters):
    """The Filters of an address; MapQueryError for a value that there is not."""
    filters = filters_of(parameters)
    for name, parameter in LISTS.items():
        for value in parameters.getlist(parameter):
            if value not in getattr(filters, name):
                text = _("%(parameter)s: “%(value)s” is not known.")
                raise MapQueryError(text % {"parameter": parameter, "value": value[:40]})
    code = parameters.get("departement", "")
    if code != filters.departement:
        raise MapQueryError(_("departement: a code, like 69 or 2A."))
    if parameters.get("ouvert", "1") not in ("1", ""):
        raise MapQueryError(_("ouvert: 1, or nothing."))
    return filters


def _names(pks):
    """{pk: (slug, name)} of entries, unless they are very many."""
    if not pks or len(pks) > MOST_NAMES:
        return {}
    rows = Professional.objects.public().filter(pk__in=pks).values_list("pk", "slug", "name")
    return {pk: (slug, name) for pk, slug, name in rows}


def _digits(zoom):
    """Decimals of degrees that a pixel is worth at that zoom."""
    return min(5, max(1, math.ceil(math.log10(256 * 2**zoom / 360))))


def _feature(mark, digits, names):
    place = [round(mark.longitude, digits), round(mark.latitude, digits)]
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}}
    if mark.pk is None:
        return {**feature, "properties": {"cluster": True, "point_count": mark.count}}
    properties = {"cluster": False}
    if mark.pk in names:
        slug, name = names[mark.pk]
        properties |= {"slug": slug, "name": name[:LONGEST_NAME]}
    return {**feature, "id": mark.pk, "properties": properties}
