"""A template variable of ours that does not exist fails the test that renders it.

Django renders a missing variable as nothing. Wagtail's own templates rely on that, so only
the templates in this repository are held to it.
"""

import sys
from pathlib import Path

from django.conf import settings
from django.template.base import FilterExpression, Node


class MissingVariableError(Exception):
    """A template of this repository names a variable that its context lacks."""


class StringIfInvalid(str):
    """Django's `string_if_invalid`: empty for the templates of others, an error for ours.

    `FilterExpression.resolve` asks whether it is true; it then looks for "%s" in it and
    formats it with the variable.
    """

    __slots__ = ()

    def __bool__(self):
        frame = sys._getframe(1)
        return frame.f_code is FilterExpression.resolve.__code__ and _is_ours(frame)

    def __contains__(self, text):
        return True

    def __mod__(self, variable):
        raise MissingVariableError(f"{variable} in {_origin(sys._getframe(1))}")


def _origin(frame):
    """The file of the innermost template node that is being rendered, or None."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return node.origin.name
        frame = frame.f_back
    return None


def _is_ours(frame):
    origin = Path(_origin(frame) or "/")
    return origin.is_relative_to(settings.ROOT) and not origin.is_relative_to(sys.prefix)
