"""A département drawn with a place in it: the small map of an entry, without a script."""

import json
from dataclasses import dataclass
from functools import cache
from math import cos, radians

from django.contrib.staticfiles.finders import find

FILE = "map/departements.geojson"  # of our own static files; its source: site/static/map
WIDTH, EDGE = 200, 12  # units of the drawing


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
