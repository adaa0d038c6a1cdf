"""Telephone numbers: kept as E.164 ("+33472123456"), shown the French way ("04 72 12 34 56")."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .departements import OVERSEAS, departement

REGIONS = ["FR", *(departement(code).telephone_region for code in OVERSEAS)]
# As nearly all in France are written; spaces, dots and hyphens left out.
FRENCH = re.compile(r"0[1-9][0-9]{8}")
# Those that are set in pairs of figures: those that begin with 8 are not.
USUAL = re.compile(r"\+33[1-79][0-9]{8}")
BETWEEN = str.maketrans("", "", " .-\u00a0\u202f")
OURS = {*REGIONS, "BL", "MF", "PM", "WF", "PF", "NC"}


def cleaned_telephone(text, departement_code=""):
    """*text* as E.164, "" for nothing; overseas numbers without a country's code are found by
    the code of the *département* or by their beginning. Raises ValidationError ("telephone")."""
    if not (text or "").strip():
        return ""
    regions = [departement(departement_code).telephone_region, *REGIONS]
    if regions[0] == "FR" and (found := _french(text)):
        return found
    for region in dict.fromkeys(regions):
        try:
            number = phonenumbers.parse(text[:40], region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and not number.extension:
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise ValidationError(
        _("This is no telephone number that we know. Write it like 04 72 12 34 56."),
        code="telephone",
    )


def _french(text):
    """The E.164 of a valid number that is written the usual French way, or "": what parse()
    would find, in a third of the time."""
    figures = text.translate(BETWEEN)
    if not FRENCH.fullmatch(figures):
        return ""
    number = phonenumbers.PhoneNumber(country_code=33, national_number=int(figures))
    return f"+33{figures[1:]}" if phonenumbers.is_valid_number(number) else ""


def shown_telephone(number):
    """A kept number as people in France read it, with the country only where it is abroad."""
    if not number:
        return ""
    if USUAL.fullmatch(number):
        figures = f"0{number[3:]}"
        return " ".join(figures[place : place + 2] for place in range(0, 10, 2))
    try:
        found = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    french = phonenumbers.region_code_for_number(found) in OURS and found.country_code != 687
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(found, style.NATIONAL if french else style.INTERNATIONAL)
