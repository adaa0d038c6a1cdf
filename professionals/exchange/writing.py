"""Entries written by the thousand: what Professional.save() would do one by one."""

import json

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django_tasks import task
from wagtail.search.backends import get_search_backends

from professionals import last_changes, listing
from professionals.bulk import insert
from professionals.models import EntryEvent, Professional, SourceRecord
from professionals.models.choices import State
from professionals.models.professional import RESERVED_SLUGS, SLUG_LETTERS
from professionals.reviewed import LISTS

from .checking import changes_apart
from .rows import FIELDS
from .steps import What

INDEXED_AT_ONCE = 2000
# What follows from them.
FOLLOWING = ("email_is_public", "first_published_at", "changed_at")
COLUMNS = [name for name in FIELDS if name not in LISTS]


@task(backend="slow")
def index_entries(pks):
    """Have the admin's search find the entries with these primary keys."""
    for backend in get_search_backends(with_auto_update=True):
        for first in range(0, len(pks), INDEXED_AT_ONCE):
            some = Professional.objects.filter(pk__in=pks[first : first + INDEXED_AT_ONCE])
            backend.add_bulk(Professional, list(some.select_related("commune")))


def store(entries, lists):
    """Store new, complete Professionals, in a transaction, with *lists*: for each of them {name:
    [rows]}. Lists and the map are still to be told: see listing.keep()."""
    give_slugs(entries)
    for entry in entries:
        entry.prepare()
    Professional.objects.bulk_create(entries, batch_size=500)
    put_lists(zip(entries, lists, strict=True), new=True)


def give_slugs(entries):
    """As Professional.new_slug(), for many with one query."""
    wanted = []
    for entry in entries:
        words = slugify(f"{entry.name} {entry.commune.name}")[:66].strip("-")
        wanted.append(words or "professionnel")
    taken = set(Professional.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS | {"professionnel"}
    for entry, words in zip(entries, wanted, strict=True):
        slug = f"{words}-{get_random_string(6, SLUG_LETTERS)}" if words in taken else words
        taken.add(slug)
        entry.slug = slug


def put_lists(pairs, new=False):
    """Give each stored entry of *pairs* the rows of its {list: [rows]}, instead of those that
    it has."""
    pairs = list(pairs)
    for name in LISTS:
        through = getattr(Professional, name).through
        target = getattr(Professional, name).field.m2m_reverse_name()
        columns = ["professional_id", target]
        concerned = [(entry, lists[name]) for entry, lists in pairs if name in lists]
        if not new:
            pks = [entry.pk for entry, _rows in concerned]
            through.objects.filter(professional_id__in=pks).delete()
        rows = [(entry.pk, row.pk) for entry, rows in concerned for row in rows]
        insert("default", through, columns, rows)


def _shows_email(entry):
    """What a directory says of an organisation is public; of a person, she says."""
    return bool(entry.email) and not entry.is_natural_person


class Writer:
    """Writes rows that are decided and checked (Steps) in the transaction of whoever calls it;
    finish() ends it."""

    def __init__(self):
        self.now = timezone.now()
        self.written = []
        self.to_count = False

    def write(self, steps, is_last):
        """Write a batch. *is_last*: no other one follows."""
        made = [step for step in steps if step.report.what == What.CREATED]
        changed, apart = [], []
        for step in steps:
            if step.report.what == What.CHANGED:
                (apart if changes_apart(step.entry) else changed).append(step)
        self._create(made)
        self._change(changed)
        bulk = [step.entry for step in (*made, *changed)]
        remembered = [*made, *changed, *apart]
        remembered += [step for step in steps if step.report.what == What.LEFT and step.said]
        self._remember(remembered, new=made)
        pks = [entry.pk for entry in bulk]
        # A small import keeps the counts as it goes; a large one counts anew at its end.
        counted = is_last and not self.written
        self.to_count = self.to_count or bool(pks and not counted)
        self.written += pks
        listing.keep([step.entry.pk for step in changed], counted=counted)
        priorities = [[one.number for one in step.put.get("priorities", [])] for step in made]
        new = zip([step.entry for step in made], priorities, strict=True)
        listing.add(new, counted=counted)

    def _create(self, steps):
        for step in steps:
            values = {n: v for n, v in step.put.items() if n not in LISTS}
            step.entry = Professional(
                **values,
                source=step.wanted.source,
                source_id=step.wanted.source_id,
                state=State.PUBLISHED,
                last_published_at=self.now,
            )
            step.entry.email_is_public = _shows_email(step.entry)
        lists = [{name: step.put.get(name, []) for name in LISTS} for step in steps]
        store([step.entry for step in steps], lists)
        self._record([(step.entry, EntryEvent.What.IMPORTED, []) for step in steps])

    def _change(self, steps):
        for step in steps:
            had_email = step.known.row["email"]
            if "is_natural_person" in step.put or ("email" in step.put and not had_email):
                step.entry.email_is_public = _shows_email(step.entry)
            step.entry.prepare()
            step.entry.content_changed_at = step.entry.open_data_changed_at = self.now
        # An upsert, since bulk_update() writes a CASE of a thousand rows for each column.
        Professional.objects.bulk_create(
            [step.entry for step in steps],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*COLUMNS, *FOLLOWING, *last_changes.WRITTEN],
            batch_size=500,
        )
        put_lists((step.entry, step.put) for step in steps)
        self._record([(step.entry, EntryEvent.What.CHANGED, sorted(step.put)) for step in steps])

    @staticmethod
    def _record(events):
        by, at = EntryEvent.By.IMPORT.value, timezone.now()
        rows = [
            (entry.pk, what.value, by, at, "", json.dumps({"fields": fields} if fields else {}))
            for entry, what, fields in events
        ]
        columns = ["professional_id", "what", "by", "at", "reason", "details"]
        insert("default", EntryEvent, columns, rows)

    @staticmethod
    def _remember(steps, new):
        """Keep what the source said in the *steps*; the *new* ones of them have no record."""
        made = {step.report.number for step in new}
        for are_new, key in ((True, None), (False, "professional_id")):
            rows = [
                (step.entry.pk if step.entry else step.known.row["pk"], json.dumps(step.said))
                for step in steps
                if step.said is not None and (step.report.number in made) == are_new
            ]
            insert("default", SourceRecord, ["professional_id", "said"], rows, key=key)

    def finish(self):
        """Count, and have the admin's search find what is new once all is stored."""
        if self.to_count:
            listing.rebuild_counts()
        for first in range(0, len(self.written), INDEXED_AT_ONCE):
            some = self.written[first : first + INDEXED_AT_ONCE]
            transaction.on_commit(lambda pks=some: index_entries.enqueue(pks))
