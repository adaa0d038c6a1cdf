"""Points on the Earth: WGS 84 in degrees, distances in kilometres, cells of a map."""

from dataclasses import dataclass
from math import asin, atan, cos, degrees, floor, isfinite, log, pi, radians, sin, sinh, sqrt, tan

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from professionals.borders import is_french
from professionals.outlines import distance_outside

EARTH_RADIUS = 6371.0088  # km, the mean radius (IUGG)
# The Mercator square that web maps show ends here.
HIGHEST_LATITUDE = 85.051128
# The boxes in which France lies: (south, west, north, east).
FRANCE = (
    (41.2, -5.3, 51.2, 9.7),  # mainland and Corsica
    (15.7, -61.95, 18.2, -60.9),  # Guadeloupe
    (14.3, -61.3, 14.95, -60.75),  # Martinique
    (2.0, -54.7, 5.9, -51.5),  # Guyane
    (-21.5, 55.1, -20.8, 55.95),  # La Réunion
    (-13.1, 44.95, -12.55, 45.4),  # Mayotte
)
# How far from its town hall a place of a commune may be; Maripasoula's is the widest.
FARTHEST_FROM_TOWN_HALL = 40  # km
FARTHEST_IN_GUYANE = 200  # km
# The outlines are drawn so coarsely, and leave small islands out: those are near their town hall.
FARTHEST_OUTSIDE = 4  # km
ISLAND = 5  # km
# By the commune's code, inhabited ones far from their town hall: the middle and how far they go.
ISLANDS = {
    "29058": (47.72, -4.0, 4),  # the Glénan, of Fouesnant
    "50218": (48.875, -1.82, 6),  # Chausey, of Granville
    "83069": (43.007, 6.39, 4),  # Port-Cros, of Hyères
    "97302": (5.287, -52.588, 3),  # the Salut islands, of Cayenne
}


@dataclass(frozen=True)
class Point:
    """WGS 84, degrees."""

    latitude: float
    longitude: float

    def distance_to(self, other):
        """Kilometres along the great circle (haversine)."""
        north, south = radians(self.latitude), radians(other.latitude)
        half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * (
            sin(radians(other.longitude - self.longitude) / 2) ** 2
        )
        return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(half)))


def is_in_france(point):
    """Whether it lies in the mainland or an overseas département, or in the waters along them."""
    return any(
        south <= point.latitude <= north and west <= point.longitude <= east
        for south, west, north, east in FRANCE
    ) and is_french(point.latitude, point.longitude)


def check_point(latitude, longitude, commune=None):
    """Raise ValidationError, with a sentence, for what is no place in France or is too far from
    the *commune*, if one is given. Codes: "point_half", "point_range", "point_swapped",
    "point_abroad", "point_far", "point_outside"."""
    if (latitude is None) != (longitude is None):
        raise ValidationError(_("Give both latitude and longitude."), code="point_half")
    if latitude is None:
        return
    if not (isfinite(latitude) and isfinite(longitude)) or not (
        -90 <= latitude <= 90 and -180 <= longitude <= 180
    ):
        raise ValidationError(
            _("Latitude goes from -90 to 90, longitude from -180 to 180."), code="point_range"
        )
    point = Point(latitude, longitude)
    if not is_in_france(point):
        if is_in_france(Point(longitude, latitude)) if -90 <= longitude <= 90 else False:
            raise ValidationError(
                _("Latitude and longitude seem to be swapped."), code="point_swapped"
            )
        raise ValidationError(_("This point is not in France."), code="point_abroad")
    if commune is not None:
        _check_commune(point, commune)


def _check_commune(point, commune):
    far = FARTHEST_IN_GUYANE if commune.departement == "973" else FARTHEST_FROM_TOWN_HALL
    distance = point.distance_to(commune.point)
    if distance > far:
        raise ValidationError(
            _("This point is too far from %(commune)s.") % {"commune": commune},
            code="point_far",
        )
    if distance <= ISLAND or _is_on_its_island(point, commune):
        return
    if distance_outside(commune.departement, point) > FARTHEST_OUTSIDE:
        raise ValidationError(
            _("This point is in the sea, or not in the département of %(commune)s.")
            % {"commune": commune},
            code="point_outside",
        )


def _is_on_its_island(point, commune):
    if commune.pk not in ISLANDS:
        return False
    latitude, longitude, km = ISLANDS[commune.pk]
    return point.distance_to(Point(latitude, longitude)) <= km


def boxes_around(point, km):
    """The boxes (west, south, east, north) that hold all within *km* of the point: one, or two
    on both sides of the antimeridian; the whole width near a pole."""
    up = degrees(km / EARTH_RADIUS)
    south, north = max(-90.0, point.latitude - up), min(90.0, point.latitude + up)
    if south <= -90 or north >= 90:
        return [(-180.0, south, 180.0, north)]
    aside = degrees(asin(min(1.0, sin(km / EARTH_RADIUS) / cos(radians(point.latitude)))))
    if km / EARTH_RADIUS >= pi / 2 or aside >= 180:
        return [(-180.0, south, 180.0, north)]
    west, east = point.longitude - aside, point.longitude + aside
    if west < -180:
        return [(west + 360, south, 180.0, north), (-180.0, south, east, north)]
    if east > 180:
        return [(west, south, 180.0, north), (-180.0, south, east - 360, north)]
    return [(west, south, east, north)]


def map_square(latitude, longitude, level):
    """(x, y), whole numbers, of the square in which a point lies where the Mercator map of the
    world is 2**level squares wide; y grows to the south, as on the web's maps."""
    width = 1 << level
    latitude = max(-HIGHEST_LATITUDE, min(HIGHEST_LATITUDE, latitude))
    x = (longitude + 180) / 360 * width
    y = (1 - log(tan(pi / 4 + radians(latitude) / 2)) / pi) / 2 * width
    return min(width - 1, max(0, floor(x))), min(width - 1, max(0, floor(y)))


def corner_of_square(x, y, level):
    """The Point of the north-west corner of a square of map_square()."""
    width = 1 << level
    latitude = degrees(atan(sinh(pi * (1 - 2 * y / width))))
    return Point(latitude, x / width * 360 - 180)
