"""The workgroup's room: who may enter it, and who adds what to its page.

Meetings, briefs and what stands in the rooms above (a new topic) each register
a function that gives their part of the page; the room knows none of them.
"""

from .models import Workgroup
from .models.records import oversees
from .remembered import address_of, remembered

_panels = []


def register_room_panel(function, order=100):
    """Register function(request, workgroup) → a Wagtail Component, or None where
    it has nothing to show to this user.

    Panels stand by ``order``, those of the same in the order in which they came;
    the topics are at 20 and the members at 60.
    """
    if function not in [panel for _order, panel in _panels]:
        _panels.append((order, function))
        _panels.sort(key=lambda entry: entry[0])
    return function


def room_panels(request, workgroup):
    """The Components of the room, in their order."""
    shown = (function(request, workgroup) for _order, function in _panels)
    return [component for component in shown if component is not None]


def own_groups(user):
    """The active groups to which ``user`` belongs, as a list."""
    return remembered(("groups of", user.pk), lambda: list(Workgroup.objects.of(user)))


def may_enter(user, workgroup):
    """Whether ``user`` may see the room of ``workgroup``: its members while it is
    active, and those who oversee all groups."""
    return oversees(user) or workgroup in own_groups(user)


def room_url(user, workgroup):
    """The address of the group's room, or None where ``user`` may not enter
    (or there is no group)."""
    if workgroup is None or not may_enter(user, workgroup):
        return None
    return address_of("workgroup_room", workgroup.pk)
