"""The 101 départements: name, time zone, and the region of their telephone numbers."""

import csv
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from .lists import DATA

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
