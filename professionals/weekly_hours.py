"""Opening hours as people write them, day by day, to and from OpenStreetMap's syntax.

"9h-12h 14h-18h" for each day of the week; what is more than that (holidays, months) is written
in that syntax itself.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
# Of "12h 14h-18h" the 14 are no minutes.
_TIME = r"([0-2]?\d)(?:\s*[:.h](?:\s*([0-5]\d)(?!\d|\s*[:.h]))?)?"
_SPAN = re.compile(rf"{_TIME}\s*(?:-|–|—|à|to|au?|إلى|до)\s*{_TIME}")
_BETWEEN = re.compile(r"[\s,;/&+]|\b(?:et|and|puis|then|ve|і|و)\b")
_NOTHING = {"", "-", "–", "x", "0", "ferme", "fermé", "fermée", "closed"}
_TIMES = r"\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*"
_RULE = re.compile(rf"(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su))? ({_TIMES})")


def times_of(text):
    """One day as people write it ("9h-12h et 14h-18h30") in OpenStreetMap's syntax
    ("09:00-12:00,14:00-18:30"); "" for a closed day. Raises ValidationError: "hours", or
    "hours_order" where a time does not end after it begins, or begins before the last one ended."""
    text = (text or "").strip().lower()
    if text in _NOTHING:
        return ""
    spans = _SPAN.findall(text)
    if not spans or _BETWEEN.sub("", _SPAN.sub("", text)):
        raise _not_understood()
    times, last = [], ""
    for span in spans:
        begin, end = _time(*span[:2]), _time(*span[2:])
        end = "24:00" if end == "00:00" else end
        if not last <= begin < end:
            raise _out_of_order(f"{begin}-{end}")
        times.append(f"{begin}-{end}")
        last = end
    return ",".join(times)


def _time(hour, minute):
    if int(hour) > 24 or (int(hour) == 24 and int(minute or 0)):
        raise _not_understood()
    return f"{int(hour):02}:{minute or '00'}"


def _not_understood():
    return ValidationError(
        _("We do not understand these hours. Write them like 9:00-12:00, 14:00-18:00."),
        code="hours",
    )


def _out_of_order(times):
    return ValidationError(
        _(
            "%(times)s: does it end before it begins? Write the times in their order, like "
            "9:00-12:00, 14:00-18:00; a night goes on at 0:00 on the next day."
        ),
        code="hours_order",
        params={"times": times},
    )


def hours_of(days):
    """The hours of a week in OpenStreetMap's syntax, from {day of DAYS: times_of()}; days in a
    row with the same times stand together."""
    rules = []
    for number, day in enumerate(DAYS):
        times = days.get(day, "")
        if not times:
            continue
        if rules and rules[-1][1] == number - 1 and rules[-1][2] == times:
            rules[-1][1] = number
        else:
            rules.append([number, number, times])
    return "; ".join(
        f"{DAYS[first]}{'' if first == last else f'-{DAYS[last]}'} {times}"
        for first, last, times in rules
    )


def days_of(hours):
    """{day: "9:00-12:00, 14:00-18:00"} of hours that say nothing but the times of days; None
    where they say more."""
    days = {}
    for rule in filter(None, (part.strip() for part in hours.split(";"))):
        found = _RULE.fullmatch(rule)
        if not found:
            return None
        first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
        if last < first or any(day in days for day in DAYS[first : last + 1]):
            return None
        times = re.sub(r"\b0(\d:)", r"\1", found[3]).replace(",", ", ")
        days |= dict.fromkeys(DAYS[first : last + 1], times)
    return days
