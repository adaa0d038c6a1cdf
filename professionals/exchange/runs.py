"""An import in the admin, in two steps that a worker takes: look through, then write."""

import csv
import logging
import tempfile
import time
from datetime import timedelta

from django.core.files import File
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from django_tasks import task

from media.failures import delete_on_commit
from professionals.models import ImportRun

from .cells import safe_text
from .importing import NotImported, What, import_file
from .reading import FileError

logger = logging.getLogger(__name__)

PROGRESS_SECONDS = 2
KEPT = timedelta(days=30)
# Of each sort so many rows stand on the screen; the report has them all.
LINES_SHOWN = 50
State = ImportRun.State
REPORT_COLUMNS = ("ligne", "resultat", "source", "identifiant", "nom", "details")


def begin(run):
    """Store a new ImportRun with its file and have it looked through. What was imported long
    ago goes, with its reports."""
    purge(delete=True)
    run.state = State.CHECKING
    run.save()
    transaction.on_commit(lambda: check.enqueue(run.pk))


def purge(delete):
    """Delete what was imported long ago, its file and its report; where *delete* is false only
    count. {what, in English: how many}."""
    past = ImportRun.objects.filter(made_at__lt=timezone.now() - KEPT)
    counts = {gettext_noop("files of imports"): len(past)}
    if delete:
        with transaction.atomic():
            for run in past:
                for file in (run.file, run.report):
                    if file:
                        delete_on_commit(file.storage, file.name)
                run.delete()
    return counts


def confirm(run, good_rows):
    """Write what was looked through, all or the *good_rows* alone: whether this began it (a
    second press begins nothing)."""
    checked = ImportRun.objects.filter(pk=run.pk, state=State.CHECKED)
    if not checked.update(state=State.IMPORTING, rows_done=0):
        return False
    transaction.on_commit(lambda: write.enqueue(run.pk, good_rows))
    return True


def cancel(run):
    """Put it aside and delete its file: whether this did it."""
    if not ImportRun.objects.filter(pk=run.pk, state=State.CHECKED).update(state=State.CANCELLED):
        return False
    run.refresh_from_db()
    _forget_file(run)
    return True


def _forget_file(run):
    storage, name = run.file.storage, run.file.name
    ImportRun.objects.filter(pk=run.pk).update(file="")
    if name:
        delete_on_commit(storage, name)


@task(backend="slow")
def check(run_pk):
    """Look through the file of an ImportRun."""
    _take(run_pk, State.CHECKING, State.CHECKED, lambda run, **how: import_file(**how))


@task(backend="slow")
def write(run_pk, good_rows):
    """Import the file of an ImportRun that somebody confirmed."""

    def do(run, **how):
        return import_file(write=True, good_rows=good_rows, **how)

    _take(run_pk, State.IMPORTING, State.DONE, do)


def _take(run_pk, state, then, do):
    run = ImportRun.objects.select_related("kind").filter(pk=run_pk, state=state).first()
    if run is None:
        return
    # What is said of rows is kept, and read by people in the site's first language.
    with (
        override("fr"),
        tempfile.TemporaryFile() as file,
        tempfile.TemporaryFile("w+", encoding="utf-8-sig", newline="") as report,
    ):
        told = Told(run, report)
        try:
            with run.file.open("rb") as stored:
                # A store need not be able to seek.
                for chunk in stored.chunks():
                    file.write(chunk)
            of_rows = {"source": run.source, "kind": run.kind, "organisations": run.organisations}
            counts = do(run, file=file, told=told, noted=told.notes.append, **of_rows)
        except (FileError, NotImported) as error:
            run.problem = str(error)
        except Exception:
            logger.exception("an import ended early")
            run.problem = _("Something went wrong on our side. Nothing was imported. Try again.")
        else:
            run.problem, run.counts = "", {what: counts[what] for what in What.values}
            run.rows_total = told.done
        told.keep_report(run)
    run.state = State.FAILED if run.problem else then
    run.rows_done, run.lines, run.notes = told.done, told.lines, told.notes
    run.save()
    if run.state != State.CHECKED:
        _forget_file(run)


class Told:
    """Takes each RowReport: the first of each sort, all in *file*, and how far it is."""

    def __init__(self, run, file):
        self.run, self.done, self.lines, self.shown = run, 0, [], dict.fromkeys(What.values, 0)
        self.at, self.notes = time.monotonic(), []
        self.file = file
        self.out = csv.writer(file, delimiter=";")
        self.out.writerow(REPORT_COLUMNS)

    def __call__(self, report):
        self.done += 1
        if self.shown[report.what] < LINES_SHOWN:
            self.shown[report.what] += 1
            self.lines.append(report.as_dict())
        details = [f"{column}: {value}" for column, value in report.made]
        details += [f"{column}: {old} → {new}" for column, old, new in report.changes]
        details += [f"{column}: {old} ≠ {new}" for column, old, new in report.kept]
        cells = (report.source, report.source_id, report.name, " · ".join(details + report.reasons))
        self.out.writerow(
            [report.number, str(What(report.what).label), *(safe_text(cell) for cell in cells)]
        )
        if time.monotonic() - self.at >= PROGRESS_SECONDS:
            self.at = time.monotonic()
            self.tell()

    def tell(self):
        """Say how far it is, while a transaction is open: by a connection of its own. SQLite
        has one writer: there it stands in a file meanwhile."""
        if not connection.in_atomic_block:
            ImportRun.objects.filter(pk=self.run.pk).update(rows_done=self.done)
        elif connection.vendor == "postgresql":
            other = connections.create_connection(DEFAULT_DB_ALIAS)
            try:
                with other.cursor() as cursor:
                    table = other.ops.quote_name(ImportRun._meta.db_table)
                    cursor.execute(
                        f"UPDATE {table} SET rows_done = %s WHERE id = %s",  # noqa: S608
                        [self.done, self.run.pk],
                    )
            finally:
                other.close()
        else:
            self.run.keep_progress(self.done)

    def keep_report(self, run):
        """Store the file of all rows with the run, instead of the one before."""
        if run.report:
            delete_on_commit(run.report.storage, run.report.name)
        self.file.flush()
        self.file.seek(0)
        run.report.save("report.csv", File(self.file.buffer), save=False)
