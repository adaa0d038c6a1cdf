"""The 101 départements: name, time zone, and the region of their telephone numbers."""

import csv
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from .lists import DATA
from .words import folded

OVERSEAS = ("971", "972", "973", "974", "976")


@dataclass(frozen=True)
class Departement:
    """*code*: "69", "2A", "974"; *telephone_region*: as the library phonenumbers has it."""

    code: str
    name: str
    time_zone: str
    telephone_region: str

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    @property
    def label(self):
        """ "Rhône (69)": no town is called so."""
        return f"{self.name} ({self.code})"

    @property
    def is_overseas(self):
        return self.code in OVERSEAS


@cache
def departements():
    """{code: Departement}, in the order of their codes."""
    with (DATA / "departements.csv").open(encoding="utf-8") as file:
        rows = (row.values() for row in csv.DictReader(file))
        return {found.code: found for found in (Departement(*row) for row in rows)}


@cache
def code_of_zone(code):
    """One code for all départements that have the time zone of this one."""
    zone = departement(code).time_zone
    return next((one.code for one in departements().values() if one.time_zone == zone), code)


def departement(code):
    """The Departement with that *code*; what has none is taken for Paris's time and telephones."""
    found = departements().get(code)
    return found or Departement(code or "", code or "", "Europe/Paris", "FR")


@cache
def _by_words():
    """{words of a name, folded: code}; "reunion" and "la reunion" both."""
    found = {tuple(folded(one.name).split()): one.code for one in departements().values()}
    return found | {words[1:]: code for words, code in found.items() if words[0] == "la"}


def departement_of(text):
    """The Departement that *text* names, and nothing else: "Rhône", "69", "Rhône (69)"; None
    where it names none."""
    *words, last = folded(text).split() or [""]
    code = last.upper() if last.upper() in departements() else None
    named = _by_words().get((*words, last)) or _by_words().get(tuple(words))
    if code and (not words or named == code):
        return departements()[code]
    return departements()[named] if named and not code else None


_BETWEEN = frozenset({"a", "d", "de", "des", "du", "en", "l", "la", "le", "les"})


def without_departement(words):
    """(folded *words* without the name of a département at their end, its code): "saint denis de
    la reunion" → (["saint", "denis"], "974"). (words, "") without one."""
    for number in range(1, len(words)):
        if code := _by_words().get(tuple(words[number:])):
            town = list(words[:number])
            while town and town[-1] in _BETWEEN:
                town.pop()
            return town, code
    return words, ""
