"""What somebody asks the directory for, from an address, and the entries that answer."""

from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, Sum, Window
from django.urls import reverse
from django.utils import timezone

from .clusters import MapQueryError, clusters, parse_box
from .departements import departement_of, departements
from .filters import Filters
from .models import Commune, MapCell, Professional, PublicPoint
from .models.map import BY_NAME, FIRST_ZOOM, by_index
from .public import PublicEntry, brief_entries

RADII = (2, 5, 10, 20, 50, 100)  # km that are offered
RADIUS, LARGEST_RADIUS = 10, 100  # km
PER_PAGE = 20
LONGEST_PLACE = 80  # characters
# Degrees: of a larger part of the map a list is made only where it has few.
WIDEST_ZONE = 2.5
MOST_IN_WIDE_ZONE = 200
# The parameters of an address, by the names of Filters.
LISTS = {
    "kinds": "type",
    "priorities": "priorite",
    "sectors": "secteur",
    "costs": "cout",
    "languages": "langue",
}


def filters_of(parameters):
    """The Filters that the parameters of an address (a QueryDict) ask for."""
    return Filters.known(
        **{name: parameters.getlist(parameter) for name, parameter in LISTS.items()},
        departement=parameters.get("departement", ""),
        words=parameters.get("q", ""),
        open_at=timezone.now() if parameters.get("ouvert") == "1" else None,
    )


def departement_meant(text):
    """The code of the département that a place means; "" where it means none, or a town that is
    as well known by that name."""
    there = departement_of(text)
    if there is None or Commune.objects.towns_called(text).exists():
        return ""
    return there.code


class Asked:
    """A search, from the parameters of an address (a QueryDict); what they cannot mean is left
    out. *text*: the place as it was typed; *zone*: a Box of the map, in place of it."""

    def __init__(self, parameters):
        self.filters = filters_of(parameters)
        typed = parameters.get("lieu", "").replace("\0", " ")[:LONGEST_PLACE]
        self.text = " ".join(typed.split())
        if there := departement_meant(self.text):
            self.text, self.filters = "", replace(self.filters, departement=there)
        self.radius = _whole(parameters.get("rayon", ""), LARGEST_RADIUS) or RADIUS
        self.page = _whole(parameters.get("page", ""), 99_999) or 1
        box = _box(parameters.get("zone", ""))
        # Of a wide part of the map with very many no list is made.
        self.is_too_wide = bool(box) and not _is_readable(box, self.filters)
        self.zone = None if self.is_too_wide else box
        # What there is to choose, in place of a list.
        self.all_choices = parameters.get("choix") == "tous"

    @cached_property
    def _meant(self):
        return Commune.objects.meant(self.text) if self.text else (None, [])

    @property
    def commune(self):
        """The Commune that is meant, or None."""
        return self._meant[0]

    @property
    def others(self):
        """The Communes that may be meant instead."""
        return self._meant[1]

    @property
    def departement_name(self):
        """Of the département to which it is limited; "" without one."""
        code = self.filters.departement
        return departements()[code].name if code else ""

    @property
    def where(self):
        """What the field for places says."""
        code = self.filters.departement
        return self.text or (departements()[code].label if code else "")

    @property
    def is_nowhere(self):
        """Whether a place was typed that there is not."""
        return bool(self.text) and self.commune is None and not self.zone

    @property
    def is_narrowed(self):
        return self.filters != self._place_alone

    @property
    def _place_alone(self):
        """The Filters without all but a département that stands for the place."""
        return Filters(departement="" if self.text else self.filters.departement)

    @property
    def _values(self):
        """{parameter: value, or values} of the filters."""
        return {
            **{parameter: getattr(self.filters, name) for name, parameter in LISTS.items()},
            "departement": self.filters.departement,
            "ouvert": "1" if self.filters.open_at else None,
            "q": self.filters.words,
        }

    @property
    def chosen(self):
        """[(parameter, value)] of each filter, without a département that stands for the place."""
        pairs = []
        for name, value in self._values.items():
            if value and (name != "departement" or self.text):
                pairs += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        return pairs

    def query(self, **changes):
        """The parameters of this search, encoded, with other values; None leaves one out."""
        values = {
            "lieu": self.text,
            "rayon": self.radius if self.radius != RADIUS else None,
            **self._values,
            "zone": self.zone and written(self.zone.corners),
            **changes,
        }
        return urlencode({name: value for name, value in values.items() if value}, doseq=True)

    def url(self, **changes):
        """The address of this search, likewise."""
        query = self.query(**changes)
        return reverse("directory") + (f"?{query}" if query else "")

    def without_filters(self):
        """The same search of everything."""
        other = copy(self)
        other.filters, other.page = self._place_alone, 1
        return other

    def with_page(self, page):
        return self.url(page=page if page > 1 else None)


def _whole(text, largest):
    """The whole number from 1 to *largest* that *text* is, or None."""
    good = text.isascii() and text.isdecimal() and len(text) <= 5
    return int(text) if good and 1 <= int(text) <= largest else None


def _box(text):
    try:
        return parse_box(text) if text else None
    except MapQueryError:
        return None


def _is_readable(box, filters):
    """Whether a list of a Box is made: it is small, or has few, counted roughly."""
    if box.north - box.south <= WIDEST_ZONE and (box.east - box.west) % 360 <= 2 * WIDEST_ZONE:
        return True
    return sum(cell.count for cell in clusters(box, FIRST_ZOOM, filters)) <= MOST_IN_WIDE_ZONE


def written(corners):
    """ "west,south,east,north" of four numbers, as addresses have it."""
    return ",".join(f"{number:.4f}" for number in corners)


@dataclass(frozen=True)
class Found:
    """*total*: how many there are; *entries*: the PublicEntries of this *page* of *pages*."""

    total: int
    entries: list[PublicEntry] = field(default_factory=list)
    page: int = 1
    pages: int = 1


def find(asked):
    """The Found that answers an Asked: the nearest first, by name where no place was asked
    for; the last page for one that there is not."""
    if asked.is_nowhere:
        return Found(0)
    if asked.zone or asked.commune:
        points = _near(asked)
        counted = points.annotate(total=Window(Count("*")))
        # The database goes once through those around, and not once more to count them.
        if rows := _page(counted, asked.page):
            total = rows[0].total
            return Found(total, _entries(rows), asked.page, _pages(total))
        total = points.order_by().count()
    else:
        by_words = asked.filters.words_have_an_index
        points = PublicPoint.objects.matching(asked.filters, words_by_index=by_words)
        points = points.order_by(BY_NAME, "pk")
        total = _number_of(asked.filters)
    page = min(asked.page, _pages(total))
    return Found(total, _entries(_page(points, page)) if total else [], page, _pages(total))


def _pages(total):
    return max(1, -(-total // PER_PAGE))


def _page(points, page):
    return list(points.only("pk")[(page - 1) * PER_PAGE : page * PER_PAGE])


def _near(asked):
    if not asked.zone:
        points = PublicPoint.objects.near(asked.commune.point, asked.radius)
    else:
        points = PublicPoint.objects.in_box(asked.zone)
    return points.matching(asked.filters)


def _number_of(filters):
    """How many public entries fit."""
    if filters.words_have_an_index:
        with by_index():
            return PublicPoint.objects.matching(filters, words_by_index=True).count()
    if not filters.is_counted_beforehand:
        return PublicPoint.objects.matching(filters).count()
    cells = MapCell.objects.filter(zoom=FIRST_ZOOM).matching(filters)
    return cells.aggregate(total=Sum("count"))["total"] or 0


def _entries(points):
    """The PublicEntry of each row of PublicPoint, in their order."""
    chords = {point.pk: point.__dict__.get("chord") for point in points}
    entries = brief_entries(Professional.objects.filter(pk__in=chords), chords)
    return [entries[pk] for pk in chords if pk in entries]
