"""Opening hours: kept in OpenStreetMap's syntax, told in words, asked for a moment."""

from datetime import datetime, time, timedelta
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError

from .departements import departement

LONGEST = 500  # characters
# Without this the library looks for the next change until the year 9999.
WITHIN_DAYS = 366


@lru_cache(maxsize=16_384)
def parsed(text, zone):
    """The OpeningHours that *text* means, in a ZoneInfo, with French public holidays. Raises
    ParserError."""
    return OpeningHours(text, timezone=zone, country="FR", max_interval_days=WITHIN_DAYS)


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
    where there are none or they do not say."""
    if not text:
        return None
    return is_open_in(text, local_minute(departement_code, at))


def local_minute(departement_code, at=None):
    """The minute that it is there *at* an aware datetime, now without one: hours know nothing
    shorter."""
    there = timezone.localtime(at, departement(departement_code).zone)
    return there.replace(second=0, microsecond=0)


def is_open_in(text, minute):
    """As is_open(), in a local_minute(). Asked of very many, and again in the same minute."""
    # The same moment elsewhere is an equal datetime, and another hour of the day.
    return _is_open_there(text, minute.replace(tzinfo=None), minute.tzinfo)


@lru_cache(maxsize=32_768)
def _is_open_there(text, minute, zone):
    minute = minute.replace(tzinfo=zone)
    try:
        found = parsed(text, zone)
        return None if found.is_unknown(minute) else found.is_open(minute)
    except ParserError:
        return None


def in_words(text, departement_code="", at=None):
    """A week of these hours as [(days, hours)] in the language being read: [("Monday to
    Friday", "9:00–12:00, 14:00–18:00"), …], closed days left out; [] where there are none.
    Days in a row with the same hours stand together. A week without public holidays is shown."""
    if not text:
        return []
    zone = departement(departement_code).zone
    try:
        # Of holidays and seasons, a line of a week says nothing: they are told beside it.
        found = OpeningHours(text, timezone=zone, max_interval_days=WITHIN_DAYS)
    except ParserError:
        return []
    today = timezone.localtime(at, zone).date()
    monday = today - timedelta(days=today.weekday())
    days = [_hours_of(found, monday + timedelta(days=number), zone) for number in range(7)]
    lines, first = [], 0
    for number in range(1, 8):
        if number == 7 or days[number] != days[first]:
            if days[first]:
                lines.append((_days(first, number - 1), ", ".join(days[first])))
            first = number
    return lines


def _hours_of(found, day, zone):
    begin = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    hours = []
    for start, stop, state, _comment in found.intervals(begin, end):
        if str(state) == "open":
            hours.append(
                _("all day")
                if (start, stop) == (begin, end)
                else f"{_time(start)}–{_time(stop) if stop != end else '24:00'}"
            )
    return hours


def _time(moment):
    return time_format(moment.time(), "G:i")


def _days(first, last):
    if first == last:
        return str(WEEKDAYS[first])
    if last == first + 1:
        names = {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}
        return _("%(first)s and %(last)s") % names
    return _("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}
