"""The filled databases of `make bench-directory`, kept in var/ until what fills them changes."""

import contextlib
import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from django.core.management.color import no_style

from tools import postgres

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench-directory"
# What a filled database depends on.
MADE_BY = (
    *("benchmarks/directory_entries.py", "professionals/listing.py", "professionals/words.py"),
    *("professionals/models/map.py", "professionals/data/*", "professionals/migrations/*.py"),
)


@contextlib.contextmanager
def database(vendor, entries):
    """Give the DATABASE_URL of a database of that *vendor* with so many entries, for as long as
    the block lasts: filled for it, or as an earlier run left it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with {"sqlite": _sqlite, "postgresql": _postgresql}[vendor](f"{entries}-{_version()}") as url:
        yield url


@contextlib.contextmanager
def _sqlite(name):
    file = FOLDER / f"{name}.sqlite3"
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        _run(f"sqlite:///{unfinished}", "fill")
        _keep(unfinished, file)
    yield f"sqlite:///{file}"


@contextlib.contextmanager
def _postgresql(name):
    """A server of its own, gone afterwards, with the same entries; what is kept is a dump."""
    file = FOLDER / f"{name}.dump"
    programs = postgres.binaries()
    with postgres.private_server() as url:
        server = url.removeprefix("postgres:///").split("?")[0].rsplit("/", 1)[0]
        to = ["-h", server, "-U", "tests"]
        subprocess.run([programs / "createdb", *to, "tests"], check=True)
        if file.exists():
            restore = [programs / "pg_restore", *to, "-d", "tests", "-j", "2", file]
            subprocess.run(restore, check=True)
            statement = ["-c", "VACUUM ANALYZE"]
            subprocess.run([programs / "psql", *to, "-q", *statement, "tests"], check=True)
        else:
            with _sqlite(name) as source:
                _run(url, "copy", source.removeprefix("sqlite:///"))
            unfinished = file.with_suffix(".unfinished")
            dump = [programs / "pg_dump", *to, "-Fc", "-Z1", "-f", unfinished, "tests"]
            subprocess.run(dump, check=True)
            _keep(unfinished, file)
        yield url


def _run(url, *what):
    command = [sys.executable, "-m", "benchmarks.directory", *what]
    subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=True)


def copy(source, connection):
    """Copy the entries of a filled SQLite file, *source*, into the empty tables of a PostgreSQL
    database, and count them."""
    from professionals import listing
    from professionals.models import Hours, Professional, PublicPoint

    models = [Professional, Hours, PublicPoint, Professional.priorities.through]
    with contextlib.closing(sqlite3.connect(source)) as other, connection.cursor() as cursor:
        for model in models:
            table = connection.ops.quote_name(model._meta.db_table)
            columns = [field.column for field in model._meta.local_concrete_fields]
            names = ", ".join(map(connection.ops.quote_name, columns))
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as into:
                for row in other.execute(f"SELECT {names} FROM {table}"):  # noqa: S608 - quoted
                    into.write_row(row)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    listing.rebuild_counts()


def _keep(unfinished, file):
    """Give it its name, in place of what older code made."""
    entries = file.name.split("-")[0]
    for old in FOLDER.glob(f"{entries}-*{file.suffix}*"):
        old.unlink()
    unfinished.rename(file)


def _version():
    """A word for what fills the databases as it is now."""
    found = hashlib.sha256()
    for pattern in MADE_BY:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                found.update(path.read_bytes())
    return found.hexdigest()[:12]
