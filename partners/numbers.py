"""What may be told of how often topics, lists of them and the map were seen: months, and no number
that is small.

A number is that of one partner, topic, language and month; of lists, and of the map, one each
in place of the topic, which stand apart, since no topic was read there. Under FEWEST it is not
told, only that there was one; each sum is made of the numbers that are told, so that nothing
comes out by subtraction. Days are told to nobody, and the month that goes on only in whole tens,
so that nobody finds a day by looking every day. docs/decisions/0025-counting-embeds.md
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.utils import timezone

from pages.models import TopicPage
from partners.models import EmbedCount, Partner

Kind = EmbedCount.Kind
FEWEST = 5
TENS = 10
# How many months a chart shows.
MONTHS = 12
SILENT_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Cell:
    """Views of one topic in one language in one month, or of another *kind* (EmbedCount.Kind),
    without a *topic*. *number*: as it is told, None for one under FEWEST;
    *goes_on*: whether the month does."""

    partner: int | None
    kind: str
    topic: str
    language: str
    month: date
    number: int | None
    goes_on: bool


@dataclass
class Line:
    """One bar of a chart and its row in the table. *number*: the sum of what is told; *few*: how
    many numbers under FEWEST are not in it; *share*: of the largest, in percent."""

    what: object
    number: int = 0
    few: int = 0
    share: int = 0
    goes_on: bool = False


@dataclass
class Numbers:
    """What is told, in Lines: of topics the *months*, the newest first, and the *topics*, the
    most read first; of *lists* and of *maps* their months."""

    cells: list = field(default_factory=list)
    months: list = field(default_factory=list)
    topics: list = field(default_factory=list)
    lists: list = field(default_factory=list)
    maps: list = field(default_factory=list)


def numbers_of(partner):
    """The Numbers of a Partner over MONTHS months; of None, those of all together."""
    titles, cells = {}, []
    today = timezone.localdate()
    first = _months_before(today.replace(day=1), MONTHS - 1)
    for row in EmbedCount.objects.of(partner).filter(day__gte=first).by_month():
        month = date(row["day__year"], row["day__month"], 1)
        goes_on = month == today.replace(day=1)
        number = _told(row["total"], goes_on)
        kind, key, language = row["kind"], row["topic_key"], row["language"]
        if kind == Kind.TOPIC:
            titles.setdefault(key, str(key))
        cells.append(Cell(row["partner_id"], kind, key, language, month, number, goes_on))
    titles |= _titles(titles)
    cells = [replace(cell, topic=titles.get(cell.topic, "")) for cell in cells]
    cells.sort(
        key=lambda cell: (cell.month, cell.kind, cell.topic, cell.language, cell.partner or 0)
    )
    topics = [cell for cell in cells if cell.kind == Kind.TOPIC]
    return Numbers(
        cells,
        _months(topics),
        sorted(_lines(topics, lambda cell: cell.topic), key=lambda line: (-line.number, line.what)),
        *(_months([cell for cell in cells if cell.kind == kind]) for kind in (Kind.LIST, Kind.MAP)),
    )


def by_partner():
    """[(Partner, None for embeds without a key; its Line of topics; that of lists and the map;
    the last day on which any was seen, None without views; whether it has gone silent)], of all
    partners, by name."""
    cells = numbers_of(None).cells
    topics = _partners([cell for cell in cells if cell.kind == Kind.TOPIC])
    others = _partners([cell for cell in cells if cell.kind != Kind.TOPIC])
    last = EmbedCount.objects.last_days()
    before = timezone.localdate() - SILENT_AFTER
    partners = list(Partner.objects.all())
    if None in last:
        partners.append(None)
    rows = []
    for partner in partners:
        pk = partner and partner.pk
        day = last.get(pk)
        silent = partner is not None and partner.active and day is not None and day < before
        lines = (topics.get(pk, Line(pk)), others.get(pk, Line(pk)))
        rows.append((partner, *lines, day, silent))
    return rows


def _told(number, goes_on):
    if goes_on:
        return number - number % TENS
    return number if number >= FEWEST else None


def _months(cells):
    lines = _lines(cells, lambda cell: cell.month)
    return sorted(lines, key=lambda line: line.what, reverse=True)


def _partners(cells):
    """{partner's pk: its Line}."""
    return {line.what: line for line in _lines(cells, lambda cell: cell.partner)}


def _lines(cells, what_of):
    lines = {}
    for cell in cells:
        line = lines.setdefault(what_of(cell), Line(what_of(cell)))
        line.goes_on = line.goes_on or cell.goes_on
        if cell.number is None:
            line.few += 1
        else:
            line.number += cell.number
    most = max((line.number for line in lines.values()), default=0)
    for line in lines.values():
        line.share = round(100 * line.number / most) if most else 0
    return list(lines.values())


def _titles(keys):
    """{topic key: title}, that of the French page if there is one."""
    titles = defaultdict(str)
    pages = TopicPage.objects.filter(translation_key__in=keys).order_by("locale__language_code")
    for key, title, code in pages.values_list("translation_key", "title", "locale__language_code"):
        if code == "fr" or not titles[key]:
            titles[key] = title
    return titles


def _months_before(month, number):
    count = month.year * 12 + month.month - 1 - number
    return date(count // 12, count % 12 + 1, 1)
