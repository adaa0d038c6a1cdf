"""What happened to a topic, in the words of those who make it: one line for each
thing somebody did, read from Wagtail's log.

Every registered action that has something to say shows, whichever room logs it;
the tables below give Wagtail's own actions the words of a nursery, and leave out
those that another entry says better.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry

from .models import SignOff

LINES_ON_A_PAGE = 30
WROTE = "wagtail.edit"
# Said better by the entry that comes with each.
SAID_BY_ANOTHER = (
    "wagtail.workflow.start",  # begun, or a new round
    "wagtail.workflow.reject",  # editorial.send_back, with the reason
    "wagtail.unpublish",  # editorial.withdraw, with the reason
)
WORDS = {
    "wagtail.create": gettext_lazy("Topic begun"),
    WROTE: gettext_lazy("Work on the draft"),
    "wagtail.revert": gettext_lazy("An earlier version taken up again"),
    "wagtail.publish": gettext_lazy("Put online: parents read it"),
}
ICONS = {
    "wagtail.create": "doc-empty",
    WROTE: "edit",
    "wagtail.publish": "view",
    "wagtail.workflow.approve": "arrow-right",
    "editorial.sign": "check",
    "editorial.schedule": "date",
    "editorial.due": "date",
    "editorial.send_back": "undo",
    "editorial.withdraw": "warning",
    "editorial.writers": "group",
}
# By the beginning of the action's name.
ICONS_OF_ROOMS = {"workgroups.remark": "comment", "workgroups.brief": "image"}


@dataclass(frozen=True)
class Line:
    """One thing that somebody did.

    *who*: a name, empty where the site did it by itself; *what*: a sentence;
    *since*, *until*: aware datetimes, the same where it was done in one go.
    """

    who: str
    what: str
    icon: str
    since: datetime
    until: datetime

    @property
    def day(self):
        return timezone.localdate(self.until)


def timeline(page, number):
    """What happened to ``page``, the newest first: the Paginator's page of that
    ``number`` (anything a visitor may ask for), with Lines in it.

    However much there is, the database is asked three times.
    """
    shown = Paginator(_runs(page), LINES_ON_A_PAGE).get_page(number)
    wanted = {pk for run in shown.object_list for pk in (run[0], run[-1])}
    entries = PageLogEntry.objects.select_related("user").in_bulk(wanted)
    signed = [entry.data.get("sign_off") for entry in entries.values()]
    sign_offs = SignOff.objects.filter(pk__in=[pk for pk in signed if pk])
    review_days = dict(sign_offs.values_list("pk", "review_due_on"))
    shown.object_list = [
        _line(entries[run[0]], entries[run[-1]], review_days) for run in shown.object_list
    ]
    return shown


def _runs(page):
    """The log of ``page``, the newest first, as lists of primary keys: what one
    person kept again and again of a draft on one day is one list."""
    registry.scan_for_actions()
    entries = (
        PageLogEntry.objects.filter(page=page.pk, action__in=list(registry.formatters))
        .exclude(action__in=SAID_BY_ANOTHER)
        .exclude(action="wagtail.workflow.approve", data__workflow__next=None)
        .order_by("-timestamp", "-pk")
        .values_list("pk", "action", "user_id", "timestamp")
    )
    runs, before = [], None
    for pk, action, user_id, moment in entries:
        kind = (action, user_id, timezone.localdate(moment))
        if action == WROTE and kind == before:
            runs[-1].append(pk)
        else:
            runs.append([pk])
        before = kind
    return runs


def _line(newest, oldest, review_days):
    return Line(
        who=newest.user_display_name if newest.user_id else "",
        what=_words(newest, review_days),
        icon=_icon(newest.action),
        since=oldest.timestamp,
        until=newest.timestamp,
    )


def _icon(action):
    rooms = (icon for start, icon in ICONS_OF_ROOMS.items() if action.startswith(start))
    return ICONS.get(action) or next(rooms, "history")


def _words(entry, review_days):
    if entry.action == "wagtail.workflow.approve":
        return _handed_on(entry)
    if day := review_days.get(entry.data.get("sign_off")):
        return _signed(day)
    if entry.action in WORDS:
        return str(WORDS[entry.action])
    formatter = registry.get_formatter(entry)
    said = (str(formatter.format_message(entry)), str(formatter.format_comment(entry)))
    return " ".join(text for text in said if text)


def _handed_on(entry):
    stage = entry.data["workflow"]["next"]["title"]
    return _("Handed on. Next stage: %(stage)s") % {"stage": stage}


def _signed(review_due_on):
    return _("Signed. To be read again on %(day)s") % {"day": date_format(review_due_on, "j F Y")}
