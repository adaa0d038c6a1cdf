"""From a row of a file to what an entry would say: each cell read, checked, and refused with a
sentence where it cannot be true. The rules are the entry's own (Professional.clean)."""

import re
from dataclasses import dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from professionals.lists import suggested_priorities
from professionals.models import (
    Commune,
    EligibilityGround,
    Kind,
    PostalCode,
    Priority,
    Professional,
)
from professionals.models.choices import LANGUAGES_SPOKEN, Access, Cost
from professionals.models.lists import Sector
from professionals.reviewed import LISTS
from professionals.words import commune_words, folded

from .columns import BETWEEN, COLUMN_OF_FIELD

TEXTS = (
    *("name", "legal_person", "siret", "specialities", "public_body", "address"),
    *("address_more", "postal_code", "area_served", "opening_hours", "telephone", "email"),
    *("website", "accessibility_words", "ages", "description"),
)
# What an import may write on an entry.
FIELDS = (
    *TEXTS,
    *("is_natural_person", "kind", "sector", "priorities", "grounds", "commune"),
    *("latitude", "longitude", "languages", "cost", "accessibility"),
)
_checked = {*TEXTS, "sector", "cost"}
NOT_CHECKED = frozenset(one.name for one in Professional._meta.get_fields()) - _checked
YES, NO = {"oui", "yes", "true", "vrai", "1", "x"}, {"non", "no", "false", "faux", "0"}
# Control characters, halves of a letter, and bytes of another encoding: nobody wrote these.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
SHORTENED = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")


NEEDED = {
    "source": gettext_lazy("Say which directory it comes from."),
    "source_id": gettext_lazy("It is missing."),
    "name": gettext_lazy("It is missing."),
    "kind": gettext_lazy("Say which kind of professional it is."),
}


class CellError(ValueError):
    """A cell that cannot be read; str() is its sentence."""


@dataclass
class Wanted:
    """What a row says. *values*: {field of FIELDS: value as the entry keeps it}, of the columns
    that it says something of; *suggested*: the same, of what it need not say, for a new entry
    alone; *problems*: [sentence]: with one of them the row is refused."""

    number: int
    source: str = ""
    source_id: str = ""
    name: str = ""
    values: dict = field(default_factory=dict)
    suggested: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)


class RowReader:
    """Reads rows in batches, so that communes are asked for by the thousand. *source* and *kind*
    (a Kind or None): of rows that do not say; *organisations*: those are no persons either."""

    def __init__(self, source="", kind=None, organisations=False):
        self.source, self.kind, self.organisations = source, kind, organisations
        self.kinds = _by_words(Kind.objects.all())
        self.priorities = _by_words(Priority.objects.all())
        self.priorities |= {str(one.number): one for one in set(self.priorities.values())}
        self.grounds = _by_words(EligibilityGround.objects.all())
        self.sectors, self.costs = _by_value(Sector), _by_value(Cost)
        self.languages = {code: code for code in LANGUAGES_SPOKEN}
        self.accessibility = _by_value(Access)
        self.suggested = {}
        # One entry for all checks: making one takes longer than checking it.
        self.entry = Professional()
        self.blank = {name: getattr(self.entry, name) for name in FIELDS if name not in LISTS}
        self.communes = {}
        self.of_code, self.codes = {}, {}
        pairs = PostalCode.objects.order_by("code").values_list("commune_id", "code")
        for commune, code in pairs.iterator():
            self.of_code.setdefault(code, []).append(commune)
            self.codes.setdefault(commune, []).append(code)

    def read(self, rows):
        """Yield the Wanted of each of some thousand Rows."""
        self._fetch_communes(rows)
        for row in rows:
            yield self._read(row)

    def _fetch_communes(self, rows):
        codes = set()
        for row in rows:
            codes.add(_digits(row.values.get("code_insee"), 5))
            codes.update(self.of_code.get(_digits(row.values.get("code_postal"), 5), ()))
        lacking = iter(sorted(codes - self.communes.keys() - {""}))
        while some := list(islice(lacking, 500)):
            for one in Commune.objects.filter(pk__in=some):
                # As it would ask for them by itself, one by one.
                one.known_codes = self.codes.get(one.pk, [])
                self.communes[one.pk] = one

    def _read(self, row):
        wanted = Wanted(row.number, problems=[row.problem] if row.problem else [])
        cells, failed = row.values, set()
        for name, method in self.READERS.items():
            column = COLUMN_OF_FIELD[name].name
            if column in cells:
                try:
                    wanted.values[name] = method(self, cells[column])
                except CellError as error:
                    failed.add(name)
                    wanted.problems.append(_said(column, error))
        wanted.source = wanted.values.pop("source", "") or self.source
        wanted.source_id = wanted.values.pop("source_id", "")
        wanted.name = wanted.values.get("name", "")
        if row.problem:
            return wanted
        self._without_own_point(cells, wanted)
        if not failed & {"commune", "postal_code"}:
            self._find_commune(cells, wanted)
        self._fill(wanted, failed)
        if not wanted.problems:
            self._check(wanted)
        return wanted

    @staticmethod
    def _without_own_point(cells, wanted):
        """The point of its commune is none of its own."""
        exact = cells.get("point_exact")
        if exact is False or (isinstance(exact, str) and folded(exact) in NO):
            wanted.values.pop("latitude", None)
            wanted.values.pop("longitude", None)

    def _find_commune(self, cells, wanted):
        wanted.values.pop("commune", None)
        code = _digits(cells.get("code_insee"), 5)
        postal = wanted.values.get("postal_code", "")
        found = self.communes.get(code) if code else self._by_name(postal, cells.get("commune"))
        if found is None:
            wanted.problems.append(
                _said("code_insee", _("No commune has the code %s.") % code)
                if code
                else _said("commune", _("Not found: give code_insee, or code_postal and its name."))
            )
        else:
            wanted.values["commune"] = found
            if not postal and len(found.known_codes) == 1:
                wanted.values["postal_code"] = found.known_codes[0]

    def _by_name(self, postal_code, name):
        """The Commune of that postal code and name, or None."""
        near = [self.communes[c] for c in self.of_code.get(postal_code, ()) if c in self.communes]
        words = commune_words(name) if isinstance(name, str) else []
        words = [word for word in words if word != "cedex"]
        # 69007 is Lyon's and the arrondissement's, which has no other.
        alone = [one for one in near if one.codes == 1]
        same = [one for one in near if one.folded.split() == words]
        for found in (alone, near) if not words else (same, alone):
            if len(found) == 1:
                return found[0]
        return None

    def _fill(self, wanted, failed):
        """What a row need not say, and what it has to."""
        values = wanted.values
        if not values.get("kind") and "kind" not in failed:
            values["kind"] = self.kind
        has = {"source": wanted.source, "source_id": wanted.source_id, **values}
        for name, sentence in NEEDED.items():
            if not has.get(name) and name not in failed:
                wanted.problems.append(_said(COLUMN_OF_FIELD[name].name, sentence))
        # What the kind suggests is for a new entry: it says nothing of one that is there.
        if kind := values.get("kind"):
            suggested = {"sector": kind.sector, "priorities": self._suggested(kind)}
            wanted.suggested = {n: v for n, v in suggested.items() if not values.get(n)}
            for name in wanted.suggested:
                values.pop(name, None)
        if not values.get("languages"):
            values.pop("languages", None)
        # Nothing is no "non": see persons.py.
        if values.get("is_natural_person") is None:
            values.pop("is_natural_person", None)
            if self.organisations:
                values["is_natural_person"] = False

    def _suggested(self, kind):
        if kind.pk not in self.suggested:
            numbers, _often = suggested_priorities(kind.slug)
            self.suggested[kind.pk] = [self.priorities[str(one)] for one in sorted(numbers)]
        return self.suggested[kind.pk]

    def _check(self, wanted):
        """By the entry's own rules; *values* become what it would keep."""
        values, entry = wanted.values, self.entry
        for name, blank in self.blank.items():
            setattr(entry, name, values.get(name, blank))
        if len(wanted.source) > 100 or len(wanted.source_id) > 200:
            wanted.problems.append(_said("identifiant", _("It is too long.")))
        for check in (lambda: entry.clean_fields(exclude=NOT_CHECKED), entry.clean):
            try:
                check()
            except ValidationError as error:
                wanted.problems += sentences(error)
        for name in values:
            if name in self.blank:
                values[name] = getattr(entry, name)

    # Cells

    def _kind(self, cell):
        return self._one("kinds", cell)

    def _sector(self, cell):
        return self._one("sectors", cell) or ""

    def _cost(self, cell):
        return self._one("costs", cell) or ""

    def _one(self, list_name, cell):
        found = self._several(list_name, [_plain(cell)])
        return found[0] if found else None

    def _priorities(self, cell):
        return self._several("priorities", cell)

    def _grounds(self, cell):
        return self._several("grounds", cell)

    def _languages(self, cell):
        return self._several("languages", cell)

    def _accessibility(self, cell):
        return self._several("accessibility", cell)

    def _several(self, list_name, cell):
        parts = cell if isinstance(cell, list) else re.split(r"[|,;]", _plain(cell))
        known, found = getattr(self, list_name), []
        for part in parts:
            if text := _plain(part):
                # Most are written as they are kept.
                one = known.get(text) or known.get(folded(text))
                if one is None:
                    raise CellError(_("“%s” is not in the list.") % text[:60])
                found.append(one)
        return list(dict.fromkeys(found))

    def _yes(self, cell):
        if isinstance(cell, bool):
            return cell
        text = folded(_plain(cell))
        if text and text not in YES | NO:
            raise CellError(_("Write oui or non."))
        return text in YES if text else None

    def _degrees(self, cell):
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return float(cell)
        text = _plain(cell)
        if not text:
            return None
        try:
            return float(text.replace(",", ".").replace("\u2212", "-"))
        except ValueError as error:
            raise CellError(_("“%s” is not a number of degrees.") % text[:60]) from error

    def _plain_text(self, cell):
        return _plain(cell)

    def _line(self, cell):
        return " ".join(_plain(cell).split())

    def _figures(self, cell):
        text = _plain(cell)
        if SHORTENED.fullmatch(text):
            raise CellError(
                _("A spreadsheet has shortened this number. Format the column as text.")
            )
        return text

    def _postal_code(self, cell):
        return _digits(cell, 5) or self._figures(cell)

    def _telephone(self, cell):
        text = self._figures(cell)
        # A spreadsheet takes the number for one, and its zero away.
        return f"0{text}" if len(text) == 9 and text.isdecimal() and text[0] != "0" else text

    def _website(self, cell):
        text = self._line(cell)
        return f"https://{text}" if re.fullmatch(r"[\w.-]+\.[a-z]{2,}(/\S*)?", text) else text

    def _commune_code(self, cell):
        if not _digits(cell, 5) and _plain(cell):
            raise CellError(_("An INSEE code has five characters."))

    READERS = {
        **dict.fromkeys(TEXTS, _line),
        "source": _line,
        "source_id": _figures,
        "description": _plain_text,
        "siret": _figures,
        "postal_code": _postal_code,
        "telephone": _telephone,
        "website": _website,
        "is_natural_person": _yes,
        "kind": _kind,
        "sector": _sector,
        "commune": _commune_code,
        "priorities": _priorities,
        "grounds": _grounds,
        "languages": _languages,
        "latitude": _degrees,
        "longitude": _degrees,
        "cost": _cost,
        "accessibility": _accessibility,
    }


def _by_words(things):
    return {word: one for one in things for word in (one.slug, folded(one.slug), folded(one.name))}


def _by_value(choices):
    return {
        word: one.value
        for one in choices
        for word in (one.value, folded(one.value), folded(str(one.label)))
    }


def _plain(cell):
    """A cell as text. Raises CellError for what is no text."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell.strip()
        if NO_TEXT.search(text):
            raise CellError(_("It holds characters that are no text: is it another encoding?"))
        return text
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, int | float):
        return str(cell)
    if isinstance(cell, list) and all(isinstance(one, str) for one in cell):
        return BETWEEN.join(cell)
    raise CellError(_("It is not a text but something nested."))


def _digits(cell, length):
    """A code of so many characters in a cell, with the zero that a spreadsheet took away; "" for
    what is none."""
    if not isinstance(cell, str | int | float) or isinstance(cell, bool):
        return ""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    if text.isdecimal() and text.isascii() and len(text) == length - 1:
        text = f"0{text}"
    return text.upper() if len(text) == length and text.isalnum() and text.isascii() else ""


def _said(column, sentence):
    return _("%(column)s: %(sentence)s") % {"column": column, "sentence": sentence}


def sentences(error):
    """["column: sentence"] of a ValidationError by field."""
    found = []
    for name, errors in error.message_dict.items():
        column = COLUMN_OF_FIELD[name].name if name in COLUMN_OF_FIELD else name
        found += [_said(column, one) for one in errors]
    return found
