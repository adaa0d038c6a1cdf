"""A commune is found as people type it."""

import json
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from professionals.communes import load
from professionals.models import Commune, PostalCode

pytestmark = pytest.mark.django_db


@cache
def frames():
    """{a département's code: (west, south, east, north)}, some 20 km wider than its outline."""
    file = Path(settings.ROOT) / "site" / "static" / "map" / "departements.geojson"
    found = {}
    for feature in json.loads(file.read_text())["features"]:
        shape = feature["geometry"]
        areas = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        places = [place for area in areas for ring in area for place in ring]
        (west, *_, east), (south, *_, north) = map(sorted, zip(*places, strict=True))
        found[feature["properties"]["code"]] = (west - 0.2, south - 0.2, east + 0.2, north + 0.2)
    return found


def names(text, **kwargs):
    return [str(one) for one in Commune.objects.suggestions(text, **kwargs)]


def test_names_and_postal_codes_are_found_from_their_beginning_the_largest_first():
    assert names("st etie")[0] == "Saint-Étienne"
    assert names("ETIENNE")[0] == "Saint-Étienne"
    assert names("l’hay les")[0] == "L'Haÿ-les-Roses"
    assert names("69007") == ["Lyon 7e Arrondissement", "Lyon"]
    assert names("69007 Lyon 7e") == ["Lyon 7e Arrondissement"]
    assert names("boulogne mer") == ["Boulogne-sur-Mer"]
    assert names("lyon", limit=2) == ["Lyon", "Lyon 3e Arrondissement"]
    assert "Paris" in names("75018")
    for nothing in ("", "l", "qqqq", "_9%", "\0", "7" * 400):
        assert names(nothing) == []


def test_a_search_means_the_place_of_exactly_that_name():
    assert str(Commune.objects.named("lyon")) == "Lyon"
    assert Commune.objects.named("nulle part") is None


def test_a_postal_code_beside_a_name_picks_within_the_name():
    PostalCode.objects.create(commune_id="01004", code="42000")  # with Saint-Étienne
    for text, meant in (
        ("75018 Paris", "Paris 18e Arrondissement"),
        ("Lyon 69007", "Lyon 7e Arrondissement"),
        ("13001 marseille", "Marseille 1er Arrondissement"),
        ("42000 Ambérieu-en-Bugey", "Ambérieu-en-Bugey"),
        ("42000 St Etienne", "Saint-Étienne"),
        ("97400 Saint-Denis", "Saint-Denis"),
    ):
        assert str(Commune.objects.named(text)) == meant


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lyon 7", "Lyon 7e Arrondissement"),
        ("Lyon 7ème arrondissement", "Lyon 7e Arrondissement"),
        ("LYON CEDEX 07", "Lyon 7e Arrondissement"),
        ("69365 Lyon Cedex 07", "Lyon 7e Arrondissement"),
        ("paris 1er", "Paris 1er Arrondissement"),
        ("Lyon, France", "Lyon"),
        ("fort-de-france", "Fort-de-France"),
        ("saint denis de la réunion", "Saint-Denis"),
        ("Boulogne, Hauts-de-Seine", "Boulogne-Billancourt"),
        ("59777 Lille Cedex", "Lille"),
        ("42999 st etienne", "Saint-Étienne"),
    ],
)
def test_a_place_is_understood_as_people_write_it(typed, meant):
    assert str(Commune.objects.named(typed)) == meant


@pytest.mark.any_database
def test_the_whole_list_loads_once_and_what_it_lacks_is_no_longer_proposed(tmp_path):
    whole = Path(settings.ROOT) / "professionals" / "data" / "communes.csv.gz"
    assert load(path=whole)
    assert not load(path=whole)
    # Each within the frame of its département, but for islets that the outlines leave out.
    outside = [
        commune.name
        for commune in Commune.objects.all()
        if (frame := frames().get(commune.departement))
        and not (
            frame[0] <= commune.longitude <= frame[2] and frame[1] <= commune.latitude <= frame[3]
        )
    ]
    assert outside == []
    assert Commune.objects.count() == 34920
    assert names("saint-d")[0] == "Saint-Denis"
    assert PostalCode.objects.filter(code="97411").exists()
    few = tmp_path / "communes.csv"
    few.write_text("\n".join(settings.COMMUNES_FILE.read_text().splitlines()[:3]) + "\n")
    assert load(path=few)
    assert names("saint-d") == []
    assert Commune.objects.count() == 34920
