"""From a file to its rows, whatever it is: CSV, XLSX, GeoJSON, data·inclusion.

What a file is its bytes say, never its name. Rows are read one by one: a file of 100,000 takes
no more memory than one of ten.
"""

import codecs
import csv
import io
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from professionals.words import folded

from .cells import text_of

MOST_BYTES = 200 * 1024 * 1024
MOST_ROWS = 500_000
MOST_COLUMNS = 200
# A quote that is never closed makes one cell of the rest of the file: that ends here.
csv.field_size_limit(4 * 1024 * 1024)
AT_ONCE = 1024 * 1024  # bytes
HEAD = 4096  # bytes
# How files begin that people take for another one.
NO_TABLES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"),
    (b"Rar!", "RAR"),
    (b"{\\rtf", "RTF"),
)
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
NOT_ASCII = re.compile("[^\x00-\x7f]")
# Bytes that are no UTF-8, as Python keeps them.
BROKEN = re.compile("[\udc80-\udcff]")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Names that columns have in other files.
OTHER_NAMES = {
    "id": "identifiant",
    "name": "nom",
    "kind": "type",
    "description": "presentation",
    "horaires_accueil": "horaires",
    "horaires_ouverture": "horaires",
    "opening_hours": "horaires",
    "phone": "telephone",
    "email": "courriel",
    "website": "site_web",
    "postcode": "code_postal",
    "codepostal": "code_postal",
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
}


class FileError(Exception):
    """A file that cannot be read as a whole; str() is a sentence for whoever chose it."""


@dataclass
class Row:
    """One row. *number*: its line, or its place among the features, from 1. *values*: {column:
    text, number, bool, list or None}; *problem*: the sentence of why it cannot be read, or ""."""

    number: int
    values: dict = field(default_factory=dict)
    problem: str = ""


def rows_of(file):
    """Yield each Row of an open binary file that can be sought. Raises FileError, also after
    some rows."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if not head.strip():
        raise FileError(_("This file is empty."))
    if size > MOST_BYTES:
        raise FileError(_("This file is too large: at most 200 MB are read."))
    for number, row in enumerate(_reader(head)(file), start=1):
        if number > MOST_ROWS:
            raise FileError(_("This file has too many rows: at most 500,000 are read."))
        yield row


def _reader(head):
    from .documents import json_rows
    from .workbooks import workbook_rows

    for beginning, name in NO_TABLES:
        if head.startswith(beginning):
            raise FileError(
                _("This is a %(type)s file, not a table. Choose CSV, XLSX or GeoJSON.")
                % {"type": name}
            )
    if head.startswith(OLD_EXCEL):
        raise FileError(_("This is an old Excel file. Save it as XLSX or CSV."))
    if head.startswith(UTF_16):
        raise FileError(_("This file is UTF-16 text. Save it as CSV UTF-8."))
    if head.startswith(b"PK\x03\x04"):
        return workbook_rows
    begins = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if begins.startswith((b"{", b"[")):
        return json_rows
    if begins.startswith(b"<"):
        raise FileError(_("This is a web page or XML, not a table. Choose CSV, XLSX or GeoJSON."))
    return csv_rows


# CSV


def encoding_of(file):
    """(encoding, how errors are taken) of a whole open binary file: UTF-8, where some bytes
    that are none become surrogates, or Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    good = bad = 0
    while chunk := file.read(AT_ONCE):
        text = decoder.decode(chunk)
        if not text.isascii():
            broken = len(BROKEN.findall(text))
            bad += broken
            good += len(NOT_ASCII.findall(text)) - broken
    bad += bool(decoder.getstate()[0])
    file.seek(0)
    # In Windows-1252 hardly any two letters make one of UTF-8.
    if bad > good:
        return "cp1252", "strict"
    return "utf-8-sig", "surrogateescape"


def csv_rows(file):
    """Yield the rows of a CSV: comma, semicolon or tab; UTF-8 or Windows-1252; any line ends."""
    encoding, errors = encoding_of(file)
    text = io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")
    try:
        yield from _table_of(text)
    except UnicodeDecodeError as error:
        raise FileError(
            _("This file is neither UTF-8 nor Windows-1252. Save it as CSV UTF-8.")
        ) from error
    finally:
        text.detach()


def _table_of(text):
    # Not readline(): it ends at \n alone, and old files have \r.
    beginning = text.read(HEAD)
    first = re.split(r"[\r\n]", beginning.lstrip("\r\n"), maxsplit=1)[0]
    text.seek(0)
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text, delimiter=delimiter, strict=False)
    columns = None
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise FileError(
                _("Line %(number)d cannot be read: a quotation mark is perhaps not closed.")
                % {"number": reader.line_num}
            ) from error
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = columns_of(cells)
            continue
        yield table_row(reader.line_num, columns, cells, text_of)
    if columns is None:
        raise FileError(_("This file is empty."))


# What all tables share


def columns_of(cells):
    """The names of columns as this directory has them, from the first row of a table. Raises
    FileError where it can be none of ours."""
    if len(cells) > MOST_COLUMNS:
        raise FileError(_("This file has too many columns: at most 200 are read."))
    names = [column_name(str(cell or "")) for cell in cells]
    known = [name for name in names if name]
    if doubled := sorted({name for name in known if known.count(name) > 1}):
        raise FileError(
            _("Two columns have the same name: %(names)s.") % {"names": ", ".join(doubled)}
        )
    if "nom" not in names or "identifiant" not in names:
        lacking = [name for name in ("identifiant", "nom") if name not in names]
        raise FileError(
            _("The first row has to name the columns. These are missing: %(names)s.")
            % {"names": ", ".join(lacking)}
        )
    return names


def column_name(text):
    """The name of a column: "Code postal" → "code_postal"."""
    name = folded(text[:100]).replace(" ", "_")
    return OTHER_NAMES.get(name, name)


def table_row(number, columns, cells, cell_text=lambda cell: cell):
    """The Row of one row of *cells*."""
    if len(cells) > len(columns) and any(str(c or "").strip() for c in cells[len(columns) :]):
        return Row(
            number,
            problem=_("This row has more cells than the first one: a separator is too many."),
        )
    values = {}
    for name, cell in zip(columns, cells, strict=False):
        if name:
            values[name] = cell_text(cell.strip()) if isinstance(cell, str) else cell
    return Row(number, values)
