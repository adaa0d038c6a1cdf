"""Let the demo's past happen at its own time."""

import time
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import connection
from django.utils import timezone


@contextmanager
def at(moment):
    """Inside, Django's clock starts from `moment`, an aware datetime, and goes on.

    The class behind ``timezone.now`` is exchanged rather than the function: fields hold the
    function as their default. What is put off to the end of the transaction in here (mails
    above all) runs by the same clock.
    """
    put_off = len(connection.run_on_commit)
    with _clock_from(moment):
        yield
    connection.run_on_commit[put_off:] = [
        (savepoints, partial(_run_at, moment, function), *rest)
        for savepoints, function, *rest in connection.run_on_commit[put_off:]
    ]


def _run_at(moment, function):
    with _clock_from(moment):
        function()


@contextmanager
def _clock_from(moment):
    started = time.monotonic()

    class Kind(type(datetime)):
        def __instancecheck__(cls, value):
            return isinstance(value, datetime)

    class Clock(datetime, metaclass=Kind):
        @classmethod
        def now(cls, tz=None):
            passed = time.monotonic() - started
            return datetime.fromtimestamp(moment.timestamp() + passed, tz)

    real, timezone.datetime = timezone.datetime, Clock
    try:
        yield
    finally:
        timezone.datetime = real
