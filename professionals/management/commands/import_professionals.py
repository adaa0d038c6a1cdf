"""Entries from another directory's file: `manage.py import_professionals FILE`."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from professionals.exchange.importing import NotImported, What, import_file
from professionals.exchange.reading import FileError
from professionals.models import Kind

PROGRESS_SECONDS = 2


class Command(BaseCommand):
    help = (
        "Imports entries from a CSV, XLSX, GeoJSON or data·inclusion file, found again by source "
        "and identifier. All rows or none, unless --good-rows. Exit status 1 if rows are refused."
    )

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what each row would do, write nothing"
        )
        parser.add_argument(
            "--good-rows", action="store_true", help="import what can be, leave the refused rows"
        )
        parser.add_argument("--source", default="", help="the source of rows that name none")
        parser.add_argument("--kind", default="", help="the kind (a slug) of rows that name none")
        parser.add_argument(
            "--organisations",
            action="store_true",
            help="rows that do not say are about no person (else a childminder is asked first)",
        )

    def handle(self, *args, file, dry_run, good_rows, source, kind, verbosity, **options):
        self.told, self.done = time.monotonic(), 0
        # Every row in a dry run; else what somebody may have to look at.
        self.all_rows = verbosity > 1 or (dry_run and verbosity)
        self.problems = verbosity > 0
        notes = []
        try:
            with open(file, "rb") as opened:
                counts = import_file(
                    opened,
                    source=source,
                    kind=self._kind(kind),
                    organisations=options["organisations"],
                    write=not dry_run,
                    good_rows=good_rows,
                    told=self._tell,
                    noted=notes.append,
                )
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except (FileError, NotImported) as error:
            raise CommandError(f"{file}: {error}") from error
        self.stdout.write(
            _("Nothing was written. Each row would be:") if dry_run else _("Imported. Rows:")
        )
        for what in What:
            self.stdout.write(f"  {what.label}: {counts[what]}")
        for note in notes:
            self.stdout.write(note)
        if counts[What.REFUSED]:
            raise SystemExit(1)

    @staticmethod
    def _kind(slug):
        if not slug:
            return None
        if kind := Kind.objects.filter(slug=slug).first():
            return kind
        known = ", ".join(Kind.objects.values_list("slug", flat=True))
        raise CommandError(f"--kind: {slug}? Known are: {known}.")

    def _tell(self, report):
        self.done += 1
        noted = report.what == What.REFUSED or report.kept
        if self.all_rows or (self.problems and noted):
            for line in lines_of(report):
                self.stdout.write(line)
        if self.problems and time.monotonic() - self.told >= PROGRESS_SECONDS:
            self.told = time.monotonic()
            self.stderr.write(_("%(number)d rows so far.") % {"number": self.done})


def lines_of(report):
    """What becomes of one row, in lines for a terminal."""
    name = f"{report.source} {report.source_id} {report.name}".strip()
    yield f"{report.number}: {What(report.what).label} – {name}"
    if report.made:
        yield "    " + " · ".join(f"{column}: {value}" for column, value in report.made)
    for column, old, new in report.changes:
        yield f"    {column}: {old!r} → {new!r}"
    for column, old, new in report.kept:
        said = {"column": column, "old": old, "new": new}
        yield "    " + _("%(column)s: people wrote %(old)r here; %(new)r is left out.") % said
    for reason in report.reasons:
        yield f"    {reason}"
