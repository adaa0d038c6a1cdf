"""What the rooms above know to refer to a person or a group beside the database's
own relations: the names in a draft, say. Each registers a function in ``ready()``.
"""

_functions = []


def register_references(function):
    """Register function(thing) → iterable of labels of what refers to *thing*, a
    saved User or Workgroup."""
    if function not in _functions:
        _functions.append(function)
    return function


def references_to(thing):
    """The labels of everything that the rooms above know to refer to *thing*."""
    return [label for function in _functions for label in function(thing)]
