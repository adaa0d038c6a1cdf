"""Databases of the browser tests' own.

A server answers in threads of its own, which see nothing of a test's open transaction.
Each browser test works on a whole copy instead, thrown away at its end: nothing has to be
flushed, the rules that the database itself holds stay in force, and other tests find what
the migrations made.
"""

import contextlib
from pathlib import Path

from django.db import connection


@contextlib.contextmanager
def made(fill):
    """Keep, for as long as the block lasts, a database that all migrations and the function
    `fill` have been through; gives its name. The database in use stays in use."""
    names = connection.settings_dict["TEST"]
    before = connection.settings_dict["NAME"], names["NAME"]
    name = names["NAME"] = connection.creation._get_test_db_name() + "_browser"
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        fill()
    finally:
        connection.close()
        connection.settings_dict["NAME"], names["NAME"] = before
    try:
        yield name
    finally:
        _drop(name)


@contextlib.contextmanager
def copied(name, suffix):
    """Work, inside, on a copy of the database called `name`.

    The server's threads open the copy too: they read the same settings.
    """
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    copy = connection.creation.get_test_db_clone_settings(suffix)["NAME"]
    connection.creation.clone_test_db(suffix, verbosity=0)
    connection.close()
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        _drop(copy)


def _drop(name):
    if connection.vendor == "sqlite":
        for file in (name, f"{name}-wal", f"{name}-shm"):
            Path(file).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        # By force: the last request of a test may still hold its connection.
        cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")
