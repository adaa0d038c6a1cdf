"""Near searches and the map find what is public, where it is, and count it right."""

from collections import Counter
from itertools import count

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from professionals import listing, states
from professionals.changes import apply_change
from professionals.clusters import MapQueryError, clusters, parse_box, parse_zoom
from professionals.filters import Filters
from professionals.lists import priority_mask
from professionals.models import Kind, MapCell, Priority, Professional, PublicPoint
from professionals.models.choices import State
from professionals.models.map import LEVEL, ZOOMS, by_index, cell_shift
from professionals.places import Point, boxes_around, map_square
from professionals.public import public_point_of
from tests.factories.accounts import UserFactory
from tests.factories.professionals import LYON_7, PARIS_18, SAINT_DENIS, ProfessionalFactory

pytestmark = pytest.mark.django_db

KINDS = ("laep", "pmi", "mode-accueil")
PLACES = [(None, None), (45.7485, 4.8412), (45.7485, 4.8413), (45.69, 4.95)]
FRANCE = parse_box("-5,41,10,51")


def fresh_counts():
    """What the cells should say, from the entries alone."""
    cells = {}
    for entry in Professional.objects.public().select_related("commune"):
        point = public_point_of(entry)
        x, y = map_square(point.latitude, point.longitude, LEVEL)
        mask = priority_mask(priority.number for priority in entry.priorities.all())
        for zoom in ZOOMS:
            cell = (zoom, x >> cell_shift(zoom), y >> cell_shift(zoom), entry.kind_id, entry.sector)
            for key in ((False, *cell, 0), (True, *cell, mask)):
                cells.setdefault(key, Counter()).update({"n": 1, "x": x, "y": y, "id": entry.pk})
    return {key: (c["n"], c["x"], c["y"], c["id"]) for key, c in cells.items()}


def counts():
    rows = MapCell.objects.values_list(*listing.KEY, *listing.SUMS)
    return {row[:7]: row[7:] for row in rows}


def change(entry, step, number, user):
    """One thing that may happen to an entry."""
    if step == "place":
        latitude, longitude = PLACES[number % 4]
        apply_change(entry, {"latitude": latitude, "longitude": longitude}, user)
    elif step == "kind":
        kind = Kind.objects.get(slug=KINDS[number % 3])
        apply_change(entry, {"kind": kind, "sector": kind.sector}, user)
    elif step == "priorities":
        chosen = list(Priority.objects.filter(number__in={1 + number % 3, 8}))
        apply_change(entry, {"priorities": chosen}, user)
    elif step == "consent":
        states.consent(entry, listing=bool(number % 2), details=bool(number // 2 % 2))
    elif step == "withdraw":
        states.withdraw(entry, user)
    elif step == "return" and entry.state == State.WITHDRAWN and entry.may_be_listed:
        states.submit(entry, user)
        states.accept(entry, user)
    elif step == "expire" and entry.state == State.PUBLISHED:
        Professional.objects.filter(pk=entry.pk).update(overdue_since="2020-01-01")
        states.expire(entry)
    elif step == "delete":
        entry.delete()


SERIALS = count(1)


def import_one(number):
    serial = f"essai-{next(SERIALS)}"
    entry = ProfessionalFactory.build(published=True, source="essai", source_id=serial, slug=serial)
    with transaction.atomic():
        Professional.objects.bulk_create([entry])
        if number % 2:
            listing.add([(entry, [])])
        else:
            listing.add([(entry, [])], counted=False)
            listing.rebuild_counts()


STEPS = ("place", "kind", "priorities", "consent", "withdraw", "return", "expire", "delete")


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from((*STEPS, "import")), st.integers(0, 9)), min_size=3, max_size=6
    )
)
def test_after_whatever_happens_the_counts_equal_a_fresh_one(db, happenings):
    user = UserFactory()
    ProfessionalFactory(published=True)
    ProfessionalFactory(published=True, is_natural_person=True)
    for step, number in happenings:
        entries = list(Professional.objects.order_by("-pk")[:3])
        if step == "import":
            import_one(number)
        elif entries:
            change(entries[number % len(entries)], step, number, user)
        assert counts() == fresh_counts()
    listing.keep_all()
    assert counts() == fresh_counts()


def test_the_nearest_come_first_and_what_is_far_does_not():
    far = ProfessionalFactory(published=True, commune_code=PARIS_18)
    beside = ProfessionalFactory(published=True, latitude=45.7485, longitude=4.8412)
    town_hall = ProfessionalFactory(published=True, commune_code=LYON_7)
    ProfessionalFactory(commune_code=LYON_7)
    at = Point(45.7485, 4.8413)
    found = list(Professional.objects.near(at, 10))
    assert found == [beside, town_hall]
    assert found[0].distance == pytest.approx(0.0078, abs=0.0005)
    assert found[1].distance == pytest.approx(at.distance_to(town_hall.commune.point))
    assert list(Professional.objects.near(at, 500)) == [beside, town_hall, far]


@pytest.mark.any_database
def test_boxes_go_over_the_antimeridian_and_around_the_poles():
    assert len(boxes_around(Point(-16, 179.9), 50)) == 2
    assert len(boxes_around(Point(-16, -179.9), 50)) == 2
    [(west, _south, east, north)] = boxes_around(Point(89.9, 10), 50)
    assert (west, east, north) == (-180, 180, 90)


def test_every_filter_counts_alone_and_with_the_others():
    laep = ProfessionalFactory(published=True, priority_numbers=[8, 4], languages=["fr", "ar"])
    pmi = ProfessionalFactory(
        published=True,
        kind_slug="pmi",
        priority_numbers=[2],
        cost="free",
        description="Consultations de sages-femmes",
        opening_hours="24/7",
    )
    for given_, wanted in (
        ({}, {laep, pmi}),
        ({"kinds": ["laep", "none"]}, {laep}),
        ({"priorities": ["accompagner", "partager-souffler"]}, {laep, pmi}),
        ({"priorities": ["accompagner"]}, {pmi}),
        ({"sectors": ["sante"]}, {pmi}),
        ({"costs": ["free"]}, {pmi}),
        ({"languages": ["ar"]}, {laep}),
        ({"words": "Sages fem"}, {pmi}),
        ({"words": "emme"}, set()),
        ({"open_at": laep.made_at}, {pmi}),
        ({"kinds": ["laep"], "priorities": ["accompagner"]}, set()),
    ):
        filters = Filters.known(**given_)
        assert set(Professional.objects.matching(filters)) == wanted, given_
        for zoom in (3, 14, 17):
            box = FRANCE if zoom == 3 else parse_box("4.7,45.7,4.9,45.8")
            found = clusters(box, zoom, filters) if zoom < 17 else near_lyon(filters)
            assert sum(one.count for one in found) == len(wanted), (given_, zoom)


def near_lyon(filters):
    return clusters(parse_box("4.83,45.74,4.85,45.75"), 17, filters)


def test_one_alone_is_told_by_its_number_and_stands_where_it_is():
    entry = ProfessionalFactory(published=True, latitude=45.7485, longitude=4.8412)
    ProfessionalFactory.create_batch(2, published=True, commune_code=SAINT_DENIS)
    alone, many = (
        clusters(FRANCE, 6, Filters())[0],
        clusters(parse_box("55,-22,56,-20"), 9, Filters())[0],
    )
    assert (alone.pk, alone.count) == (entry.pk, 1)
    assert alone.latitude == pytest.approx(45.7485, abs=1e-4)
    assert (many.pk, many.count) == (None, 2)
    over_the_antimeridian = parse_box("170,-22,56,-20")
    assert clusters(over_the_antimeridian, 3, Filters())[0].count == 2


@pytest.mark.any_database
def test_a_box_or_zoom_that_no_map_asks_for_is_refused():
    for text in (
        "",
        "1,2,3",
        "a,b,c,d",
        "0,10,1,5",
        "0,-91,1,5",
        "0,0,181,5",
        "nan,0,1,1",
        "1,1,2,inf",
    ):
        with pytest.raises(MapQueryError):
            parse_box(text)
    for text in ("", "99", "-1", "3.5", "²", "1" * 5000):
        with pytest.raises(MapQueryError):
            parse_zoom(text)
    with pytest.raises(MapQueryError):
        clusters(parse_box("-180,-90,180,90"), 19, Filters())


def test_how_the_database_plans_is_as_before_once_the_words_are_found():
    if connection.vendor != "postgresql":
        return

    def reads_tables():
        with connection.cursor() as cursor:
            cursor.execute("SHOW enable_seqscan")
            return cursor.fetchone()[0]

    for before in ("off", "on"):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL enable_seqscan = {before}")
        with by_index():
            assert reads_tables() == "off"
        assert reads_tables() == before
        with pytest.raises(KeyError), by_index():
            raise KeyError
        assert reads_tables() == before


def test_what_the_map_knows_goes_with_the_entry():
    ProfessionalFactory.create_batch(2, published=True)
    Professional.objects.all().delete()
    assert not PublicPoint.objects.exists()
    assert not MapCell.objects.exists()
