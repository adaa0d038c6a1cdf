"""Forty nasty files and rows: each a clear answer, nothing lost, nothing half done."""

import io
import json
import zipfile

import openpyxl
import pytest

from professionals.exchange.importing import NotImported, import_file
from professionals.exchange.reading import FileError
from professionals.models import Professional

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

GOOD = {
    "source": "caf",
    "identifiant": "17",
    "nom": "La Maison des Lucioles",
    "type": "laep",
    "code_insee": "69387",
    "code_postal": "69007",
}


def table(*rows, between=",", end="\n", encoding="utf-8"):
    """A CSV of these rows, dicts, none of whose cells has to be quoted."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [between.join(columns)]
    lines += [between.join(str(row.get(name, "")) for name in columns) for row in rows]
    return end.join(lines).encode(encoding)


def book(*rows, formula=None):
    found = openpyxl.Workbook()
    for row in rows:
        found.active.append(row)
    if formula:
        found.active["C2"] = formula
    file = io.BytesIO()
    found.save(file)
    return file.getvalue()


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def feature(geometry, **more):
    collection = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": GOOD | more, "geometry": geometry}],
    }
    return json.dumps(collection).encode()


def point(*coordinates):
    return {"type": "Point", "coordinates": list(coordinates)}


ROW, NEXT = list(GOOD.values()), GOOD | {"identifiant": "18"}
# What cannot be read as a whole.
FILES = {
    "nothing": b"",
    "blank lines": b"\n\r\n  \n",
    "a PDF named .csv": b"%PDF-1.7\n" + b"x" * 99,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
    "old Excel": b"\xd0\xcf\x11\xe0" + b"\0" * 99,
    "a web page": b"<!doctype html><table>",
    "UTF-16": "nom;identifiant".encode("utf-16"),
    "neither UTF-8 nor Windows-1252": b"nom,identifiant,type\n\x81\x8d\x8f,1,laep\n",
    "no names of columns": table(GOOD).split(b"\n")[1],
    "names of columns alone": table(),
    "names and no row": b"source,identifiant,nom,type\n",
    "no identifier": table({"nom": "Lucioles", "type": "laep"}),
    "two columns of one name": b"nom,identifiant,nom\na,b,c\n",
    "an open quotation mark": b'nom,identifiant\n"' + b"x" * 5_000_000,
    "a thousand columns": ",".join(f"c{n}" for n in range(1000)).encode(),
    "a ZIP that is no book": zipped(a="b"),
    "a broken ZIP": b"PK\x03\x04" + b"\0" * 99,
    "a zip bomb": zipped(xl__worksheets__sheet1_xml=b"0" * 11_000_000),
    "JSON of another shape": b'{"hello": ["world"]}',
    "one Feature": b'{"type": "Feature", "geometry": null, "properties": {}}',
    "JSON that breaks off": feature(point(4.84, 45.75))[:-9],
    "JSON in Windows-1252": '[{"nom": "é"}]'.encode("cp1252"),
    "JSON nested deeply": b'[{"nom": ' + b"[" * 50_000 + b"]" * 50_000 + b"}]",
    "JSON with NaN": b'[{"nom": NaN}]',
    "an empty list": b"[]",
}
# One row that is refused, with a word of the reason's column or field.
ROWS = {
    "coordinates swapped": (table(GOOD | {"latitude": 4.84, "longitude": 45.75}), "latitude"),
    "in the sea": (table(GOOD | {"latitude": 43.0, "longitude": 5.0}), "latitude"),
    "abroad": (table(GOOD | {"latitude": 40.4, "longitude": -3.7}), "latitude"),
    "not on Earth": (table(GOOD | {"latitude": 400, "longitude": "inf"}), "latitude"),
    "half a place": (table(GOOD | {"latitude": 45.75}), "latitude"),
    "no number": (table(GOOD | {"latitude": "45°45'N", "longitude": 4}), "latitude"),
    "a SIRET with a wrong key": (table(GOOD | {"siret": "73282932000075"}), "siret"),
    "a shortened SIRET": (table(GOOD | {"siret": "7.32829E+13"}), "siret"),
    "an unknown kind": (table(GOOD | {"type": "licorne"}), "type"),
    "no kind": (table(GOOD | {"type": ""}), "type"),
    "no name": (table(GOOD | {"nom": " "}), "nom"),
    "no source": (table(GOOD | {"source": ""}), "source"),
    "an unknown priority": (table(GOOD | {"priorites": "accueillir|dormir"}), "priorites"),
    "an unknown language": (table(GOOD | {"langues": "fr|klingon"}), "langues"),
    "an unknown commune": (table(GOOD | {"code_insee": "99999"}), "code_insee"),
    "another postal code": (table(GOOD | {"code_postal": "75018"}), "code_postal"),
    "a telephone that is none": (table(GOOD | {"telephone": "12"}), "telephone"),
    "an address that is none": (table(GOOD | {"courriel": "a@b"}), "courriel"),
    "a script as its site": (table(GOOD | {"site_web": "javascript:alert(1)"}), "site_web"),
    "hours that are none": (table(GOOD | {"horaires": "le matin"}), "horaires"),
    "a name of 1 MB": (table(GOOD | {"nom": "x" * 1_000_000}), "nom"),
    "a text that is too long": (table(GOOD | {"presentation": "x" * 601}), "presentation"),
    "a NUL": (table(GOOD | {"nom": "Luci\0oles"}), "nom"),
    "a byte of another encoding": (table(GOOD | {"nom": "Été É"}) + b"\n\xe9,18,x", "source"),
    "cells too many": (table(GOOD) + b",,,x", ""),
    "a formula in a book": (book(list(GOOD), ROW, formula="=1+1"), "nom"),
    "a line as its place": (feature({"type": "LineString", "coordinates": []}), "geometry"),
    "places in places": (feature({"type": "GeometryCollection", "geometries": []}), "geometry"),
    "a place of texts": (feature(point("4.84", "45.75")), "geometry"),
    "something nested": (feature(point(4.84, 45.75), nom={"fr": "Lucioles"}), "nom"),
    "no properties": (b'{"type":"FeatureCollection","features":[{"type":"Feature"}]}', ""),
    "no Feature": (b'{"type":"FeatureCollection","features":[3]}', ""),
    "a list of numbers": (b"[1, 2]", ""),
    "the same twice": (table(GOOD, GOOD | {"nom": "Autre"}), ""),
}
# Odd to look at, and right: what the entry is then called.
FINE = {
    "a mark before UTF-8": (b"\xef\xbb\xbf" + table(GOOD), GOOD["nom"]),
    "line ends of three kinds": (
        table(GOOD, end="\r") + b"\r\n\n" + table(NEXT).split(b"\n")[1] + b"\r",
        GOOD["nom"],
    ),
    "Windows-1252 and semicolons": (
        table(GOOD | {"nom": "Été – œuvre"}, between=";", encoding="cp1252"),
        "Été – œuvre",
    ),
    "a formula is a text": (table(GOOD | {"nom": "=1+1"}), "=1+1"),
    "zeros that a spreadsheet took": (
        book(list(GOOD), ["caf", 17.0, "Ambérieu", "laep", 1004, 1500.0]),
        "Ambérieu",
    ),
}


def wholly(content):
    """What an import that has to be whole says: (sentence, reports)."""
    reports = []
    try:
        import_file(io.BytesIO(content), write=True, told=reports.append)
    except (FileError, NotImported) as error:
        return str(error), reports
    return "", reports


def test_files_that_cannot_be_read():
    for name, content in FILES.items():
        sentence, _reports = wholly(content)
        assert sentence, name
        assert "Error" not in sentence, name
    assert not Professional.objects.exists()


def test_rows_that_cannot_be_true():
    for name, (content, word) in ROWS.items():
        sentence, reports = wholly(content)
        assert sentence, name
        [reasons] = [report.reasons for report in reports if report.what == "refused"][:1]
        assert word in " ".join(reasons), (name, reasons)
        assert all(len(reason) < 300 for reason in reasons), name
    assert not Professional.objects.exists()


def test_the_good_rows_among_bad_ones_are_not_lost():
    refused = [content for content, _word in ROWS.values() if content.startswith(b"source,")]
    for content in refused[:2]:
        rows = content + b"\n" + table(NEXT).split(b"\n")[1] + b",,"
        counts = import_file(io.BytesIO(rows), write=True, good_rows=True)
        assert counts["refused"] == 1
    assert Professional.objects.get().source_id == "18"


def test_what_only_looks_odd_is_taken():
    for name, (content, wanted) in FINE.items():
        sentence, reports = wholly(content)
        assert not sentence, (name, sentence, [report.reasons for report in reports])
        assert Professional.objects.get(source_id="17").name == wanted, name
        Professional.objects.all().delete()
