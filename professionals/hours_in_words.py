"""Opening hours in words: a week, and beside it what no week can say (holidays, seasons, comments).

What these words do not know is told by the library for the week that is, and they say so.
"""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from opening_hours import ParserError

from .departements import departement
from .opening_hours import (
    is_open,
    is_open_in_term,
    is_public_holiday,
    on_holiday,
    parsed,
    rules_of,
)

NBSP = "\u00a0"
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})"
_DATE = rf"{_MONTH}(?: \d{{1,2}})?"
_SEASON = rf"{_DATE}(?:-(?:{_DATE}|\d{{1,2}}))?"
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_NTH = rf"({_DAY})\[([1-4]|-1)(?:,([1-4]|-1))?\]"
_TIMES = r"\d\d?:\d\d-\d\d?:\d\d(?:, ?\d\d?:\d\d-\d\d?:\d\d)*|24/7"
# "PH,Mo-Fr" is "Mo-Fr,PH".
_HOLIDAYS_FIRST = re.compile(
    rf"((?:PH|SH)(?:,(?:PH|SH))*),({_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*)"
)
_RULE = re.compile(
    rf"(?:(?P<seasons>{_SEASON}(?:, ?{_SEASON})*):? ?)?"
    rf"(?P<holidays>(?:PH|SH)(?:, ?(?:PH|SH))*)?:? ?"
    rf"(?P<days>{_NTH}|{_DAY}(?:-{_DAY})?(?:, ?{_DAY}(?:-{_DAY})?)*(?:,(?:PH|SH))*)?:? ?"
    rf"(?P<times>{_TIMES})? ?(?P<state>off|closed|open|unknown)? ?(?P<comment>\"[^\"]*\")?"
)


def in_words(text, departement_code="", at=None):
    """A week of these hours as [(days, hours)] in the language being read: [("Monday to
    Friday", "9:00–12:00, 14:00–18:00"), …], closed days left out; [] where there are none.
    Days in a row with the same hours stand together. A week without holidays is shown; of
    seasons, each has lines of its own."""
    return told(text, departement_code, at)[0]


def beside_the_week(text, departement_code="", at=None):
    """The short sentences that belong beside in_words(): what is so on holidays, in which months
    only, what the comments say."""
    return told(text, departement_code, at)[1]


def told(text, departement_code="", at=None):
    """(in_words(), beside_the_week()) of hours."""
    if not text:
        return [], []
    zone = departement(departement_code).zone
    today = timezone.localtime(at, zone).date()
    monday = today - timedelta(days=today.weekday())
    try:
        parsed(text, zone)
        rules = [
            (sign, _RULE.fullmatch(_HOLIDAYS_FIRST.sub(r"\2,\1", rule)))
            for sign, rule in rules_of(text)
        ]
        if all(rule and _is_plain(sign, rule) for sign, rule in rules):
            return _told([rule for _sign, rule in rules], monday, zone)
        return _this_week(text, monday, departement_code)
    except ParserError:
        return [], []


def now_in_words(text, departement_code="", at=None):
    """Whether hours are open *at* an aware datetime, now without one, as a card says it; "" where
    that is not known."""
    found = is_open(text, departement_code, at)
    if found is not None:
        return _("Open now") if found else _("Closed now")
    if is_open_in_term(text, departement_code, at):
        return _("Open now, except in the school holidays")
    return ""


def _is_plain(sign, rule):
    """Whether _told() knows what a rule after that sign says."""
    if sign == " || ":
        return _is_comment(rule)
    return not (rule["holidays"] and rule["seasons"])


def _is_comment(rule):
    """Whether it says nothing but a comment."""
    return rule["comment"] == rule[0]


def _told(rules, monday, zone):
    week, seasons, lines, beside = [], {}, [], []
    for rule in rules:
        if _is_comment(rule):
            beside.append(_quoted(rule["comment"]))
        elif rule["holidays"]:
            beside += _on_holidays(rule, monday, zone)
        elif rule["state"] in ("off", "closed") and not rule["times"]:
            if rule["seasons"] or rule["comment"] or (rule["days"] and "[" in rule["days"]):
                beside.append(_closed(rule))
            else:
                week.append(rule[0])
        elif rule["days"] and "[" in rule["days"]:
            lines.append((_when(rule), _times(rule, monday, zone)))
        elif rule["seasons"]:
            bare = rule[0][rule.end("seasons") - rule.start() :].lstrip(": ")
            seasons.setdefault(rule["seasons"], []).append(bare or "24/7")
        else:
            week.append(_without_holidays(rule[0]))
            beside += [_on_holidays_too(one) for one in _holidays_among(rule["days"])]
    found = _week("; ".join(week), monday, zone)
    if len(seasons) == 1 and not found and not lines:
        [(season, its)] = seasons.items()
        found = _week("; ".join(its), monday, zone)
        beside.insert(0, _("Only: %(when)s") % {"when": _seasons(season)})
    else:
        for season, its in seasons.items():
            for days, hours in _week("; ".join(its), monday, zone):
                lines.append((f"{_seasons(season)}, {days}", hours))
    return found + lines, list(dict.fromkeys(beside))


def _this_week(text, monday, departement_code):
    """Of hours that no words here know: what the library makes of the week that is."""
    days = (monday + timedelta(days=n) for n in range(7))
    lines = _lines([_hours_on(text, day, departement_code) for day in days])
    if lines:
        return lines, [_("These are the hours of this week. They change: ask before you come.")]
    return [], [_("The hours change from week to week: ask before you come.")]


def _hours_on(text, day, departement_code):
    zone = departement(departement_code).zone
    text = on_holiday(text, "PH", is_public_holiday(day, departement_code))
    return _hours_of(parsed(on_holiday(text, "SH", False), zone), day, zone)


def _week(text, monday, zone):
    if not text:
        return []
    found = parsed(text, zone)
    return _lines([_hours_of(found, monday + timedelta(days=n), zone) for n in range(7)])


def _lines(days):
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
    says_no_times = "24/7" not in str(found)
    for start, stop, state, comment in found.intervals(begin, end):
        if str(state) == "closed":
            continue
        if comment and says_no_times and (start, stop) == (begin, end):
            hours.append(_quoted(comment))
            continue
        said = (
            _("all day")
            if (start, stop) == (begin, end)
            else f"{_time(start)}–{_time(stop) if stop != end else _clock(24, 0)}"
        )
        if str(state) == "unknown":
            said = _("%(hours)s, to be confirmed") % {"hours": said}
        hours.append(f"{said} ({_quoted(comment)})" if comment else said)
    return hours


def _time(moment):
    return _clock(moment.hour, moment.minute)


def _clock(hour, minute):
    if minute:
        text = pgettext("a time of day", "%(hour)s:%(minute)s")
    else:
        text = pgettext("a time of day", "%(hour)s:00")
    return (text % {"hour": hour, "minute": f"{minute:02}"}).replace(" ", NBSP)


def _quoted(comment):
    """A comment as its writer wrote it, whatever the direction of the page."""
    words = comment.strip('"').strip()
    return f"\u2068{words}\u2069"


def _days(first, last):
    if first == last:
        return str(WEEKDAYS[first])
    return _span(WEEKDAYS[first], WEEKDAYS[last], last == first + 1)


def _span(first, last, are_neighbours=False):
    text = _("%(first)s and %(last)s") if are_neighbours else _("%(first)s to %(last)s")
    return text % {"first": first, "last": last}


# Holidays


def _on_holidays(rule, monday, zone):
    which = re.findall("PH|SH", rule["holidays"])
    if rule["state"] in ("off", "closed"):
        closed = {
            "PH": _("Closed on public holidays"),
            "SH": _("Closed in the school holidays"),
        }
        return [_with_comment(closed[one], rule) for one in which]
    own = [_on_holidays_too(one) for one in which]
    if rule["days"]:  # on these days of the holidays
        week = _week(f"{rule['days']} {_rest(rule)}", monday, zone)
        hours = ", ".join(f"{days} {hours}" for days, hours in week)
    elif rule["times"] or rule["comment"]:
        hours = _times(rule, monday, zone)
    else:
        return own
    return [_("%(when)s: %(hours)s") % {"when": one, "hours": hours} for one in own]


def _on_holidays_too(which):
    return _("Open on public holidays") if which == "PH" else _("Open in the school holidays")


def _holidays_among(days):
    return re.findall("PH|SH", days or "")


def _without_holidays(rule):
    return re.sub(r",(?:PH|SH)\b", "", rule)


# Days, months and what else a rule says


def _rest(rule):
    return " ".join(filter(None, (rule["times"], rule["state"], rule["comment"])))


def _times(rule, monday, zone):
    return ", ".join(_hours_of(parsed(_rest(rule) or "24/7", zone), monday, zone))


def _closed(rule):
    text = _("Closed: %(when)s") % {"when": _when(rule)}
    return _with_comment(text, rule)


def _with_comment(text, rule):
    return f"{text} ({_quoted(rule['comment'])})" if rule["comment"] else text


def _when(rule):
    days = rule["days"] or ""
    if found := re.fullmatch(_NTH, days):
        names = ", ".join(_nth(number) for number in found.groups()[1:] if number)
        days = pgettext("a day of the month", "%(which)s %(day)s of the month") % {
            "which": names,
            "day": WEEKDAYS[_DAYS.index(found[1])],
        }
    elif days:
        days = ", ".join(_days_of(part.strip()) for part in days.split(","))
    return ", ".join(filter(None, (_seasons(rule["seasons"] or ""), days)))


def _nth(number):
    return {
        "1": pgettext("a day of the month", "first"),
        "2": pgettext("a day of the month", "second"),
        "3": pgettext("a day of the month", "third"),
        "4": pgettext("a day of the month", "fourth"),
        "-1": pgettext("a day of the month", "last"),
    }[number]


def _days_of(part):
    first, _sign, last = part.partition("-")
    return _days(_DAYS.index(first), _DAYS.index(last or first))


def _seasons(text):
    return ", ".join(_season(part.strip()) for part in text.split(",") if part.strip())


def _season(text):
    first, _sign, last = text.partition("-")
    if not last:
        return _date(first)
    if last.isdecimal():
        last = f"{first[:3]} {last}"
    first_month, last_month = (_MONTHS.index(one[:3]) for one in (first, last))
    are_months = len(first) == len(last) == 3
    return _span(_date(first), _date(last), are_months and last_month == first_month + 1)


def _date(text):
    number = _MONTHS.index(text[:3]) + 1
    if not text[3:]:
        return str(MONTHS[number])
    return date_format(date(2000, number, int(text[3:])), "MONTH_DAY_FORMAT")
