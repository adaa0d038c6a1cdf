"""A dry run tells what the import does, and a file takes from no entry what it does not say."""

import io

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from professionals import states
from professionals.exchange import runs
from professionals.exchange.steps import RowReport, What
from professionals.models import EligibilityGround, ImportRun, Professional
from tests.professionals.test_import import csv_of, imported
from tests.professionals.test_map import counts, fresh_counts

pytestmark = pytest.mark.django_db

SHORT = "source,identifiant,nom,type,code_insee,code_postal"
PLACED = f"{SHORT},latitude,longitude,priorites,secteur"
LUCIOLES = "caf,17,Les Lucioles,laep,69387,69007"
BULLE = LUCIOLES.replace("17,Les Lucioles", "18,La Bulle")
IN_PARIS = LUCIOLES.replace("69387,69007", "75118,75018")


def placed(row):
    return f"{row},45.745,4.84,accueillir|former,culture"


def both(content, **options):
    """(what an import does, its reports), after a dry run that has to tell the same."""
    dry = imported(content, write=False, good_rows=True, **options)
    done = imported(content, good_rows=True, **options)
    assert dry == done
    return done


def test_a_dry_run_tells_of_each_row_what_the_import_does(admin_user):
    both(csv_of(placed(LUCIOLES), placed(BULLE), header=PLACED))
    accepted = Professional.objects.get(source_id="17")
    accepted.public_body = "Caf du Rhône"
    accepted.grounds.set([EligibilityGround.objects.get(slug="conventionne")])
    accepted.save()
    states.accept(accepted, admin_user)
    before = list(Professional.objects.order_by("pk").values())
    # The town moves and the point does not: neither may be so.
    moved = [IN_PARIS, IN_PARIS.replace("17,Les Lucioles", "18,La Bulle")]
    counts, reports = both(csv_of(*moved, header=SHORT))
    assert counts == {"refused": 2}
    assert all("latitude" in report.reasons[0] for report in reports)
    assert list(Professional.objects.order_by("pk").values()) == before
    # Of the accepted one a moderator sees the name first; the other has it at once.
    renamed = [row.replace("L", "Chez l", 1) for row in (LUCIOLES, BULLE)]
    counts, reports = both(csv_of(*renamed, header=SHORT))
    assert counts == {"changed": 2}
    assert [bool(report.reasons) for report in reports] == [True, False]
    accepted.refresh_from_db()
    assert accepted.waiting_change().name == "Chez les Lucioles"


def test_a_file_with_fewer_columns_takes_nothing_from_an_entry():
    both(csv_of(placed(LUCIOLES), header=PLACED))
    entry = Professional.objects.get()
    before = Professional.objects.values().get()
    for row, header in ((LUCIOLES, SHORT), (f"{LUCIOLES},,,,", PLACED.replace("itude", "x"))):
        assert both(csv_of(row, header=header))[0] == {"left": 1}
    assert Professional.objects.values().get() == before
    assert {one.number for one in entry.priorities.all()} == {8, 9}
    # What nobody ever said goes with the kind.
    both(csv_of(BULLE, header=SHORT))
    [report] = both(csv_of(BULLE.replace("laep", "pmi"), header=SHORT))[1]
    assert [column for column, _old, _new in report.changes] == ["type", "secteur"]


def test_columns_that_are_not_taken_are_named_and_so_is_what_is_made():
    notes = []
    content = csv_of(f"{LUCIOLES},0472123456,Suite", header=f"{SHORT},tel,Adresse postale")
    [report] = imported(content, write=False, noted=notes.append)[1]
    assert "adresse_postale, tel" in notes[0]
    assert len(notes) == 2  # and nobody finds it by a priority
    assert ("nom", "Les Lucioles") in report.made
    assert ("secteur", "familles") in report.made


@pytest.mark.parametrize("at_once", [2, 1000])
def test_after_an_import_that_changes_entries_the_counts_equal_a_fresh_one(monkeypatch, at_once):
    monkeypatch.setattr("professionals.exchange.importing.AT_ONCE", at_once)
    rows = [BULLE.replace("18", str(number)) for number in range(3)]
    imported(csv_of(*rows, header=SHORT))
    moved = [row.replace("laep", "pmi").replace("69387,69007", "75118,75018") for row in rows[:2]]
    assert imported(csv_of(*moved, rows[2], header=SHORT))[0] == {"changed": 2, "left": 1}
    assert counts() == fresh_counts()
    person = csv_of(f"{moved[0]},oui", header=f"{SHORT},personne_physique")
    assert imported(person)[0] == {"changed": 1}
    assert counts() == fresh_counts()


@pytest.fixture
def run_being_written():
    """An ImportRun that is there for every connection."""
    run = ImportRun(pk=2_000_000_000, file_name="liste.csv", state="importing", rows_total=9)
    if connection.vendor == "sqlite":
        run.save()
        yield run
        return
    other = connections.create_connection("default")
    fields = ImportRun._meta.concrete_fields
    names = ", ".join(field.column for field in fields)
    values = [field.get_db_prep_save(field.pre_save(run, True), other) for field in fields]
    table = ImportRun._meta.db_table
    insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(values))})"  # noqa: S608
    with other.cursor() as cursor:
        cursor.execute(insert, values)
        yield run
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [run.pk])  # noqa: S608
    other.close()


def test_the_page_says_how_far_it_is_while_it_is_being_written(
    client, moderator, monkeypatch, run_being_written
):
    monkeypatch.setattr(runs, "PROGRESS_SECONDS", 0)
    with transaction.atomic(), io.StringIO(newline="") as file:
        told = runs.Told(run_being_written, file)
        for number in (1, 2, 3):
            told(RowReport(number, What.LEFT))
        page = client.get(reverse("directory_import", args=[run_being_written.pk]))
    assert '<progress max="9" value="3"' in page.content.decode()
