"""Who of a group writes a topic, as somebody said when it was begun.

It is said, not enforced: every author of the group may write, and the board
shows them all as having the draft, so that no topic waits for the one who is
away. What was said stands in the topic's history and in the mail with which
the draft begins.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail.models import PageLogEntry

ACTION = "editorial.writers"


def name_writers(page, writers, by):
    """Note that ``writers`` (a list of users) are to write ``page``; ``by`` says so."""
    log(
        instance=page,
        action=ACTION,
        user=by,
        data={"writers": [{"id": writer.pk, "name": str(writer)} for writer in writers]},
    )


def named_writers(page_id):
    """The names of those who are to write the page, as text; empty where nobody said."""
    entry = PageLogEntry.objects.filter(page=page_id, action=ACTION).order_by("-pk").first()
    return _names(entry) if entry else ""


def _names(entry):
    return ", ".join(writer["name"] for writer in entry.data["writers"])


class NamedWriters(LogFormatter):
    """For register_log_actions."""

    label = gettext_lazy("Name who writes")

    def format_message(self, log_entry):
        return _("Written by: %(names)s") % {"names": _names(log_entry)}
