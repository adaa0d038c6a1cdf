"""/carte.json says how many are where, and why it does not."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.professionals import PARIS_18, ProfessionalFactory

pytestmark = pytest.mark.django_db

LYON = "4.7,45.6,5.0,45.9"


def ask(client, bbox=LYON, zoom="12", **filters):
    return client.get("/carte.json", {"bbox": bbox, "zoom": zoom, **filters})


def test_it_gives_entries_and_clusters_of_the_filters(client):
    alone = ProfessionalFactory(published=True, name="Seule", latitude=45.66, longitude=4.75)
    for _ in range(3):
        ProfessionalFactory(published=True, kind_slug="pmi")
    ProfessionalFactory(published=True, commune_code=PARIS_18)
    ProfessionalFactory(latitude=45.66, longitude=4.95)
    data = ask(client).json()
    assert data["type"] == "FeatureCollection"
    assert data["total"] == 4
    cluster, point = data["features"]
    assert cluster["properties"] == {"cluster": True, "point_count": 3}
    assert point["id"] == alone.pk
    assert point["properties"] == {"cluster": False, "slug": alone.slug, "name": "Seule"}
    assert point["geometry"]["coordinates"] == pytest.approx([4.75, 45.66], abs=0.001)
    assert ask(client, type="laep").json()["total"] == 1
    assert ask(client, type=["laep", "pmi"], q="seule").json()["total"] == 1
    assert ask(client, bbox="-5,41,10,51", zoom="5", secteur="familles").json()["total"] == 2


@pytest.mark.parametrize(
    "asked",
    [
        {"bbox": ""},
        {"bbox": "1,2,3"},
        {"bbox": "a,b,c,d"},
        {"bbox": "nan,45,5,46"},
        {"bbox": "4,46,5,45"},
        {"bbox": "4,-91,5,45"},
        {"bbox": "-181,45,5,46"},
        {"bbox": "-180,-90,180,90", "zoom": "19"},
        {"zoom": "99"},
        {"zoom": "-1"},
        {"zoom": "1.5"},
        {"zoom": ""},
        {"type": "rien"},
        {"priorite": "11"},
        {"langue": "\0"},
        {"ouvert": "oui"},
    ],
    ids=str,
)
@pytest.mark.any_database
def test_bad_parameters_are_answered_with_the_reason(client, asked):
    answer = ask(client, **asked)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["error"]


def test_a_box_over_the_antimeridian_is_two(client):
    ProfessionalFactory(published=True)
    assert ask(client, bbox="4.7,45.6,-170,45.9", zoom="4").json()["total"] == 1
    assert ask(client, bbox="170,45.6,-170,45.9", zoom="4").json()["total"] == 0


@pytest.mark.any_database
def test_fifty_take_as_many_queries_as_one_and_fit_in_4_kb(client):
    def look():
        with CaptureQueriesContext(connection) as captured:
            answer = ask(client, type="laep")
        assert len(gzip.compress(answer.content)) <= 4096
        return len(captured)

    ProfessionalFactory(published=True)
    few = look()
    for place in range(49):
        longitude = 4.75 + place % 7 / 30
        latitude = 45.65 + place // 7 / 30
        ProfessionalFactory(published=True, latitude=latitude, longitude=longitude)
    assert look() <= few <= 4
