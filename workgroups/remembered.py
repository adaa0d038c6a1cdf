"""What one request that only reads asks the database once.

Wagtail's screens ask a page for its workflow, its lock and its permissions again
and again, each time anew. During a GET in the admin the answer does not change;
outside of one nothing is remembered, so that code always sees what is stored.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.urls import reverse

_answers = ContextVar("answers", default=None)


@contextmanager
def while_reading():
    """Inside, ``remembered`` keeps its answers."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def remembered(key, ask):
    """The answer of the function ``ask``, which is asked once per ``key`` (any
    hashable) while reading, and always elsewhere."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if key not in answers:
        answers[key] = ask()
    return answers[key]


# In the address of no row: what is put together once stands for every row.
_ANY_ROW = "909090909"


def address_of(name, number):
    """The address called ``name`` of the row ``number``, within the site. While reading,
    Django is asked once per name, however many rows a page shows."""
    pattern = remembered(("address", name), lambda: reverse(name, args=[_ANY_ROW]))
    return pattern.replace(_ANY_ROW, str(number))
