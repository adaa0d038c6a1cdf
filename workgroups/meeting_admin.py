"""Meetings, hours and remarks in the Wagtail admin: addresses, menu, log."""

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from accounts.menu import ForSome

from . import remarks
from .models import EditorialPage
from .views import calendars, hours, meetings, minutes
from .views import remarks as remark_views
from .views.board import may_see_the_board


def urls():
    return [
        path("reunions/", meetings.MeetingsView.as_view(), name="meetings"),
        path("reunions/nouvelle/", meetings.MeetingAddView.as_view(), name="meeting_add"),
        path("reunions/<int:meeting_id>/", meetings.MeetingView.as_view(), name="meeting"),
        path(
            "reunions/<int:meeting_id>/modifier/",
            meetings.MeetingEditView.as_view(),
            name="meeting_edit",
        ),
        path(
            "reunions/<int:meeting_id>/annuler/",
            meetings.MeetingCancelView.as_view(),
            name="meeting_cancel",
        ),
        path(
            "reunions/<int:meeting_id>/presences/",
            minutes.AttendanceView.as_view(),
            name="meeting_attendance",
        ),
        path(
            "reunions/<int:meeting_id>/decisions/",
            minutes.DecisionAddView.as_view(),
            name="decision_add",
        ),
        path(
            "decisions/<int:decision_id>/", minutes.DecisionEditView.as_view(), name="decision_edit"
        ),
        path(
            "decisions/<int:decision_id>/remarque/",
            minutes.DecisionAsRemarkView.as_view(),
            name="decision_as_remark",
        ),
        path("heures/", hours.HoursView.as_view(), name="given_hours"),
        path(
            "heures/resultats/",
            hours.HoursView.as_view(results_only=True),
            name="given_hours_results",
        ),
        path("heures/ajouter/", hours.HoursAddView.as_view(), name="given_hours_add"),
        path(
            "heures/<int:hours_id>/enlever/",
            hours.HoursRemoveView.as_view(),
            name="given_hours_remove",
        ),
        path("mon-agenda/", calendars.MyCalendarView.as_view(), name="my_calendar"),
        path(
            "sujets/<int:page_id>/remarques/",
            remark_views.RemarksView.as_view(),
            name="topic_remarks",
        ),
        path(
            "remarques/<int:remark_id>/fermer/",
            remark_views.RemarkDoneView.as_view(),
            name="remark_done",
        ),
    ]


def menu_item():
    return ForSome(
        gettext_lazy("Meetings"),
        reverse("meetings"),
        icon_name="calendar",
        order=70,
        shown_to=may_see_the_board,
    )


def header_buttons(page, user, next_url=None, view_name=None):
    """The way from a topic to its remarks, with how many are open."""
    page = page.specific if type(page) is Page else page
    record = page.get_record() if isinstance(page, EditorialPage) else None
    if record is None:
        return
    # What the editor has asked already answers for most who come here.
    if not (page.permissions_for_user(user).can_edit() or remarks.may_remark(user, record)):
        return
    number = record.remarks.open().count()
    label = ngettext("%(number)s open remark", "%(number)s open remarks", number)
    yield Button(
        label % {"number": number} if number else _("Remarks"),
        remarks.place_of_remarks(record),
        icon_name="comment",
        priority=15,
    )


def log_actions(actions):
    class WithText(LogFormatter):
        """Says one thing of the entry's data."""

        def format_message(self, log_entry):
            return self.message % {"text": log_entry.data.get(self.said, "")}

    for name, label, message, said in (
        ("meeting_cancel", gettext_lazy("Cancel a meeting"), gettext_lazy("Cancelled: %(text)s"),
         "reason"),
        ("decision", gettext_lazy("Decide"), gettext_lazy("Decision: %(text)s"), "text"),
        ("remark", gettext_lazy("Remark"), gettext_lazy("Remark: %(text)s"), "text"),
        ("remark_done", gettext_lazy("Close a remark"), gettext_lazy("Remark closed: %(text)s"),
         "text"),
    ):  # fmt: skip
        attributes = {"label": label, "message": message, "said": said}
        formatter = type(f"{name.title().replace('_', '')}Formatter", (WithText,), attributes)
        actions.register_action(f"workgroups.{name}")(formatter)
    actions.register_action(
        "workgroups.attendance", gettext_lazy("Say who came"), gettext_lazy("Who came was kept")
    )
