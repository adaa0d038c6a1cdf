"""The directory as files: only what may be, in forms that others read, and the same on the way
back."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from data_inclusion.schema.v1 import Structure
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from professionals import states
from professionals.changes import apply_change
from professionals.exchange.cells import safe_text, text_of
from professionals.exchange.columns import COLUMNS, table_schema
from professionals.exchange.importing import import_file
from professionals.models import Priority, Professional
from professionals.models.choices import State
from professionals.reports import report, sender_of
from tests.factories.accounts import UserFactory
from tests.factories.professionals import ProfessionalFactory

FILES = ("csv", "geojson", "json")


@pytest.fixture
def place(db):
    return ProfessionalFactory(
        published=True,
        name="=1+1; «La Maison», 𝄞",
        latitude=45.7485,
        longitude=4.8412,
        telephone="+33472123456",
        opening_hours="Mo-Fr 09:00-12:00",
        description="-10 % pour tous,\net « plus ».",
        languages=["fr", "fsl"],
        siret="73282932000074",
        email="contact@exemple.fr",
        email_is_public=True,
        website="https://exemple.fr/?a=1&b=2",
        source="caf",
        source_id="@17",
    )


@pytest.fixture
def person(db):
    entry = ProfessionalFactory(
        published=True,
        is_natural_person=True,
        telephone="+33612345678",
        address="3 rue Cachée",
        latitude=45.7485,
        longitude=4.8412,
    )
    return states.consent(entry, listing=True).entry


def fetched(client, extension, **more):
    response = client.get(f"/professionnels.{extension}", **more)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_only_who_said_yes_is_in_the_files_and_of_them_only_what_they_said_yes_to(
    client, person, place
):
    for extension in FILES:
        assert person.name not in fetched(client, extension)
    states.consent(person, open_data=True)
    for extension in FILES:
        text = fetched(client, extension)
        assert person.name in text
        assert "612345678" not in text
        assert "Cachée" not in text
        assert "exemple.invalid" not in text  # an e-mail address that is not shown


def test_the_structures_are_what_their_schema_says(client, place, person):
    states.consent(person, open_data=True)
    structures = [Structure.model_validate(one) for one in json.loads(fetched(client, "json"))]
    assert [one.id for one in structures] == ["caf--@17", f"mes-infos-bebe--{person.slug}"]
    assert structures[0].horaires_accueil == "Mo-Fr 09:00-12:00"


def test_the_geojson_is_as_rfc_7946_has_it(client, place):
    found = json.loads(fetched(client, "geojson"))
    [feature] = found["features"]
    assert (found["type"], feature["type"]) == ("FeatureCollection", "Feature")
    assert feature["geometry"] == {"type": "Point", "coordinates": [4.8412, 45.7485]}
    assert feature["properties"]["langues"] == ["fr", "fsl"]


def test_cells_that_would_be_formulas_are_safe_and_figures_are_left(client, place):
    [row] = csv.DictReader(io.StringIO(fetched(client, "csv")))
    assert (row["nom"], row["identifiant"]) == ("'=1+1; «La Maison», 𝄞", "'@17")
    assert row["presentation"].startswith("'-10 %")
    assert (row["telephone"], row["latitude"]) == ("+33472123456", "45.7485")
    place.commune_id, place.latitude, place.longitude = "97209", 14.61, -61.07
    place.postal_code = "97200"
    place.save()
    [row] = csv.DictReader(io.StringIO(fetched(client, "csv")))
    assert row["longitude"] == "-61.07"


@given(st.text(alphabet="'=+-@\t\r\n＝ aé"))
@settings(max_examples=60, deadline=None)
def test_every_text_reads_back_as_it_was(text):
    assert text_of(safe_text(text)) == text
    assert not re.match(r"\s*[=+\-@]|[\t\r\n]", safe_text(text))


def test_out_and_in_again_changes_nothing_even_in_an_empty_directory(client, place, person):
    states.consent(person, details=True, open_data=True)
    out = {extension: fetched(client, extension) for extension in FILES}
    before = list(Professional.objects.order_by("pk").values())
    for text in out.values():
        reports = []
        import_file(io.BytesIO(text.encode()), kind=place.kind, write=True, told=reports.append)
        assert [(r.what, r.changes, r.kept, r.reasons) for r in reports] == [
            ("left", [], [], []),
            ("left", [], [], []),
        ]
    assert list(Professional.objects.order_by("pk").values()) == before
    lost = {"verifie", "modifie_le", "page"}  # what this directory says, and no file
    for extension in ("csv", "geojson"):
        with transaction.atomic():
            Professional.objects.all().delete()
            import_file(io.BytesIO(out[extension].encode()), write=True)
            states.consent(
                Professional.objects.get(is_natural_person=True),
                listing=True, details=True, open_data=True,
            )  # fmt: skip
            again = fetched(client, "csv")
            rows = [
                [{k: v for k, v in row.items() if k not in lost} for row in csv.DictReader(file)]
                for file in (io.StringIO(out["csv"]), io.StringIO(again))
            ]
            assert rows[0] == rows[1]
            transaction.set_rollback(True)


def test_what_did_not_change_is_not_sent_again(client, place):
    first = client.get("/professionnels.csv")
    for header in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        assert client.get("/professionnels.csv", headers=header).status_code == 304
    assert client.head("/professionnels.csv")["ETag"] == first["ETag"]
    states.withdraw(place, states.By.MAIL)
    header = {"If-None-Match": first["ETag"]}
    assert client.get("/professionnels.csv", headers=header).status_code == 200


def test_only_what_is_said_changes_the_files_and_the_day_of_the_last_change(
    client, place, time_machine
):
    """A moderator's claim, a mail, a report, and what never was in the files change neither."""
    first, begun = client.get("/professionnels.csv"), timezone.now()
    head = {"If-None-Match": first["ETag"]}
    time_machine.move_to(begun + timedelta(days=100))
    moderator = UserFactory()
    states.claim(place, moderator)
    states.release(place, moderator)
    states.reminded(place, 45)
    states.confirm_yearly(place)
    for number in range(3):
        report(place, "gone", sender_of(f"192.0.2.{number}"))
    states.submit(ProfessionalFactory(state=State.CONFIRMED, name="Pas encore"))
    person = ProfessionalFactory(
        published=True, is_natural_person=True, listing_agreed_at=timezone.now()
    )
    apply_change(person, {"ages": "0–3 ans"}, moderator)
    assert client.get("/professionnels.csv", headers=head).status_code == 304

    def changed():
        page = client.get(place.get_absolute_url()).context["entry"]
        rows = csv.DictReader(io.StringIO(fetched(client, "csv")))
        row = next(one for one in rows if one["source"] == "caf")
        assert page.changed_at.isoformat(timespec="seconds") == row["modifie_le"]
        return page.changed_at.date()

    assert changed() == begun.date()
    Professional.objects.filter(pk=place.pk).update(confirm_by=begun.date())
    states.mark_overdue(place)  # the files say so
    second = client.get("/professionnels.csv", headers=head)
    assert second.status_code == 200
    assert changed() == begun.date()
    priorities = list(Priority.objects.filter(number__in=(1, 2)))
    apply_change(place, {"priorities": priorities}, moderator)
    assert changed() == timezone.now().date()


def test_a_part_may_be_asked_for_and_nothing_that_is_none(client, place):
    assert place.source_id in fetched(client, "csv", query_params={"departement": "69"})
    assert place.source_id not in fetched(client, "csv", query_params={"type": "pmi"})
    for bad in ("type=x", "departement=", "departement=69&departement=1", "limite=3", "type=%00"):
        response = client.get(f"/professionnels.geojson?{bad}")
        assert response.status_code == 400
        assert response.json()["error"]


def test_many_are_read_in_few_queries(client, place, django_assert_max_num_queries):
    ProfessionalFactory.create_batch(3, published=True)
    with django_assert_max_num_queries(5):  # when it changed (2), entries, two lists
        fetched(client, "csv")


def test_the_page_for_people_tells_of_files_columns_and_licence(client, place):
    response = client.get("/fr/professionnels/donnees/")
    text = response.content.decode()
    assert response.status_code == 200
    for address in ("/professionnels.csv", "/professionnels.geojson", "/professionnels.json"):
        assert f'href="{address}"' in text
    assert all(f"<code>{column.name}</code>" in text for column in COLUMNS)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    dataset = json.loads(found.group(1))
    assert dataset["@type"] == "Dataset"
    assert "licence-ouverte" in dataset["license"]
    assert not response.cookies


def test_the_table_schema_has_the_columns_of_the_file(client, db):
    fields = client.get("/professionnels.schema.json").json()["fields"]
    assert [one["name"] for one in fields] == [column.name for column in COLUMNS]
    assert fields == table_schema()["fields"]
