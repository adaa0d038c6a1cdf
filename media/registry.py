"""What the rooms above tell about files: who uses one, who may see one, and where
parents see it.

media imports none of them; each registers its functions in ``ready()``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, Value
from wagtail.models import Collection

_holder_functions = []
_for_many = {}
_collection_access_functions = []
_publisher_functions = []
_reader_functions = []


@dataclass(frozen=True)
class Holder:
    """One thing that uses a file.

    *label*: what people call it; *url*: its address in the admin, or None;
    *frozen*: True where it is signed or live, so that the file may not change;
    *past*: True where nobody is shown it any more, and what was signed once is kept;
    *told_to*: function(user) → whether she may know of it, else it is counted.
    """

    label: str
    url: str | None
    frozen: bool
    told_to: Callable = lambda _user: True
    past: bool = False


def register_holder(function, many=None):
    """Register function(file_obj) → iterable of Holder. Usable as a decorator.

    *file_obj* is an Illustration or a Recording. *many*, function(file_objs) →
    iterable of (file_obj, Holder), tells the same of all in a fixed number of queries.
    """
    if function not in _holder_functions:
        _holder_functions.append(function)
        _for_many[function] = many
    return function


def register_collection_access(function):
    """Register function(user) → Collections, or their ids, whose files the
    user may see, choose, add to and edit. Usable as a decorator."""
    if function not in _collection_access_functions:
        _collection_access_functions.append(function)
    return function


def register_publisher(function):
    """Register function(model, pk) → iterable of QuerySets, of the rows through
    which parents see a file now: one that is not empty makes it public, with all
    that belongs to it. Usable as a decorator.

    *model* is Illustration or Recording; *pk*, an expression, is what the rows
    have to refer to. Each process puts the question into SQL once, since it is
    asked for every file that is fetched: nothing of the moment may stand in it,
    such as today's date (the database knows it).
    """
    if function not in _publisher_functions:
        _publisher_functions.append(function)
    return function


def register_reader(function):
    """Register function(user, file_obj) → whether the user may see the file for
    what she reads or writes, though its collection is closed to her. Usable as
    a decorator."""
    if function not in _reader_functions:
        _reader_functions.append(function)
    return function


def holders(file_obj):
    """Everything that uses *file_obj*, a saved Illustration or Recording."""
    return [holder for function in _holder_functions for holder in function(file_obj)]


def holders_of_many(file_objs):
    """{(model, primary key): [Holder]} for saved Illustrations and Recordings."""
    found = {(type(file_obj), file_obj.pk): [] for file_obj in file_objs}
    if not found:
        return found
    for function in _holder_functions:
        many = _for_many.get(function) or partial(_one_by_one, function)
        for file_obj, holder in many(file_objs):
            found[type(file_obj), file_obj.pk].append(holder)
    return found


def _one_by_one(function, file_objs):
    return ((file_obj, holder) for file_obj in file_objs for holder in function(file_obj))


def is_frozen(file_obj):
    """Whether something signed or live uses *file_obj*."""
    return any(holder.frozen for holder in holders(file_obj))


def publishers():
    """The functions registered, as a tuple."""
    return tuple(_publisher_functions)


def seen_by_parents(model, pk):
    """Whether parents see the file of that *model* to which the expression *pk*
    refers, as an expression."""
    rows = [Exists(rows) for function in _publisher_functions for rows in function(model, pk)]
    if not rows:
        return Value(False)
    return ExpressionWrapper(reduce(or_, rows, Q()), output_field=BooleanField())


def is_read_by(file_obj, user):
    """Whether a room above shows *file_obj* to *user* before parents see it."""
    return any(function(user, file_obj) for function in _reader_functions)


def accessible_collections(user):
    """The Collections that the rooms above open to *user* (a QuerySet).

    Those whose role opens every file are not asked about here: see
    media.permissions.
    """
    ids = set()
    for function in _collection_access_functions:
        ids.update(getattr(found, "pk", found) for found in function(user))
    return Collection.objects.filter(pk__in=ids)
