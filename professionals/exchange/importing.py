"""A file into the directory: what each row would do, and doing it.

An entry is found by its source and its identifier there, never by its name. What the source last
said of it is kept (SourceRecord): where the entry says something else since, a person changed
it, and the import leaves that and says so. What nobody has accepted is written at once; an
entry that moderators accepted changes as by its own professional (professionals.changes).
"""

from collections import Counter
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from professionals.models import Kind, Professional, PurgedSource, SourceRecord
from professionals.models.choices import State
from professionals.reviewed import LISTS

from . import persons, writing
from .checking import check
from .columns import BETWEEN, COLUMN_OF_FIELD, COLUMNS, OUR_SOURCE
from .reading import FileError, rows_of
from .rows import FIELDS, RowReader
from .steps import Known, RowReport, Step, What

AT_ONCE = 1000  # rows
COLUMN_NAMES = {column.name for column in COLUMNS}
MOST_NAMES = 30  # of columns in one sentence
# What is read of an entry to compare it; its lists come by queries of their own.
COMPARED = (
    *("pk", "slug", "source_id", "state", "purged_at", *persons.CONSENTS),
    *(name for name in FIELDS if name not in LISTS),
)


class NotImported(Exception):  # noqa: N818 - no error of the program: an answer
    """Nothing was written; str() is the sentence of why."""


def import_file(file, *, write=False, good_rows=False, told=None, noted=None, **of_rows):
    """Look at an open binary file, and *write* it: all rows or, where some are refused, none;
    with *good_rows* those that can be. *of_rows*: as for RowReader, of rows that do not say.
    *told*(RowReport) is called for each row, *noted*(a sentence) at the end for what concerns
    the file as a whole. Returns a Counter of What. Raises FileError or
    NotImported, and then nothing is written."""
    told, noted = (function or (lambda said: None) for function in (told, noted))
    notes, reader = Notes(), RowReader(**of_rows)
    if not write:
        counts = _go_through(file, reader, told, notes)
        notes.tell(noted)
        return counts
    try:
        with transaction.atomic():
            writer = writing.Writer()
            counts = _go_through(file, reader, told, notes, writer, good_rows)
            if counts[What.REFUSED] and not good_rows:
                raise NotImported(
                    _("Nothing was imported: some rows are refused. Import the good rows alone?")
                )
            writer.finish()
    except IntegrityError as error:
        raise NotImported(
            _("Nothing was imported: somebody else changed the directory meanwhile. Try again.")
        ) from error
    notes.tell(noted)
    return counts


class Notes:
    """What is to be said of a file as a whole: the columns of which nothing is taken, and how
    many new entries nobody finds who chooses a priority."""

    def __init__(self):
        self.columns, self.without_priority = {}, 0

    def look(self, rows, steps):
        for row in rows:
            self.columns.update(dict.fromkeys(row.values.keys() - COLUMN_NAMES))
        made = [step.put for step in steps if step.report.what == What.CREATED]
        self.without_priority += sum(not put.get("priorities") for put in made)

    def tell(self, noted):
        if self.columns:
            names = [name[:40] for name in sorted(self.columns)]
            said = ", ".join(names[:MOST_NAMES]) + (", …" if names[MOST_NAMES:] else "")
            noted(_("Not taken, since we have no such column: %(names)s.") % {"names": said})
        if self.without_priority:
            noted(
                ngettext(
                    "%(number)d new entry names no priority: who chooses one does not find it.",
                    "%(number)d new entries name no priority: who chooses one does not find them.",
                    self.without_priority,
                )
                % {"number": self.without_priority}
            )


def _go_through(file, reader, told, notes, writer=None, good_rows=False):
    counts, seen = Counter(dict.fromkeys(What.values, 0)), {}
    rows = rows_of(file)
    while some := list(islice(rows, AT_ONCE)):
        steps = [_decided(step) for step in _found(list(reader.read(some)), seen, writer)]
        check(steps, reader.communes, keeps=writer is not None)
        notes.look(some, steps)
        if writer is not None and (good_rows or not counts[What.REFUSED]):
            writer.write(steps, is_last=len(some) < AT_ONCE)
        for step in steps:
            counts[step.report.what] += 1
            told(step.report)
    if not sum(counts.values()):
        raise FileError(_("This file has no row below the names of the columns."))
    return counts


def _key(wanted):
    return wanted.source, wanted.source_id


def _found(batch, seen, writer):
    """A Step for each Wanted, with what is there. *seen*: {key: row} so far."""
    entries = _entries_of(batch, locked=writer is not None)
    new = {_key(one) for one in batch if not one.problems} - entries.keys()
    purged = PurgedSource.objects.among(new)
    for wanted in batch:
        key = _key(wanted)
        if not wanted.problems and key in seen:
            wanted.problems.append(
                _("Row %(number)d has the same source and identifier.") % {"number": seen[key]}
            )
        if all(key):
            seen.setdefault(key, wanted.number)
        report = RowReport(wanted.number, What.LEFT, *key, wanted.name[:150])
        yield Step(report, wanted, entries.get(key), is_purged=key in purged)


def _entries_of(batch, locked):
    """{(source, identifier): Known} of those that are there. No Professional is made of them:
    most rows of most files change nothing."""
    by_source = {}
    for wanted in batch:
        by_source.setdefault(wanted.source[:100], set()).add(wanted.source_id[:200])
    found = {}
    for source, wanted_keys in by_source.items():
        # A refused row has neither, or what no database takes.
        keys = {key for key in wanted_keys if key and "\0" not in key}
        if not source or not keys or "\0" in source:
            continue
        entries = Professional.objects.order_by("pk")
        if locked:
            entries = entries.select_for_update()
        entries = entries.values(*COMPARED)
        if source == OUR_SOURCE:
            own = entries.filter(source="", slug__in=keys).exclude(first_published_at=None)
            found |= {(source, row["slug"]): Known(row) for row in own}
        for row in entries.filter(source=source, source_id__in=keys):
            found[source, row["source_id"]] = Known(row)
    _complete({known.row["pk"]: known for known in found.values()})
    return found


def _complete(known):
    """Tell each Known, by primary key, its lists and what its source said."""
    if not known:
        return
    kinds = dict(Kind.objects.values_list("pk", "slug"))
    for one in known.values():
        one.row |= {"kind": kinds.get(one.row["kind"]), **{name: [] for name in LISTS}}
    for name in LISTS:
        slug = f"{getattr(Professional, name).field.m2m_reverse_field_name()}__slug"
        through = getattr(Professional, name).through.objects
        for pk, one in through.filter(professional__in=known).values_list("professional", slug):
            known[pk].row[name].append(one)
    for pk, said in SourceRecord.objects.filter(pk__in=known).values_list("pk", "said"):
        known[pk].said = said


def _decided(step):
    """Say in its report what becomes of a row, and in *put* what of it is to be written."""
    report, wanted, known = step.report, step.wanted, step.known
    if wanted.problems:
        report.what, report.reasons = What.REFUSED, wanted.problems
    elif step.is_purged:
        report.reasons.append(
            _("It was withdrawn or refused here, and its data deleted: it does not come back.")
        )
    elif known is None:
        report.what = What.CREATED
        step.put = wanted.values | wanted.suggested
        step.said = {name: as_json(value) for name, value in step.put.items() if value}
        persons.of_new(step)
        report.made = [(COLUMN_OF_FIELD[n].name, as_text(v)) for n, v in step.said.items()]
    elif known.row["state"] in (State.WITHDRAWN, State.REFUSED) or known.row["purged_at"]:
        state = State(known.row["state"]).label
        report.reasons.append(_("It is “%(state)s” here, and stays so.") % {"state": state})
    else:
        _compare(step)
    return step


def _compare(step):
    row, record = step.known.row, step.known.said is not None
    said = dict(step.known.said or {})
    # A sector that nobody said goes with the kind.
    sector = {n: value for n, value in step.wanted.suggested.items() if n == "sector"}
    for name, value in (step.wanted.values | sector).items():
        if name == persons.FIELD or (name in sector and "kind" not in step.put):
            continue
        old, new, before = as_json(row[name]), as_json(value), said.get(name)
        column = COLUMN_OF_FIELD[name].name
        if old == new:
            if record and new and before != new:
                said[name] = new
        elif new == before or (not new and not before):
            continue  # the source says what it said; people have it otherwise here
        elif record and (old == before or (not old and not before)):
            step.put[name] = value
            said[name] = new
            step.report.changes.append((column, old, new))
        else:
            step.report.kept.append((column, old, new))
    persons.of_known(step, said if record else None)
    if step.put:
        step.report.what = What.CHANGED
    if record and said != step.known.said:
        step.said = said


def as_json(value):
    """A value of an entry as it is remembered and shown: slugs and codes instead of rows. What
    stands for nothing is ""."""
    if isinstance(value, list):
        return sorted(getattr(one, "slug", one) for one in value)
    if hasattr(value, "pk"):
        return getattr(value, "slug", value.pk)
    return "" if value is None or value is False else value


def as_text(value):
    """The same for people to read."""
    if isinstance(value, bool) or value == persons.PRESUMED:
        return persons.OUI[bool(value)]
    return BETWEEN.join(value) if isinstance(value, list) else str(value)
