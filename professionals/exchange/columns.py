"""The columns of the directory's files, in their order: one list for what goes out, what comes
in, the page of open data and the Table Schema (professionals/data/professionnels.schema.json,
which says in French what each one means)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from professionals.lists import DATA

# What stands for this directory among sources: an entry of its own has its slug as identifier.
OUR_SOURCE = "mes-infos-bebe"
# Between the values of a list in one cell.
BETWEEN = "|"


@dataclass(frozen=True)
class Column:
    """*name*: in files; *value*: of a PublicEntry, a text, a number, a bool, a list of texts or
    None; *field*: of Professional, "" for what only goes out. *is_free*: whatever people wrote,
    which has to be made safe for spreadsheets."""

    name: str
    value: Callable
    field: str = ""
    is_free: bool = False


def source_of(entry):
    """The stable (source, identifier) of a PublicEntry."""
    if entry.source and entry.source_id:
        return entry.source, entry.source_id
    return OUR_SOURCE, entry.slug


def _text(name, field, attribute=None, is_free=True):
    return Column(name, lambda entry: getattr(entry, attribute or field), field, is_free)


def _slugs(name, field, place):
    return Column(name, lambda entry: [one[place] for one in getattr(entry, field)], field)


def _line(number):
    return lambda entry: entry.address[number] if len(entry.address) > number else ""


COLUMNS = (
    Column("source", lambda entry: source_of(entry)[0], "source", is_free=True),
    Column("identifiant", lambda entry: source_of(entry)[1], "source_id", is_free=True),
    _text("nom", "name"),
    Column("type", lambda entry: entry.kind_slug, "kind"),
    Column("type_libelle", lambda entry: entry.kind),
    _text("secteur", "sector", is_free=False),
    _text("personne_physique", "is_natural_person", is_free=False),
    _text("organisme", "legal_person"),
    _text("siret", "siret", is_free=False),
    _text("specialites", "specialities"),
    _slugs("priorites", "priorities", 1),
    _slugs("criteres", "grounds", 0),
    _text("organisme_public", "public_body"),
    Column("adresse", _line(0), "address", is_free=True),
    Column("complement_adresse", _line(1), "address_more", is_free=True),
    _text("code_postal", "postal_code", is_free=False),
    Column("commune", lambda entry: entry.commune, is_free=True),
    Column("code_insee", lambda entry: entry.commune_code, "commune"),
    Column("latitude", lambda entry: entry.point and entry.point.latitude, "latitude"),
    Column("longitude", lambda entry: entry.point and entry.point.longitude, "longitude"),
    Column("point_exact", lambda entry: entry.point_is_exact),
    _text("zone_couverte", "area_served"),
    _text("horaires", "opening_hours"),
    _text("telephone", "telephone", is_free=False),
    _text("courriel", "email"),
    _text("site_web", "website"),
    _slugs("langues", "languages", 0),
    _text("tarif", "cost", is_free=False),
    _slugs("accessibilite", "accessibility", 0),
    _text("accessibilite_precisions", "accessibility_words"),
    _text("ages", "ages"),
    _text("presentation", "description"),
    Column("verifie", lambda entry: entry.is_verified),
    Column("a_confirmer", lambda entry: entry.is_overdue),
    Column("modifie_le", lambda entry: entry.changed_at.isoformat(timespec="seconds")),
    Column("page", lambda entry: entry.address_url),
)
COLUMN_OF_FIELD = {column.field: column for column in COLUMNS if column.field}


@cache
def table_schema():
    """The Table Schema (specs.frictionlessdata.io) of the CSV, as a dict."""
    path = DATA / "professionnels.schema.json"
    return json.loads(path.read_text(encoding="utf-8"))
