"""What the map and near searches read: one narrow row for each public entry, and counts.

Only what everybody may see stands here. professionals.listing keeps these tables in the
transaction that changes an entry; nothing else writes to them.
"""

from contextlib import contextmanager
from math import asin, cos, radians, sin, sqrt

from django.core.exceptions import EmptyResultSet
from django.db import connections, models, transaction
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from professionals.places import EARTH_RADIUS, boxes_around, map_square

from .choices import Cost
from .lists import Sector

# The level at which places on the map are kept: squares of 2.4 m at the equator.
LEVEL = 24
# A cell is 64 pixels wide where a tile has 256: four to a tile.
CELLS_TO_A_TILE = 2  # as a power of two
# Zooms whose cells are counted beforehand; a closer view holds so few that they are read.
FIRST_ZOOM, LAST_ZOOM = 3, 14
ZOOMS = range(FIRST_ZOOM, LAST_ZOOM + 1)


def cell_shift(zoom):
    """By how many bits a place at LEVEL is cut to its cell at that zoom."""
    return LEVEL - (zoom + CELLS_TO_A_TILE)


def on_sphere(point):
    """(x, y, z) of a Point on a sphere of radius 1: distances need no trigonometry then."""
    latitude, longitude = radians(point.latitude), radians(point.longitude)
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def kilometres(chord_squared):
    """The great circle in km whose chord, on a sphere of radius 1, is the root of that."""
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(max(0.0, chord_squared)) / 2))


class Chord(Func):
    """The square of the chord from a row's place to a Point. One expression: Django copies each
    of a sum of products many times over."""

    output_field = models.FloatField()

    def __init__(self, point, prefix="", **extra):
        axes = (F(f"{prefix}sphere_{axis}") for axis in "xyz")
        super().__init__(*axes, place=on_sphere(point), **extra)

    def as_sql(self, compiler, connection, **extra):
        products, values = [], []
        for axis, value in zip(self.source_expressions, self.extra["place"], strict=True):
            column, _none = compiler.compile(axis)
            products.append(f"({column} - %s) * ({column} - %s)")
            values += [value, value]
        return f"({' + '.join(products)})", values


def chord_of(km):
    """The square of the chord of a great circle of *km*."""
    return (2 * sin(min(km / EARTH_RADIUS / 2, 1.5707))) ** 2


def within_boxes(boxes, prefix=""):
    """Q of the rows in one of the *boxes* (west, south, east, north)."""
    found = Q()
    for west, south, east, north in boxes:
        found |= Q(
            **{
                f"{prefix}latitude__range": (south, north),
                f"{prefix}longitude__range": (west, east),
            }
        )
    return found


@models.TextField.register_lookup
class Says(models.Lookup):
    """Whether one of the words " a b c " begins with a folded word; without the search for small
    and capital letters that SQLite's LIKE makes."""

    lookup_name = "says"

    def as_sql(self, compiler, connection):
        column, values = self.process_lhs(compiler, connection)
        function = "INSTR" if connection.vendor == "sqlite" else "STRPOS"
        return f"{function}({column}, %s) > 0", [*values, f" {self.rhs}"]


@models.TextField.register_lookup
class SaysByIndex(Says):
    """The same by PostgreSQL's index of words: only where it is sure to be taken (by_index), since
    row by row it takes ten times as long."""

    lookup_name = "says_by_index"

    def as_postgresql(self, compiler, connection):
        column, values = self.process_lhs(compiler, connection)
        words = f"array_to_tsvector(string_to_array(btrim({column}), ' '))"
        return f"{words} @@ %s::tsquery", [*values, f"'{self.rhs}':*"]


@contextmanager
def by_index(using="default"):
    """Have PostgreSQL read no table from end to end as long as an index answers: it takes
    that for as quick where a word is in nearly all rows, and then splits the words of each."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('enable_seqscan'), set_config('enable_seqscan', 'off', true)"
        )
        before, _off = cursor.fetchone()
        yield
        # Whoever is in the same transaction goes on as before; after an exception the database
        # sees to that itself, as it takes the savepoint back.
        cursor.execute("SELECT set_config('enable_seqscan', %s, true)", [before])


@models.ForeignKey.register_lookup
class OneOf(models.Lookup):
    """As in, of thousands of numbers: they are written into the statement, since Django and
    PostgreSQL take each parameter of an "in" in hand several times."""

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        if not self.rhs:
            raise EmptyResultSet
        column, values = self.process_lhs(compiler, connection)
        numbers = ",".join(str(int(number)) for number in self.rhs)
        if connection.vendor == "postgresql":
            return f"{column} = ANY('{{{numbers}}}'::bigint[])", values
        return f"{column} IN ({numbers})", values


class PublicPointQuerySet(models.QuerySet):
    def near(self, point, km):
        """Those within *km* of a Point, the nearest first; `kilometres(row.chord)` is how far."""
        return (
            self.filter(within_boxes(boxes_around(point, km)))
            .annotate(chord=Chord(point))
            .filter(chord__lte=chord_of(km))
            .order_by("chord", "pk")
        )

    def in_box(self, box):
        """Those in a professionals.clusters.Box, the nearest to its middle first; as near()."""
        return (
            self.filter(within_boxes(box.parts))
            .annotate(chord=Chord(box.middle))
            .order_by("chord", "pk")
        )

    def matching(self, filters, words_by_index=False):
        """Those that fit a professionals.filters.Filters. *words_by_index*: where no place narrows
        the search, in by_index()."""
        says = "says_by_index" if words_by_index else "says"
        found = self
        if filters.kinds:
            found = found.filter(kind_id__in=filters.kind_ids)
        if filters.priorities:
            mask = filters.priority_mask
            found = found.alias(shared=F("priorities").bitand(mask)).filter(shared__gt=0)
        if filters.sectors:
            found = found.filter(sector__in=filters.sectors)
        if filters.costs:
            found = found.filter(cost__in=filters.costs)
        if filters.departement:
            found = found.filter(professional__commune__departement=filters.departement)
        if filters.languages:
            spoken = Q()
            for code in filters.languages:
                spoken |= Q(languages__contains=f" {code} ")
            found = found.filter(spoken)
        if filters.open_at is not None:
            found = found.filter(hours__one_of=Hours.objects.open_ids(filters.open_at))
        # Last, since it costs most: PostgreSQL asks in this order.
        for word, kind_ids in filters.words_and_kinds:
            found = found.filter(Q(kind_id__in=kind_ids) | Q(**{f"words__{says}": word}))
        return found


class HoursQuerySet(models.QuerySet):
    def open_ids(self, at):
        """The ids of those that are open *at* an aware datetime: many entries share few."""
        from professionals.opening_hours import is_open_in, local_minute

        rows = list(self.values_list("pk", "text", "departement"))
        minutes = {code: local_minute(code, at) for code in {code for _pk, _text, code in rows}}
        return [pk for pk, text, code in rows if is_open_in(text, code, minutes[code])]


class Hours(models.Model):
    """Opening hours that public entries have. *departement*: code_of_hours() of theirs."""

    text = models.CharField(max_length=500)
    departement = models.CharField(max_length=3)

    objects = HoursQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "departement"], name="professionals_hours_once")
        ]

    def __str__(self):
        return self.text


# By name whatever the accents: words begin with it, folded. The figures are no parameters:
# SQLite would not know its index again.
BY_NAME = Func(F("words"), template="SUBSTR(%(expressions)s, 1, 60)")


class PublicPoint(models.Model):
    """What lists and the map look for in a public entry.

    *latitude*, *longitude* (WGS 84): the commune's without consent to more. *x*, *y*: its
    place on the map at LEVEL. *sphere_…*: see on_sphere(). *priorities*: a bit for each number.
    *languages*, *words*: " a b c ", folded; not those that its kind has for all of them.
    """

    professional = models.OneToOneField(
        "professionals.Professional",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="public_point",
    )
    latitude = models.FloatField()
    longitude = models.FloatField()
    x = models.IntegerField()
    y = models.IntegerField()
    sphere_x = models.FloatField()
    sphere_y = models.FloatField()
    sphere_z = models.FloatField()
    kind_id = models.BigIntegerField()
    sector = models.CharField(max_length=20, choices=Sector.choices)
    priorities = models.IntegerField()
    cost = models.CharField(max_length=10, choices=Cost.choices, blank=True)
    languages = models.CharField(max_length=200, blank=True)
    # No index of its own: SQLite would take it for "open now", which very many rows are.
    hours = models.ForeignKey(
        Hours, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    words = models.TextField(blank=True)

    objects = PublicPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on the map")
        verbose_name_plural = _("places on the map")
        indexes = [
            # With what is filtered by most and the places: of a near search the index says all.
            models.Index(
                fields=[
                    *("latitude", "longitude", "kind_id", "priorities", "sector"),
                    *("sphere_x", "sphere_y", "sphere_z", "professional"),
                ],
                name="professionals_by_place",
            ),
            models.Index(BY_NAME, "professional", name="professionals_by_name"),
        ]

    def __str__(self):
        return str(self.pk)

    def put_at(self, point):
        """Write down a Point in each form that is kept of it."""
        self.latitude, self.longitude = point.latitude, point.longitude
        self.x, self.y = map_square(point.latitude, point.longitude, LEVEL)
        self.sphere_x, self.sphere_y, self.sphere_z = on_sphere(point)

    @property
    def counted_as(self):
        """All that decides where it is counted."""
        return self.x, self.y, self.kind_id, self.sector, self.priorities


class MapCellQuerySet(models.QuerySet):
    def matching(self, filters):
        """Those that count what fits a professionals.filters.Filters that is_counted_beforehand."""
        # "in", since Django writes a bare column for a boolean, and SQLite no index for that.
        found = self.filter(by_priorities__in=[bool(filters.priorities)])
        if filters.kinds:
            found = found.filter(kind_id__in=filters.kind_ids)
        if filters.sectors:
            found = found.filter(sector__in=filters.sectors)
        if filters.priorities:
            shared = F("priorities").bitand(filters.priority_mask)
            found = found.alias(shared=shared).filter(shared__gt=0)
        return found


class MapCell(models.Model):
    """How many public entries of one kind and sector a cell of the map holds: of exactly one
    set of priorities where *by_priorities*, of any (*priorities* 0) where not.

    *x_sum*, *y_sum*: of their places at LEVEL, for the middle of them; *id_sum*: of their
    numbers, which is the entry itself where there is one.
    """

    by_priorities = models.BooleanField()
    zoom = models.SmallIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    kind_id = models.BigIntegerField()
    sector = models.CharField(max_length=20)
    priorities = models.IntegerField()
    count = models.IntegerField()
    x_sum = models.BigIntegerField()
    y_sum = models.BigIntegerField()
    id_sum = models.BigIntegerField()

    objects = MapCellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by_priorities", "zoom", "x", "y", "kind_id", "sector", "priorities"],
                name="professionals_cell_once",
            )
        ]
        indexes = [
            # By kind first and with the sums: a country has very many cells of other kinds.
            models.Index(
                fields=[
                    *("by_priorities", "zoom", "kind_id", "x", "y", "sector", "priorities"),
                    *("count", "x_sum", "y_sum", "id_sum"),
                ],
                name="professionals_cells_of_kinds",
            )
        ]

    def __str__(self):
        return f"{self.zoom}/{self.x}/{self.y}"
