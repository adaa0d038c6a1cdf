"""schema.org data about an entry, for search engines."""

import json
import re

from django.utils.safestring import mark_safe

# As Django's json_script escapes: nothing in it can end the script element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
# The type that fits each kind best; all of them are organisations with a place.
TYPES = {
    "pmi": "MedicalClinic",
    "sante": "MedicalBusiness",
    "mode-accueil": "ChildCare",
    "handicap": "MedicalClinic",
    "sapph": "MedicalClinic",
    "ase": "GovernmentOffice",
    "sport": "SportsActivityLocation",
    "parc": "Park",
}
OTHER_TYPE = "LocalBusiness"
DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
DAYS = rf"{DAY}(?:-{DAY})?"
HOURS = r"\d\d:\d\d-\d\d:\d\d"
# What schema.org's openingHours knows of OpenStreetMap's syntax.
SIMPLE = re.compile(rf"({DAYS}(?:,{DAYS})*) ({HOURS}(?:,\s?{HOURS})*)")


def as_json_ld(data):
    """`data` as JSON that may stand inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 - escaped just above


def structured_data(entry, url):
    """A PublicEntry as the fitting type of schema.org; *url*: the full address of its page."""
    data = {
        "@context": "https://schema.org",
        "@type": TYPES.get(entry.kind_slug, OTHER_TYPE),
        "@id": url,
        "url": url,
        "name": entry.name,
        "description": entry.description,
        "legalName": entry.legal_person,
        "telephone": entry.telephone,
        "email": entry.email,
        "sameAs": entry.website,
        "openingHours": _opening_hours(entry.opening_hours),
        "knowsLanguage": [code for code, _label in entry.languages],
        "areaServed": entry.area_served,
        "address": _filled(
            {
                "@type": "PostalAddress",
                "streetAddress": ", ".join(entry.address),
                "postalCode": entry.postal_code,
                "addressLocality": entry.town,
                "addressRegion": entry.departement_name,
                "addressCountry": "FR",
            }
        ),
    }
    if entry.cost == "free":
        data["isAccessibleForFree"] = True
    if entry.point and entry.point_is_exact:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": entry.point.latitude,
            "longitude": entry.point.longitude,
        }
    return as_json_ld(_filled(data))


def _filled(data):
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def _opening_hours(text):
    """The rules of opening hours that schema.org can say: [] unless all days are among them."""
    found = []
    for rule in filter(None, (part.strip() for part in text.split(";"))):
        if match := SIMPLE.fullmatch(rule):
            found += [f"{match[1]} {hours.strip()}" for hours in match[2].split(",")]
        elif not re.fullmatch(r"(PH|SH) (off|closed)", rule):
            return []
    return found
