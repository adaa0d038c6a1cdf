"""The rows of an XLSX file: a ZIP, whose sizes are looked at before anything is unpacked."""

import warnings
import zipfile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .cells import text_of
from .reading import FileError, Row, columns_of, table_row

MOST_PARTS = 2000
MOST_UNPACKED = 600 * 1024 * 1024  # bytes, in all; they are read one after the other
MOST_OF_ONE_TEXT_TABLE = 100 * 1024 * 1024  # bytes; this one is held in memory
MOST_TIMES_LARGER = 150  # than packed; tables seldom reach 20
SMALL = 10 * 1024 * 1024  # bytes: as small as that it may be as dense as it likes
FIRST_CELLS = 400


def check_sizes(file):
    """Refuse (FileError) a ZIP that is much larger unpacked, by what its list of parts says;
    a part that is longer than that is not read further."""
    try:
        parts = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileError(_("This XLSX file is broken. Save it again, or as CSV.")) from error
    whole = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename.endswith("haredStrings.xml"))
    dense = whole > SMALL and whole > MOST_TIMES_LARGER * max(packed, 1)
    if len(parts) > MOST_PARTS or whole > MOST_UNPACKED or texts > MOST_OF_ONE_TEXT_TABLE or dense:
        raise FileError(_("This XLSX file is too large once unpacked. Save it as CSV."))
    if any(part.flag_bits & 1 for part in parts):
        raise FileError(_("This XLSX file has a password. Save it without one."))
    file.seek(0)


def workbook_rows(file):
    """Yield the rows of the first sheet."""
    check_sizes(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            try:
                yield from _rows(book)
            finally:
                book.close()
    except FileError:
        raise
    except Exception as error:
        # openpyxl and the XML parser raise many kinds for a file that is not what it says.
        raise FileError(_("This XLSX file is broken. Save it again, or as CSV.")) from error


def _rows(book):
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise FileError(_("This file is empty."))
    # What a file says of its own extent may be wrong.
    sheets[0].reset_dimensions()
    columns = None
    for number, cells in enumerate(sheets[0].iter_rows(max_col=FIRST_CELLS), start=1):
        values = [cell.value for cell in cells]
        if all(value is None or not str(value).strip() for value in values):
            continue
        if columns is None:
            while values and values[-1] is None:
                values.pop()
            columns = columns_of(values)
            continue
        if formulas := [
            columns[place]
            for place, cell in enumerate(cells[: len(columns)])
            if cell.data_type in ("f", "e") and columns[place]
        ]:
            yield Row(
                number,
                problem=_("A formula stands in: %(names)s. Paste values instead.")
                % {"names": ", ".join(formulas)},
            )
            continue
        yield table_row(number, columns, [_plain(value) for value in values], text_of)
    if columns is None:
        raise FileError(_("This file is empty."))


def _plain(value):
    """A number as people see it: 69007.0 is 69007. Dates as text."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if value is None or isinstance(value, str | int | float):
        return value
    return str(value)
