"""Databases beside the tests' own, made from it: what stands in them is made once.

A server answers in threads of its own, which see nothing of a test's open transaction: each
browser test works on a whole copy, thrown away at its end. Nothing has to be flushed, the
rules that the database itself holds stay in force, and other tests find what the migrations
made.
"""

import contextlib
import fcntl
import gc
import json
import os
from pathlib import Path

from django.db import connection

FIRST_TO_COPY_FILES = 150_000  # PostgreSQL 15, as it tells its version


@contextlib.contextmanager
def copied(name, suffix):
    """Work, inside, on a copy of the database called `name`; gives the copy's name.

    The server's threads open the copy too: they read the same settings. Another process that
    tests works on a copy of its own.
    """
    copy = copy_of(name, f"{suffix}_{os.getpid()}")
    try:
        with _in_use(copy):
            yield copy
    finally:
        drop(copy)


@contextlib.contextmanager
def shared(folder, title, make):
    """Keep the database that the function `make` made and named, once for all processes that
    test, for as long as the block lasts in any of them; gives its name.

    `folder` is where these processes meet. The first makes it, the last throws it away.
    """
    state = folder / f"{title}.json"
    with _alone(state):
        known = json.loads(state.read_text()) if state.exists() else {"users": 0, "name": make()}
        known["users"] += 1
        state.write_text(json.dumps(known))
    try:
        yield known["name"]
    finally:
        with _alone(state):
            known = json.loads(state.read_text())
            known["users"] -= 1
            state.write_text(json.dumps(known))
            if not known["users"]:
                state.unlink()
                drop(known["name"])


@contextlib.contextmanager
def _alone(path):
    """Have the other processes wait at the same path until the block ends."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrated():
    """Make a database in which stands what the migrations made; gives its name."""
    before = connection.settings_dict["NAME"]
    # Thousands of historical models, in circles: looking for some to forget takes a third of it.
    gc.disable()
    try:
        return connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        gc.enable()
        connection.close()
        connection.settings_dict["NAME"] = before


def filled(suffix, fill):
    """Copy the tests' database and have the function `fill` add to it; gives the copy's name."""
    name = copy_of(connection.settings_dict["NAME"], suffix)
    try:
        with _in_use(name):
            fill()
    except BaseException:
        drop(name)
        raise
    return name


def copy_of(name, suffix):
    """Copy the database called `name`; gives the copy's name. `drop` throws it away."""
    with _in_use(name):
        copy = connection.creation.get_test_db_clone_settings(suffix)["NAME"]
        if connection.vendor == "postgresql":
            end_sessions(name)  # PostgreSQL copies only what nobody reads
            drop(copy)  # of an earlier run that was killed
            _copy_on_the_server(name, copy)
        else:
            connection.creation.clone_test_db(suffix, verbosity=0)
    return copy


def _copy_on_the_server(name, copy):
    """By its files, where PostgreSQL can: its other way takes small databases through its log,
    four times as slow."""
    quote = connection.ops.quote_name
    with connection._nodb_cursor() as cursor:
        by_files = "STRATEGY FILE_COPY" if cursor.db.pg_version >= FIRST_TO_COPY_FILES else ""
        cursor.execute(f"CREATE DATABASE {quote(copy)} TEMPLATE {quote(name)} {by_files}")


@contextlib.contextmanager
def _in_use(name):
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def end_sessions(name):
    """Have nobody read the database called `name`: a request that outlived its browser test may,
    or the connection that this thread had before Playwright began its loop, which Django keeps
    apart from those in the loop."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )


def drop(name):
    """Throw the database called `name` away, whoever still reads it."""
    if connection.vendor == "sqlite":
        for file in (name, f"{name}-wal", f"{name}-shm"):
            Path(file).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        # By force: the last request of a test may still hold its connection.
        name = connection.ops.quote_name(name)
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
