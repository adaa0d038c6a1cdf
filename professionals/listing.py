"""What lists and the map know of entries, kept true in the transaction that changes one.

keep() is called by each save and each deletion of an entry, keep_all() after an import: both
bring PublicPoint, one row for each public entry, and MapCell, the counts, to what the entries
say. Nothing else writes to these tables.
"""

from collections import defaultdict

from django.db import connections, transaction
from django.db.models import Q
from django.db.models.signals import pre_delete

from .bulk import insert
from .lists import priority_mask
from .models import Hours, MapCell, Professional, PublicPoint
from .models.map import ZOOMS, cell_shift
from .opening_hours import code_of_hours
from .public import public_point_of
from .words import folded

# The fields on which a row of PublicPoint depends.
LISTED_BY = frozenset(
    {
        *("state", "name", "legal_person", "kind", "sector", "specialities", "priorities"),
        *("commune", "latitude", "longitude", "opening_hours", "languages", "cost"),
        *("description", "is_natural_person", "listing_agreed_at", "details_agreed_at"),
    }
)
POINT_FIELDS = [field.name for field in PublicPoint._meta.fields if not field.primary_key]
KEY = ("by_priorities", "zoom", "x", "y", "kind_id", "sector", "priorities")
SUMS = ("count", "x_sum", "y_sum", "id_sum")
AT_ONCE = 1000  # entries
ROWS_AT_ONCE = 80  # cells in one statement: SQLite bears some thousand parameters


def keep(pks, using="default", counted=True):
    """Bring what is known of the entries with these primary keys to what they say now; those
    that are gone or not public are taken out. In the transaction of whoever changes them.
    Without *counted*, rebuild_counts() has to follow in the same transaction."""
    pks = sorted(set(pks))
    with transaction.atomic(using=using):
        for first in range(0, len(pks), AT_ONCE):
            _keep_some(pks[first : first + AT_ONCE], using, counted)


def forget(pks, using="default"):
    """Take the entries with these primary keys out, since they are deleted."""
    with transaction.atomic(using=using):
        old = list(PublicPoint.objects.using(using).filter(pk__in=pks))
        PublicPoint.objects.using(using).filter(pk__in=pks).delete()
        _count(old, [], using)


def add(made, using="default", counted=True):
    """As keep(), of entries that this transaction has stored: (Professional, [number of each of
    its priorities])."""
    new = [point_of(entry, numbers) for entry, numbers in made if entry.is_public]
    find_hours(new, using)
    columns = [field.column for field in PublicPoint._meta.concrete_fields]
    names = [field.attname for field in PublicPoint._meta.concrete_fields]
    rows = [tuple(getattr(point, name) for name in names) for point in new]
    with transaction.atomic(using=using):
        insert(using, PublicPoint, columns, rows)
        if counted:
            _count([], new, using)


def _keep_some(pks, using, counted):
    points = PublicPoint.objects.using(using)
    old = {point.pk: point for point in points.select_for_update().filter(pk__in=pks)}
    entries = (
        Professional.objects.using(using)
        .public()
        .filter(pk__in=pks, kind__isnull=False, commune__isnull=False)
        .select_related("kind", "commune")
        .prefetch_related("priorities")
    )
    new = {
        entry.pk: point_of(entry, [priority.number for priority in entry.priorities.all()])
        for entry in entries
    }
    find_hours(new.values(), using)
    if gone := old.keys() - new.keys():
        points.filter(pk__in=gone).delete()
    changed = [point for pk, point in new.items() if pk not in old or _differ(old[pk], point)]
    points.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["professional"],
        update_fields=POINT_FIELDS,
        batch_size=200,
    )
    if not counted:
        return
    moved = {
        pk
        for pk in old.keys() | new.keys()
        if pk not in old or pk not in new or old[pk].counted_as != new[pk].counted_as
    }
    _count(
        [point for pk, point in old.items() if pk in moved],
        [point for pk, point in new.items() if pk in moved],
        using,
    )


def _differ(one, other):
    return any(
        getattr(one, field.attname) != getattr(other, field.attname)
        for field in PublicPoint._meta.fields
    )


def point_of(entry, priority_numbers):
    """The row of a public entry; its hours are still to be told by find_hours()."""
    point = PublicPoint(
        professional_id=entry.pk,
        kind_id=entry.kind_id,
        sector=entry.sector,
        priorities=priority_mask(priority_numbers),
        cost=entry.cost,
        languages=f" {' '.join(entry.languages)} " if entry.languages else "",
        words=f" {_words(entry)} ",
    )
    point.put_at(public_point_of(entry))
    hours = entry.opening_hours
    point.hours_wanted = (hours, code_of_hours(hours, entry.commune.departement))
    return point


def _words(entry):
    """All by which parents find it but what its kind says (Filters.words_and_kinds): its name, then
    each other word once. A natural person's organisation is told as her name is."""
    name = folded(entry.name).split()
    others = (entry.legal_person, entry.specialities, entry.description, entry.commune.name)
    once = dict.fromkeys(folded(" ".join(others)).split())
    return " ".join([*name, *(word for word in once if word not in name)])


def find_hours(points, using="default"):
    """Tell each of the *points* its row of Hours."""
    wanted = {point.hours_wanted for point in points if point.hours_wanted[0]}
    rows = Hours.objects.using(using)
    found = {}
    if wanted:
        missing = [Hours(text=text, departement=code) for text, code in sorted(wanted)]
        rows.bulk_create(missing, ignore_conflicts=True, batch_size=400)
        known = rows.filter(text__in={text for text, _code in wanted})
        found = {(row.text, row.departement): row.pk for row in known}
    for point in points:
        point.hours_id = found.get(point.hours_wanted)


# Counts


def _count(out, into, using):
    """Take the points *out* of the counts, and *into* them."""
    changes = defaultdict(lambda: [0, 0, 0, 0])
    for points, sign in ((out, -1), (into, 1)):
        for point in points:
            sums = (sign, sign * point.x, sign * point.y, sign * point.pk)
            for key in _cells_of(point):
                changes[key] = [a + b for a, b in zip(changes[key], sums, strict=True)]
    # Always in the same order, so that two transactions wait for each other in turn.
    rows = [(*key, *sums) for key, sums in sorted(changes.items()) if any(sums)]
    for first in range(0, len(rows), ROWS_AT_ONCE):
        _add(rows[first : first + ROWS_AT_ONCE], using)


def _cells_of(point):
    """The keys of the cells that count a point, as tuples in the order of KEY."""
    for zoom in ZOOMS:
        shift = cell_shift(zoom)
        place = (zoom, point.x >> shift, point.y >> shift, point.kind_id, point.sector)
        yield (False, *place, 0)
        yield (True, *place, point.priorities)


def _add(rows, using):
    connection = connections[using]
    quote = connection.ops.quote_name
    table = quote(MapCell._meta.db_table)
    columns = ", ".join(map(quote, (*KEY, *SUMS)))
    values = ", ".join([f"({', '.join(['%s'] * len(KEY + SUMS))})"] * len(rows))
    added = ", ".join(f"{quote(n)} = {table}.{quote(n)} + excluded.{quote(n)}" for n in SUMS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES {values} "
            f"ON CONFLICT ({', '.join(map(quote, KEY))}) DO UPDATE SET {added}",
            [value for row in rows for value in row],
        )
    if any(row[len(KEY)] <= 0 for row in rows):
        emptied = Q()
        for row in rows:
            emptied |= Q(**dict(zip(KEY, row[: len(KEY)], strict=True)))
        MapCell.objects.using(using).filter(emptied, count=0).delete()


def rebuild_counts(using="default"):
    """Count all public points anew. Changes of entries wait until it is done."""
    connection = connections[using]
    quote = connection.ops.quote_name
    cells, points = (quote(model._meta.db_table) for model in (MapCell, PublicPoint))
    columns = ", ".join(map(quote, (*KEY, *SUMS)))
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {cells} IN EXCLUSIVE MODE")
        cursor.execute(f"DELETE FROM {cells}")
        for zoom in ZOOMS:
            shift = cell_shift(zoom)
            for by_priorities, priorities in (("FALSE", "0"), ("TRUE", "priorities")):
                cursor.execute(
                    f"INSERT INTO {cells} ({columns}) "
                    f"SELECT {by_priorities}, {zoom}, x >> {shift}, y >> {shift}, kind_id, "
                    f"sector, {priorities}, COUNT(*), SUM(x), SUM(y), SUM(professional_id) "
                    f"FROM {points} GROUP BY x >> {shift}, y >> {shift}, kind_id, sector"
                    + (", priorities" if by_priorities == "TRUE" else "")
                )


def keep_all(using="default"):
    """Bring all points and counts to what the entries say: after an import, or a restore."""
    points = PublicPoint.objects.using(using)
    with transaction.atomic(using=using):
        public = Professional.objects.using(using).public()
        points.exclude(pk__in=public.values("pk")).delete()
        pks = list(public.order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(pks), AT_ONCE):
            _keep_some(pks[first : first + AT_ONCE], using, counted=False)
        rebuild_counts(using)


def _entry_goes(instance, using, **kwargs):
    forget([instance.pk], using)


def connect():
    pre_delete.connect(_entry_goes, sender=Professional, dispatch_uid="entry_leaves_the_map")
