"""What waits for somebody besides topics: the rooms above tell, and the home shows it.

workgroups imports none of them; each registers its function in ``ready()``.
"""

from dataclasses import dataclass
from datetime import datetime

_functions = []


@dataclass(frozen=True)
class Waiting:
    """One thing on which somebody can act now.

    *title*: what it is; *why*: a sentence, what it waits for; *since*: an aware
    datetime; *url*: its address in the admin.
    """

    title: str
    why: str
    since: datetime
    url: str


def register_waiting(function):
    """Register function(user) → iterable of Waiting. Usable as a decorator."""
    if function not in _functions:
        _functions.append(function)
    return function


def waiting_besides_topics(user):
    """Every Waiting that a room above has for ``user``, what waits longest first."""
    found = [thing for function in _functions for thing in function(user)]
    return sorted(found, key=lambda thing: thing.since)
