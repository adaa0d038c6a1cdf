"""What an entry may say: each field in one form, or a sentence that says what is wrong."""

import csv
import gzip
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from professionals.duplicates import alike
from professionals.hours_in_words import in_words
from professionals.lists import DATA, official, suggested_priorities, sync
from professionals.models import Commune, Kind, Priority, Professional
from professionals.opening_hours import cleaned_hours, is_open
from professionals.outlines import distance_outside
from professionals.places import FARTHEST_OUTSIDE, Point, check_point
from professionals.siret import cleaned_siret
from professionals.telephones import cleaned_telephone, shown_telephone
from tests.factories.professionals import ProfessionalFactory


def code_of(check, *values):
    with pytest.raises(ValidationError) as error:
        check(*values)
    return error.value.code


@pytest.mark.any_database
def test_a_siret_fits_its_key_and_la_poste_its_own():
    assert cleaned_siret("732 829 320 00074") == "73282932000074"
    assert cleaned_siret("356 000 000 49837") == "35600000049837"
    assert code_of(cleaned_siret, "73282932000075") == "siret_key"
    assert code_of(cleaned_siret, "35600000049838") == "siret_key"
    assert code_of(cleaned_siret, "7328") == "siret_length"
    assert code_of(cleaned_siret, "٧٣٢٨٢٩٣٢٠٠٠٠٧٤") == "siret_length"


@pytest.mark.any_database
def test_telephones_are_kept_in_one_form_and_shown_as_people_write_them():
    assert cleaned_telephone("04.72.12-34 56") == "+33472123456"
    assert cleaned_telephone("+33 (0)4 72 12 34 56") == "+33472123456"
    assert cleaned_telephone("0692 12 34 56", "974") == "+262692123456"
    assert shown_telephone("+33472123456") == "04 72 12 34 56"
    assert shown_telephone("+262692123456") == "0692 12 34 56"
    assert shown_telephone("+3223456789").startswith("+32 ")
    assert code_of(cleaned_telephone, "12 34") == "telephone"


@pytest.mark.any_database
def test_opening_hours_are_told_in_words_and_asked_where_the_place_is():
    hours = "Mo-Th 09:00-12:00,14:00-18:00; Sa 10:00-12:00; PH off"
    assert cleaned_hours(f"  {hours} ") == hours
    assert code_of(cleaned_hours, "lundi matin") == "opening_hours"
    with override("en"):
        told = in_words(hours, "69")
    assert told == [("Monday to Thursday", "9:00–12:00, 14:00–18:00"), ("Saturday", "10:00–12:00")]
    monday_at_seven = datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert is_open(hours, "69", monday_at_seven) is False
    assert is_open(hours, "974", monday_at_seven) is True
    assert is_open(hours, "69", datetime(2026, 11, 11, 10, tzinfo=UTC)) is False  # a holiday
    assert is_open("", "69") is None


@pytest.mark.django_db
def test_a_point_is_in_france_and_near_its_commune():
    lyon = ProfessionalFactory().commune
    check_point(45.75, 4.84, lyon)
    check_point(-20.9, 55.5)
    for code, point in {
        "point_half": (45.75, None),
        "point_range": (145.75, 4.84),
        "point_swapped": (4.84, 45.75),
        "point_abroad": (40.4, -3.7),
        "point_far": (48.85, 2.35),
    }.items():
        assert code_of(check_point, *point, lyon) == code
    assert code_of(check_point, float("nan"), 4.84) == "point_range"


@pytest.mark.any_database
def test_a_point_is_on_land_and_in_the_departement_of_its_commune():
    def town(departement, latitude, longitude, code=""):
        return Commune(code, departement=departement, latitude=latitude, longitude=longitude)

    marseille, nice = town("13", 43.2976, 5.36943), town("06", 43.69611, 7.27178)
    strasbourg = town("67", 48.57358, 7.75321)
    granville = town("50", 48.8378, -1.5967, "50218")
    annemasse, hyeres = town("74", 46.1934, 6.2345), town("83", 43.1204, 6.1286)
    for commune, *point in (
        (marseille, 43.05, 5.2),  # 27 km off the coast
        (town("35", 48.6512, -2.02394), 48.75, -2.3),  # off Saint-Malo
        (granville, 48.875, -1.7),  # between it and its islands
        (town("50", 48.6832, -1.3606), 48.875, -1.82),  # of Avranches they are not
    ):
        assert code_of(check_point, *point, commune) == "point_outside", point
    for commune, *point in (
        (annemasse, 46.2044, 6.1432),  # Geneva
        (nice, 43.5, 7.5),  # far out
        (nice, 43.7384, 7.4246),  # Monaco
        (strasbourg, 48.573, 7.815),  # Kehl
    ):
        for one in (commune, None):
            assert code_of(check_point, *point, one) == "point_abroad", point
    for commune, *point in (
        (marseille, 43.2803, 5.3049),  # Frioul
        (hyeres, 43.0003, 6.2031),  # Porquerolles
        (annemasse, 46.19, 6.24),
        (nice, 43.742, 7.4235),  # Beausoleil, across the street from Monaco
        (strasbourg, 48.572, 7.799),  # this side of the Rhine
        (granville, 48.8755, -1.82),  # Chausey
        (town("29", 47.8936, -4.0118, "29058"), 47.7205, -4.0),  # the Glénan
        (town("973", 3.6444, -54.0338), 2.9, -53.4),  # far from the hall of Maripasoula
    ):
        check_point(*point, commune)


@pytest.mark.any_database
def test_every_commune_lies_where_its_places_may():
    with gzip.open(DATA / "communes.csv.gz", "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
        commune = Commune(latitude=latitude, longitude=longitude)
        commune.departement = row["departement"]
        check_point(latitude, longitude, commune)
        if number % 20 == 0:  # not by its town hall alone
            assert distance_outside(commune.departement, commune.point) < FARTHEST_OUTSIDE, row


@pytest.mark.any_database
def test_distances_are_great_circles():
    lyon, paris = Point(45.7578, 4.8320), Point(48.8566, 2.3522)
    assert lyon.distance_to(paris) == pytest.approx(391.5, abs=1)


@pytest.mark.django_db
def test_all_that_is_wrong_is_said_at_its_field():
    entry = ProfessionalFactory()
    entry.siret, entry.telephone, entry.postal_code = "1", "2", "75001"
    entry.languages = ["fr", "xx"]
    with pytest.raises(ValidationError) as error:
        entry.full_clean()
    assert error.value.message_dict.keys() == {"siret", "telephone", "postal_code", "languages"}


@pytest.mark.django_db
def test_the_official_lists_are_there_once_and_suggest_priorities():
    Kind.objects.filter(slug="pmi").update(name="Autre chose")
    sync()
    sync()
    assert (Kind.objects.count(), Priority.objects.count()) == (20, 10)
    pmi = Kind.objects.get(slug="pmi")
    with override("fr"):
        assert str(pmi) == official()["kinds"][0]["name_fr"]
    with override("en"):
        assert str(pmi) != pmi.name
    assert suggested_priorities("maternite") == ({2}, {3, 5, 10})
    assert suggested_priorities("parc") == (set(), set())


@pytest.mark.django_db
def test_the_same_place_is_found_in_spite_of_small_differences():
    known = ProfessionalFactory(name="Crèche « Les Petits Loups »", state="in_review")
    similar = Professional.objects.similar_to
    assert similar("creche les petit loups", known.commune) == [known]
    assert similar("Crèche des Oursons", known.commune) == []
    # Lyon, and its 7th arrondissement in which it is.
    assert similar("les petits loups, crèche", Commune.objects.get(pk="69123")) == [known]
    assert similar("les petits loups, crèche", Commune.objects.get(pk="69266")) == []
    assert not alike("", "")
