"""What many tests begin with, made once in a database of its own and found in each.

Making it anew through the models would take longer than most tests. What a test changes is
rolled back at its end, as in any other.
"""

import contextlib
import shutil
from copy import deepcopy

from django.conf import settings
from django.db import connection, connections, transaction
from django.test import override_settings

from tests import databases


class Kept:
    """Objects, the copy of the tests' database in which they stand, and their files."""

    def __init__(self, database, objects, files):
        self._database = database
        self._objects = objects
        self._files = files

    @contextlib.contextmanager
    def found(self):
        """Work, inside, in that database, with a copy of the files; gives the objects as they
        were made."""
        shutil.copytree(self._files, settings.MEDIA_ROOT, dirs_exist_ok=True)
        with _in_use(self._database), transaction.atomic():
            # What the test does with `durable=True` is fine, as in Django's TestCase.
            connection.atomic_blocks[-1]._from_testcase = True
            try:
                yield deepcopy(self._objects)
                if (
                    connection.features.can_defer_constraint_checks
                    and not connection.needs_rollback
                ):
                    connection.check_constraints()
            finally:
                transaction.set_rollback(True)


@contextlib.contextmanager
def made(name, make, files):
    """Copy the tests' database, have the function `make` fill it, and keep that, as a Kept,
    for as long as the block lasts. `name` is part of the copy's; `files` is an empty folder
    for what it uploads."""
    copy = databases.copy_of(connection.settings_dict["NAME"], name)
    database = connections.create_connection("default")
    database.settings_dict = {**connection.settings_dict, "NAME": copy}
    try:
        with _in_use(database), override_settings(MEDIA_ROOT=files):
            objects = make()
        yield Kept(database, objects, files)
    finally:
        database.close()
        databases.drop(copy)


@contextlib.contextmanager
def _in_use(database):
    before = connections["default"]
    connections["default"] = database
    try:
        yield
    finally:
        connections["default"] = before
