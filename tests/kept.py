"""What many tests begin with, made once in a database of its own and found in each.

Making it anew through the models would take longer than most tests. What a test changes is
rolled back at its end, as in any other.
"""

import contextlib
from copy import deepcopy

from django.db import connection, connections, transaction

from tests import databases


class Kept:
    """Objects and the copy of the tests' database in which they stand."""

    def __init__(self, database, objects):
        self._database = database
        self._objects = objects

    @contextlib.contextmanager
    def found(self):
        """Work, inside, in that database; gives the objects as they were made."""
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
def made(name, make):
    """Copy the tests' database, have the function `make` fill it, and keep that, as a Kept,
    for as long as the block lasts. `name` is part of the copy's."""
    copy = databases.copy_of(connection.settings_dict["NAME"], name)
    database = connections.create_connection("default")
    database.settings_dict = {**connection.settings_dict, "NAME": copy}
    try:
        with _in_use(database):
            objects = make()
        yield Kept(database, objects)
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
