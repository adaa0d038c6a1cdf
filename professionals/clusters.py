"""What the map shows in a box: one mark for each cell, with how many entries it stands for."""

import math
from contextlib import nullcontext
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from .models import MapCell, PublicPoint
from .models.map import FIRST_ZOOM, LAST_ZOOM, LEVEL, by_index, cell_shift
from .places import HIGHEST_LATITUDE, Point, corner_of_square, map_square

CLOSEST_ZOOM = 19
# More cells than a large screen has: whoever asks for more is no map.
MOST_CELLS = 4000
WIDE = 3  # degrees of latitude, from which on the index of places helps no more


class MapQueryError(ValueError):
    """A box or zoom that no map asks for; str() says what is wrong with it."""


@dataclass(frozen=True)
class Box:
    """Degrees, WGS 84. *west* is greater than *east* over the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def parts(self):
        """The boxes (west, south, east, north) that it consists of, one or two."""
        if self.west <= self.east:
            return [(self.west, self.south, self.east, self.north)]
        return [
            (self.west, self.south, 180.0, self.north),
            (-180.0, self.south, self.east, self.north),
        ]

    @property
    def corners(self):
        return self.west, self.south, self.east, self.north

    @property
    def middle(self):
        """The Point in the middle."""
        wide = (self.east - self.west) % 360
        longitude = (self.west + wide / 2 + 180) % 360 - 180
        return Point((self.south + self.north) / 2, longitude)


def parse_box(text):
    """The Box of "west,south,east,north". Raises MapQueryError."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError as error:
        raise MapQueryError(_("bbox: four numbers, west,south,east,north.")) from error
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        raise MapQueryError(_("bbox: four numbers, west,south,east,north."))
    west, south, east, north = numbers
    if not (-90 <= south <= 90 and -90 <= north <= 90):
        raise MapQueryError(_("bbox: latitudes go from -90 to 90."))
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise MapQueryError(_("bbox: longitudes go from -180 to 180."))
    if south >= north:
        raise MapQueryError(_("bbox: south has to be below north."))
    return Box(west, south, east, north)


def parse_zoom(text):
    """A whole zoom from 0 to 19. Raises MapQueryError."""
    if text.isascii() and text.isdecimal() and len(text) <= 2 and int(text) <= CLOSEST_ZOOM:
        return int(text)
    raise MapQueryError(
        _("zoom: a whole number from 0 to %(closest)d.") % {"closest": CLOSEST_ZOOM}
    )


@dataclass(frozen=True)
class Cluster:
    """*count* entries around a place (WGS 84); *pk*: of the entry where there is one."""

    latitude: float
    longitude: float
    count: int
    pk: int | None


def clusters(box, zoom, filters):
    """The Clusters of the public entries in a Box that fit the Filters, the largest first. A
    cell on the edge counts whole. Raises MapQueryError where the box is too large for the
    zoom."""
    return clusters_at_most(math.inf, box, zoom, filters)[0]


def clusters_at_most(most, box, zoom, filters):
    """(the Clusters of clusters(), the zoom): where they are more than *most*, the same entries
    in the larger cells of a farther zoom."""
    zoom = max(zoom, FIRST_ZOOM)
    shift = cell_shift(zoom)
    ranges = _cell_ranges(box, shift)
    cells = sum((x2 - x1 + 1) * (y2 - y1 + 1) for x1, y1, x2, y2 in ranges)
    if zoom > FIRST_ZOOM + 1 and cells > MOST_CELLS:
        raise MapQueryError(_("bbox: too large for this zoom."))
    if filters.is_counted_beforehand and zoom <= LAST_ZOOM:
        rows = _counted(zoom, ranges, filters)
    else:
        rows = _count(shift, ranges, filters)
    sums = [((x, y), numbers) for x, y, *numbers in rows]
    while len(sums) > most and zoom:
        sums, zoom = _farther(sums), zoom - 1
    found = [
        Cluster(*_middle(x_sum / count, y_sum / count), count, id_sum if count == 1 else None)
        for _cell, (count, x_sum, y_sum, id_sum) in sums
    ]
    return sorted(found, key=lambda one: -one.count), zoom


def _farther(sums):
    """[((x, y) of a cell, its sums)] of cells that are twice as wide and high."""
    added = {}
    for (x, y), numbers in sums:
        cell = (x >> 1, y >> 1)
        known = added.get(cell)
        added[cell] = (
            numbers if known is None else [a + b for a, b in zip(known, numbers, strict=True)]
        )
    return list(added.items())


def _cell_ranges(box, shift):
    """The cells of each part of a box: (first x, first y, last x, last y)."""
    found = []
    for west, south, east, north in box.parts:
        left, top = map_square(min(north, HIGHEST_LATITUDE), west, LEVEL)
        right, bottom = map_square(max(south, -HIGHEST_LATITUDE), east, LEVEL)
        found.append((left >> shift, top >> shift, right >> shift, bottom >> shift))
    return found


def _counted(zoom, ranges, filters):
    place = Q()
    for x1, y1, x2, y2 in ranges:
        place |= Q(x__range=(x1, x2), y__range=(y1, y2))
    return (
        MapCell.objects.filter(place, zoom=zoom)
        .matching(filters)
        .values("x", "y")
        .annotate(n=Sum("count"), xs=Sum("x_sum"), ys=Sum("y_sum"), ids=Sum("id_sum"))
        .order_by()
        .values_list("x", "y", "n", "xs", "ys", "ids")
    )


def _count(shift, ranges, filters):
    place, is_wide = Q(), False
    for x1, y1, x2, y2 in ranges:
        # By cells, so that those on the edge count whole.
        part = Q(
            x__range=(x1 << shift, ((x2 + 1) << shift) - 1),
            y__range=(y1 << shift, ((y2 + 1) << shift) - 1),
        )
        first = corner_of_square(x1 << shift, y1 << shift, LEVEL)
        last = corner_of_square((x2 + 1) << shift, (y2 + 1) << shift, LEVEL)
        if first.latitude - last.latitude >= WIDE:
            is_wide = True
        else:
            # By degrees too, for the index; of a wide box nearly all rows are read anyway.
            part &= Q(
                latitude__range=(last.latitude - 1e-6, first.latitude + 1e-6),
                longitude__range=(first.longitude - 1e-6, last.longitude + 1e-6),
            )
        place |= part
    by_words = is_wide and filters.words_have_an_index
    rows = (
        PublicPoint.objects.filter(place)
        .matching(filters, words_by_index=by_words)
        .order_by()
        .values(cx=F("x").bitrightshift(shift), cy=F("y").bitrightshift(shift))
        .annotate(n=Count("*"), xs=Sum("x"), ys=Sum("y"), ids=Sum("professional_id"))
        .values_list("cx", "cy", "n", "xs", "ys", "ids")
    )
    with by_index() if by_words else nullcontext():
        return list(rows)


def _middle(x, y):
    point = corner_of_square(x + 0.5, y + 0.5, LEVEL)
    return round(point.latitude, 5), round(point.longitude, 5)
