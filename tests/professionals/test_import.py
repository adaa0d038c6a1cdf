"""Entries of another directory come in by its own numbers, and nothing that people wrote here is
overwritten."""

import csv
import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from professionals import changes, states
from professionals.exchange.importing import import_file
from professionals.models import EligibilityGround, EntryEvent, MapCell, Professional, PublicPoint
from professionals.public import public_entry

pytestmark = pytest.mark.django_db

HEADER = "source,identifiant,nom,type,code_insee,adresse,telephone,priorites,latitude,longitude"
LAEP = (
    'caf,17,"La Maison, des Lucioles",laep,69387,12 rue des Lilas,0472123456,'
    "accueillir|former,45.7485,4.8412"
)
PMI = "caf,18,PMI du Parc,pmi,97411,3 rue du Lagon,0262123456,,,"


def csv_of(*rows, header=HEADER):
    return "\n".join([header, *rows]).encode()


def imported(content, **options):
    """The RowReports of an import of these bytes, by the number of what they are in all."""
    reports = []
    counts = import_file(io.BytesIO(content), **({"write": True} | options), told=reports.append)
    return {what: number for what, number in counts.items() if number}, reports


@pytest.fixture
def run(tmp_path, capsys):
    """``run(content, *options)``: the command on a file; gives what it printed."""

    def run(content, *options):
        path = tmp_path / "file"
        path.write_bytes(content)
        call_command("import_professionals", str(path), *options)
        return capsys.readouterr().out

    return run


def test_a_dry_run_says_what_each_row_would_do_and_does_nothing(run):
    run(csv_of(LAEP))
    said = run(csv_of(LAEP.replace("12 rue", "14 rue"), PMI), "--dry-run")
    assert "adresse: '12 rue des Lilas' → '14 rue des Lilas'" in said
    assert "caf 18 PMI du Parc" in said
    assert Professional.objects.get().address == "12 rue des Lilas"


def test_what_comes_in_is_unverified_says_its_source_and_is_on_the_map():
    counts, _reports = imported(csv_of(LAEP, PMI))
    assert counts == {"created": 2}
    shown = public_entry(Professional.objects.get(source_id="17"))
    assert (shown.source, shown.source_id, shown.is_verified) == ("caf", "17", False)
    assert shown.name == "La Maison, des Lucioles"
    assert (shown.telephone, shown.postal_code) == ("+33472123456", "69007")
    assert [number for number, _slug, _label in shown.priorities] == [8, 9]
    pmi = public_entry(Professional.objects.get(source_id="18"))
    assert pmi.telephone == "+262262123456"
    assert [number for number, _slug, _label in pmi.priorities] == [2]  # suggested by its kind
    assert PublicPoint.objects.count() == 2
    assert MapCell.objects.filter(zoom=14, by_priorities=False).count() == 2
    assert set(EntryEvent.objects.values_list("what", "by")) == {("imported", "import")}


def test_twice_changes_nothing_the_second_time():
    imported(csv_of(LAEP, PMI))
    before = list(Professional.objects.values())
    counts, _reports = imported(csv_of(LAEP, PMI))
    assert counts == {"left": 2}
    assert list(Professional.objects.values()) == before
    assert EntryEvent.objects.count() == 2


def test_what_people_changed_since_is_kept_and_said():
    imported(csv_of(LAEP))
    entry = Professional.objects.get()
    changes.apply_change(entry, {"telephone": "0478000000"}, states.By.MAIL)
    # The source says nothing new of it: nothing to tell.
    assert imported(csv_of(LAEP))[0] == {"left": 1}
    other = LAEP.replace("0472123456", "0472999999").replace("12 rue", "14 rue")
    counts, [report] = imported(csv_of(other))
    entry.refresh_from_db()
    assert counts == {"changed": 1}
    assert (entry.telephone, entry.address) == ("+33478000000", "14 rue des Lilas")
    assert report.kept == [("telephone", "+33478000000", "+33472999999")]
    assert report.changes == [("adresse", "12 rue des Lilas", "14 rue des Lilas")]
    assert imported(csv_of(other))[1][0].kept  # said again as long as it is so


def test_of_an_accepted_entry_the_import_changes_what_its_professional_might(admin_user):
    imported(csv_of(LAEP))
    entry = Professional.objects.get()
    entry.public_body = "Caf du Rhône"
    entry.grounds.set([EligibilityGround.objects.get(slug="conventionne")])
    entry.save()
    states.accept(entry, admin_user)
    counts, [report] = imported(
        csv_of(LAEP.replace("0472123456", "0472999999").replace("12 rue", "14 rue"))
    )
    entry = Professional.objects.get()
    assert counts == {"changed": 1}
    assert (entry.telephone, entry.address) == ("+33472999999", "12 rue des Lilas")
    assert entry.waiting_change().address == "14 rue des Lilas"
    assert report.reasons


def test_what_was_withdrawn_does_not_come_back():
    imported(csv_of(LAEP))
    states.withdraw(Professional.objects.get(), states.By.MAIL)
    counts, [report] = imported(csv_of(LAEP.replace("12 rue", "14 rue")))
    assert counts == {"left": 1}
    assert report.reasons
    assert not PublicPoint.objects.exists()


def test_a_person_from_a_file_is_not_public_before_her_yes():
    header = f"{HEADER},personne_physique,courriel"
    imported(csv_of(f"{LAEP},oui,marie@exemple.fr", header=header))
    entry = Professional.objects.get()
    assert not entry.is_public
    assert not entry.email_is_public


def test_the_address_of_an_organisation_is_shown_whenever_a_file_names_it():
    header = f"{HEADER},courriel"
    for email in ("", "bulle@exemple.fr"):
        imported(csv_of(f"{LAEP},{email}", header=header))
    assert Professional.objects.get().email_is_public
    # Not shown since a moderator said so: that stays.
    Professional.objects.update(email_is_public=False)
    imported(csv_of(f"{LAEP},place@exemple.fr", header=header))
    assert not Professional.objects.get().email_is_public


def test_one_refused_row_keeps_all_out_unless_the_good_ones_are_asked_for(run):
    content = csv_of(LAEP, PMI.replace("97411", "00000"))
    with pytest.raises(CommandError):
        run(content)
    assert not Professional.objects.exists()
    with pytest.raises(SystemExit):
        run(content, "--good-rows")
    assert Professional.objects.get().source_id == "17"


def test_a_text_that_was_made_safe_reads_back_from_a_workbook_too():
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(HEADER.split(","))
    book.active.append(next(iter_csv(LAEP.replace("La Maison", "'=La Maison"))))
    book.save(file)
    imported(file.getvalue())
    assert Professional.objects.get().name.startswith("=")


def test_the_same_entries_from_every_form_of_file():
    row = dict(zip(HEADER.split(","), next(iter_csv(LAEP)), strict=True))
    book = openpyxl.Workbook()
    book.active.append(list(row))
    book.active.append([float(v) if k.endswith("itude") else v for k, v in row.items()])
    sheet = io.BytesIO()
    book.save(sheet)
    place = [float(row["longitude"]), float(row["latitude"])]
    feature = {
        "type": "Feature",
        "properties": {k: v for k, v in row.items() if not k.endswith("itude")},
        "geometry": {"type": "Point", "coordinates": place},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    for content in (
        csv_of(LAEP.replace("Maison", "Maison é")).replace(b"Maison \xc3\xa9", b"Maison"),
        csv_of(";".join(f'"{v}"' for v in row.values()), header=HEADER.replace(",", ";")),
        b"\xef\xbb\xbf" + csv_of(LAEP).replace(b"\n", b"\r\n"),
        sheet.getvalue(),
        json.dumps(collection).encode(),
    ):
        counts, reports = imported(content)
        assert sum(counts.values()) == 1, reports
        assert counts in ({"created": 1}, {"left": 1}), (reports, content[:80])
    assert Professional.objects.count() == 1


def test_structures_of_data_inclusion_come_in_with_the_kind_that_is_said(run):
    structure = {
        "source": "dora",
        "id": "dora--17",
        "nom": "Centre social des Lucioles",
        "date_maj": "2026-01-01",
        "code_insee": "69387",
        "courriel": "contact@exemple.fr",
        "horaires_accueil": "Mo-Fr 09:00-12:00",
    }
    run(json.dumps([structure]).encode(), "--kind", "centre-social")
    entry = Professional.objects.get()
    assert (entry.source, entry.source_id, entry.kind.slug) == ("dora", "17", "centre-social")
    assert entry.opening_hours == "Mo-Fr 09:00-12:00"


def iter_csv(*lines):
    return csv.reader(lines)
