"""The outlines of the départements: the small map of an entry, drawn without a script, and
whether a place lies in one."""

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, hypot, inf, radians

from django.contrib.staticfiles.finders import find

FILE = "map/departements.geojson"  # of our own static files; its source: site/static/map
WIDTH, EDGE = 200, 12  # units of the drawing
KM_A_DEGREE = 111.2  # of latitude


@dataclass(frozen=True)
class SmallMap:
    """*path*: the outline, as SVG has it; *x*, *y*: the place; *height*: of the drawing, which
    is WIDTH wide."""

    path: str
    x: float
    y: float
    height: int
    width: int = WIDTH


@cache
def _outlines():
    """{code: rings of (longitude, latitude)}, read once."""
    with open(find(FILE), encoding="utf-8") as file:
        features = json.load(file)["features"]
    found = {}
    for feature in features:
        shape = feature["geometry"]
        areas = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        found[feature["id"]] = [ring for area in areas for ring in area]
    return found


def box_of(departement):
    """(west, south, east, north) of a *département*'s code, degrees; None without an outline."""
    places = [place for ring in _outlines().get(departement, ()) for place in ring]
    if not places:
        return None
    longitudes, latitudes = zip(*places, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def distance_outside(departement, point):
    """How many kilometres a Point lies outside the outline of a *département*'s code; 0 inside
    it, and where there is no outline."""
    rings = _outlines().get(departement, ())
    nearest, is_inside = inf if rings else 0.0, False
    north, east = point.latitude, point.longitude
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > north) != (y2 > north) and east < x1 + (x2 - x1) * (north - y1) / (y2 - y1):
                is_inside = not is_inside
    if is_inside:
        return 0.0
    # Flat as the Earth is here.
    tall, wide = KM_A_DEGREE, KM_A_DEGREE * cos(radians(north))
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            x, y = (x1 - east) * wide, (y1 - north) * tall
            along, up = (x2 - x1) * wide, (y2 - y1) * tall
            length = along * along + up * up
            share = min(1.0, max(0.0, -(x * along + y * up) / length)) if length else 0.0
            nearest = min(nearest, hypot(x + share * along, y + share * up))
    return nearest


def small_map(departement, point):
    """The SmallMap of a *département*'s code with a Point; None where there is no outline."""
    rings = _outlines().get(departement)
    if not rings or point is None:
        return None
    everything = [place for ring in rings for place in ring]
    everything.append((point.longitude, point.latitude))
    west, east = min(p[0] for p in everything), max(p[0] for p in everything)
    south, north = min(p[1] for p in everything), max(p[1] for p in everything)
    narrow = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * EDGE) / max((east - west) * narrow, 0.01)

    def drawn(longitude, latitude):
        x = EDGE + (longitude - west) * narrow * scale
        return round(x, 1), round(EDGE + (north - latitude) * scale, 1)

    path = "".join(
        "M" + "L".join("{:g} {:g}".format(*drawn(*place)) for place in ring) + "Z" for ring in rings
    )
    x, y = drawn(point.longitude, point.latitude)
    return SmallMap(path, x, y, round(2 * EDGE + (north - south) * scale))
