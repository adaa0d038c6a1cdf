"""Objects loaded once for a whole page, for the blocks that show them."""

from contextlib import contextmanager
from contextvars import ContextVar

_objects = ContextVar("pages_preloaded_objects", default=None)


@contextmanager
def preloading(objects_by_model):
    """While this lasts, chooser blocks take their objects from here.

    `objects_by_model`: {model class: {primary key: instance}}.
    """
    token = _objects.set(objects_by_model)
    try:
        yield
    finally:
        _objects.reset(token)


def preloaded(model):
    """{primary key: instance} for `model`, or None where nothing was loaded."""
    return (_objects.get() or {}).get(model)
