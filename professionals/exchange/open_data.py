"""The directory as open data, streamed: CSV, GeoJSON (RFC 7946), data·inclusion structures.

Only what `in_open_data()` and public_entry() let through. Everything in French, the language of
the official lists.
"""

import csv
import json
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from professionals.departements import departements
from professionals.models import Kind, Professional
from professionals.models.lists import Sector
from professionals.public import public_entry

from .cells import safe_text
from .columns import BETWEEN, COLUMNS, source_of

AT_ONCE = 500  # entries
LANGUAGE = "fr"
# Changed with the shape of the files: what browsers and robots keep is then out of date.
SHAPE = 1
LICENCE = "Licence Ouverte 2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "json": "application/json",
}


class ParameterError(ValueError):
    """A parameter of the address that is none, or has a value that is none; str() says which."""


@dataclass(frozen=True)
class Choice:
    """What of the open data is asked for: slugs and codes, each "" for all."""

    kind: str = ""
    sector: str = ""
    departement: str = ""

    NAMES = {"type": "kind", "secteur": "sector", "departement": "departement"}

    @classmethod
    def of_address(cls, parameters):
        """From a QueryDict. Raises ParameterError."""
        given = {}
        for name, values in parameters.lists():
            if name not in cls.NAMES:
                known = ", ".join(cls.NAMES)
                raise ParameterError(f"Unknown parameter {name[:40]!r}. Known are: {known}.")
            if len(values) != 1:
                raise ParameterError(f"The parameter {name!r} is given more than once.")
            known = cls._known(name)
            if values[0] not in known:
                raise ParameterError(
                    f"{values[0][:40]!r} is no value of {name!r}. Known are: {', '.join(known)}."
                )
            given[cls.NAMES[name]] = values[0]
        return cls(**given)

    @staticmethod
    def _known(name):
        if name == "type":
            return list(Kind.objects.values_list("slug", flat=True))
        return Sector.values if name == "secteur" else list(departements())

    def entries(self):
        """The Professionals of the open data that fit."""
        found = Professional.objects.in_open_data().order_by("pk")
        if self.kind:
            found = found.filter(kind__slug=self.kind)
        if self.sector:
            found = found.filter(sector=self.sector)
        if self.departement:
            found = found.filter(commune__departement=self.departement)
        return found


def last_change():
    """(how many entries there are in the files, when what they say last changed or None): one
    that left them changed them, too."""
    last = Professional.objects.aggregate(last=Max("open_data_changed_at"))["last"]
    return Professional.objects.in_open_data().count(), last


def _entries(choice):
    chunks = choice.entries().with_details().iterator(chunk_size=AT_ONCE)
    for entry in chunks:
        # Not around the loop: between two pieces another request may be answered here.
        with override(LANGUAGE):
            found = public_entry(entry)
        if found is not None:
            yield found


def _values(entry, site):
    """{column: value} of a PublicEntry. *site*: the beginning of addresses."""
    values = {column.name: column.value(entry) for column in COLUMNS}
    values["page"] = f"{site}{values['page']}" if values["page"] else ""
    return values


class _Line:
    """What csv.writer writes to: gives it back."""

    @staticmethod
    def write(text):
        return text


def csv_pieces(choice, site):
    """The CSV in pieces of text: commas, a header, a mark that says UTF-8 to spreadsheets."""
    writer = csv.writer(_Line)
    yield "\ufeff" + writer.writerow([column.name for column in COLUMNS])
    lines = []
    for entry in _entries(choice):
        values = _values(entry, site)
        cells = (_cell(values[c.name], c.is_free) for c in COLUMNS)
        lines.append(writer.writerow(cells))
        if len(lines) == AT_ONCE:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


def _cell(value, is_free):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return BETWEEN.join(value)
    return safe_text(value) if is_free else value


def geojson_pieces(choice, site):
    """A FeatureCollection in pieces of text; the point stands in the geometry alone."""
    about = {"licence": LICENCE, "licence_url": LICENCE_URL}
    yield f'{{"type":"FeatureCollection",{_json(about)[1:-1]},"features":['
    yield from _separated(_feature(entry, site) for entry in _entries(choice))
    yield "]}"


def _feature(entry, site):
    values = _values(entry, site)
    place = [values.pop("longitude"), values.pop("latitude")]
    return {
        "type": "Feature",
        "id": "--".join(source_of(entry)),
        "geometry": None if None in place else {"type": "Point", "coordinates": place},
        "properties": {name: value for name, value in values.items() if value != ""},
    }


def structures_pieces(choice, site):
    """A list of data·inclusion structures in pieces of text."""
    yield "["
    yield from _separated(structure(entry, site) for entry in _entries(choice))
    yield "]"


def structure(entry, site):
    """A PublicEntry in the data·inclusion schema of structures (version 1): what it says
    nothing of is left out."""
    source, key = source_of(entry)
    # Three to 150 letters: a shorter name says what it is, too.
    name = entry.name if len(entry.name) >= 3 else f"{entry.name} {entry.kind}"
    found = {
        "source": source,
        "id": f"{source}--{key}",
        "nom": name[:150],
        "date_maj": timezone.localdate(entry.changed_at).isoformat(),
        "description": entry.description if len(entry.description) >= 5 else "",
        "lien_source": f"{site}{entry.address_url}" if entry.address_url else "",
        "siret": entry.siret,
        "commune": entry.commune,
        "code_postal": entry.postal_code,
        "code_insee": entry.commune_code,
        "adresse": entry.address[0] if entry.address else "",
        "complement_adresse": entry.address[1] if len(entry.address) > 1 else "",
        "longitude": entry.point and entry.point.longitude,
        "latitude": entry.point and entry.point.latitude,
        "telephone": entry.telephone,
        "courriel": entry.email,
        "site_web": entry.website,
        "horaires_accueil": entry.opening_hours,
    }
    return {name: value for name, value in found.items() if value not in ("", None)}


def _separated(things):
    """JSON of each with commas between, many in one piece."""
    pieces, before = [], ""
    for thing in things:
        pieces.append(f"{before}\n{_json(thing)}")
        before = ","
        if len(pieces) == AT_ONCE:
            yield "".join(pieces)
            pieces.clear()
    yield "".join(pieces)


def _json(thing):
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))


PIECES = {"csv": csv_pieces, "geojson": geojson_pieces, "json": structures_pieces}
