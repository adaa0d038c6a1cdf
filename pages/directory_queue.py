"""What waits in the directory's queue, on the admin's home beside the topics: the rooms of both
know nothing of each other."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from professionals.moderation import may_moderate
from professionals.moderation.queue import summed_up
from workgroups.waiting import Waiting


def waiting_for(user):
    """One Waiting for all entries together, for those who may decide on them."""
    if not may_moderate(user):
        return
    number, since = summed_up()
    if number:
        why = ngettext(
            "%(number)s entry waits: look at it and decide",
            "%(number)s entries wait: look at the oldest first",
            number,
        )
        yield Waiting(
            title=_("Directory"),
            why=why % {"number": number},
            since=since,
            url=reverse("directory_queue"),
        )
