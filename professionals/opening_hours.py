"""Opening hours: kept in OpenStreetMap's syntax, asked for a moment (hours_in_words tells them)."""

import re
from functools import cache, lru_cache

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from holidays import France
from opening_hours import OpeningHours, ParserError

from .departements import OVERSEAS, code_of_zone, departement

LONGEST = 500  # characters
# Without this the library looks for the next change until the year 9999.
WITHIN_DAYS = 366
# Départements with public holidays of their own, by what the library calls them: Good Friday and 26
# December in Alsace and Moselle (labour code, L3134-13), the end of slavery overseas (L3422-2), and
# what custom adds there.
OWN_HOLIDAYS = {"57": "57", "67": "6AE", "68": "6AE", **{code: code for code in OVERSEAS}}
ALSACE_MOSELLE = ("57", "67", "68")
_QUOTED = re.compile(r'("[^"]*")')
# A comma parts rules where it does not go on with times, days or dates.
_BETWEEN = re.compile(r"(;|\|\||(?:(?<=:\d\d)|(?<=off)|(?<=closed)),(?=\s*[A-Z]))")
_SIGNS = {";": "; ", ",": ", ", "||": " || "}
# No end, or one that depends on the sun: the library guesses.
_VAGUE = re.compile(r"\d\+|sunrise|sunset|dawn|dusk")
_HOLIDAYS_ON_DAYS = re.compile(r"((?:PH|SH)(?:,(?:PH|SH))*):?\s+(?=(?:Mo|Tu|We|Th|Fr|Sa|Su)\b)")


@lru_cache(maxsize=16_384)
def parsed(text, zone):
    """The OpeningHours that *text* means, in a ZoneInfo, which know of no holiday. Raises
    ParserError."""
    return OpeningHours(text, timezone=zone, max_interval_days=WITHIN_DAYS)


def cleaned_hours(text):
    """*text* as it is kept, "" for nothing. Raises ValidationError ("opening_hours")."""
    text = " ".join((text or "").split())
    if not text:
        return ""
    if len(text) > LONGEST or not _is_understood(text):
        raise ValidationError(
            _("We do not understand these hours. An example: Mo-Fr 09:00-12:00,14:00-18:00."),
            code="opening_hours",
        )
    return text


# The entries of a file share few.
@lru_cache(maxsize=4096)
def _is_understood(text):
    try:
        OpeningHours(text, country="FR")
    except (ParserError, ValueError):
        return False
    return True


def is_open(text, departement_code, at=None):
    """Whether hours (kept as *text*) are open *at* an aware datetime, now without one; None
    where there are none or they do not say: what a comment says is for people to read, and when
    the school holidays are is not known."""
    if not text:
        return None
    code = code_of_hours(text, departement_code)
    return is_open_in(text, code, local_minute(code, at))


def code_of_hours(text, departement_code):
    """One code for all départements in which these hours are open at the same moments."""
    if "PH" in text and departement_code in ALSACE_MOSELLE:
        return ALSACE_MOSELLE[0]
    return code_of_zone(departement_code)


def local_minute(departement_code, at=None):
    """The minute that it is there *at* an aware datetime, now without one: hours know nothing
    shorter."""
    there = timezone.localtime(at, departement(departement_code).zone)
    return there.replace(second=0, microsecond=0)


def is_open_in(text, code, minute):
    """As is_open(), by a code_of_hours() in its local_minute(). Asked of very many, and again in
    the same minute."""
    # The same moment elsewhere is an equal datetime, and another hour of the day.
    return _is_open_there(text, code, minute.replace(tzinfo=None))


@lru_cache(maxsize=32_768)
def _is_open_there(text, code, minute):
    zone = departement(code).zone
    try:
        if "PH" in text:
            text = on_holiday(text, "PH", is_public_holiday(minute.date(), code))
        if "SH" not in text:
            return _is_open_by(text, minute, zone)
        either = {_is_open_by(on_holiday(text, "SH", now), minute, zone) for now in (True, False)}
    except ParserError:
        return None
    return either.pop() if len(either) == 1 else None


def is_open_in_term(text, departement_code, at=None):
    """As is_open(), as it is outside the school holidays; None where they make no difference."""
    if "SH" not in text:
        return None
    minute = local_minute(departement_code, at)
    zone, bare = minute.tzinfo, minute.replace(tzinfo=None)
    text = on_holiday(text, "PH", is_public_holiday(bare.date(), departement_code))
    try:
        return _is_open_by(on_holiday(text, "SH", False), bare, zone)
    except ParserError:
        return None


def _is_open_by(text, minute, zone):
    """Of hours that speak of no holidays; None for what only a person can read: as OpenStreetMap
    has it, a comment alone ("by appointment") says neither open nor closed."""
    if not text:
        return False
    found, comment = parsed(text, zone).state(minute.replace(tzinfo=zone))
    if str(found) != "open":
        return None if str(found) == "unknown" else False
    return None if _VAGUE.search(text) or (comment and 'open "' not in text) else True


@lru_cache(maxsize=1024)
def is_public_holiday(day, departement_code):
    """Whether a date is a public holiday in a département."""
    return day in _holidays(OWN_HOLIDAYS.get(departement_code))


@cache
def _holidays(part):
    return France(subdiv=part)


def rules_of(text):
    """[(the sign before it: "", "; ", ", " or " || ", a rule)] of hours."""
    found = [["", ""]]
    for piece in _QUOTED.split(text):
        if piece.startswith('"'):
            found[-1][1] += piece
            continue
        first, *others = _BETWEEN.split(piece)
        found[-1][1] += first
        for sign, rule in zip(others[::2], others[1::2], strict=True):
            found.append([_SIGNS[sign.strip()], rule])
    return [(sign, rule.strip()) for sign, rule in found if rule.strip()]


# Very many are asked for every minute, and a day long for the same.
@lru_cache(maxsize=16_384)
def on_holiday(text, which, is_one):
    """Hours as they are on a day that is one of *which* holidays ("PH", "SH"), or on others."""
    told = ""
    for sign, rule in rules_of(text):
        if said := _rule_on_holiday(rule, which, is_one):
            told += f"{sign}{said}" if told else said
    return told


def _rule_on_holiday(rule, which, is_one):
    on_days = _HOLIDAYS_ON_DAYS.match(rule)
    if on_days and which in on_days[1]:
        # "SH Mo-Fr": both at once, where the library takes either.
        return rule[on_days.end() :] if is_one else ""
    if not is_one:
        return rule
    parts = _QUOTED.split(rule)
    return "".join(
        part if part.startswith('"') else re.sub(rf"\b{which}\b", "Mo-Su", part) for part in parts
    )
