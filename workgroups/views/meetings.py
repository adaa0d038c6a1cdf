"""The meetings of the groups: the list, one meeting, making, changing and cancelling it."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import HeaderButton

from workgroups import meetings
from workgroups.gate import is_number_of_a_row
from workgroups.meeting_forms import (
    AttendanceForm,
    CancelMeetingForm,
    DecisionForm,
    MeetingForm,
)
from workgroups.models import Meeting
from workgroups.models.meetings import groups_open_to
from workgroups.notifications import place_of_meeting

from .board import may_see_the_board

PAST_ON_A_PAGE = 20
COMING_SHOWN = 60


class MeetingScreen(WagtailAdminTemplateMixin, TemplateView):
    """A screen about meetings or hours, of the groups that the user may see."""

    header_icon = "calendar"

    def dispatch(self, request, *args, **kwargs):
        if not may_see_the_board(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def groups(self):
        return list(groups_open_to(self.request.user))

    @cached_property
    def group(self):
        """The group that the address names, None where it names none; a 404 for
        one that is not open to the user."""
        number = self.request.GET.get("groupe")
        if not number:
            return None
        if not is_number_of_a_row(number):
            number = 0
        return get_object_or_404(groups_open_to(self.request.user), pk=number)

    def get_breadcrumbs_items(self):
        above = [{"url": reverse("meetings"), "label": _("Meetings")}]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]


class MeetingsView(MeetingScreen):
    """Next and past meetings, of all the user's groups or of one."""

    template_name = "workgroups/meetings.html"
    page_title = gettext_lazy("Meetings")

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def may_make(self):
        return meetings.arranged_by(self.request.user).exists()

    @cached_property
    def header_buttons(self):
        group = f"?groupe={self.group.pk}" if self.group else ""
        buttons = [
            HeaderButton(
                _("Hours"), url=reverse("given_hours") + group, icon_name="time", priority=20
            ),
            HeaderButton(
                _("My calendar"), url=reverse("my_calendar"), icon_name="date", priority=30
            ),
        ]
        if self.may_make:
            new = reverse("meeting_add") + group
            buttons.append(HeaderButton(_("New meeting"), url=new, icon_name="plus", priority=10))
        return buttons

    def get_context_data(self, **kwargs):
        found = Meeting.objects.visible_to(self.request.user).select_related("workgroup")
        if self.group:
            found = found.of(self.group)
        past = Paginator(found.past(), PAST_ON_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            coming=found.coming()[:COMING_SHOWN],
            past=past,
            groups=self.groups,
            group=self.group,
            may_make=self.may_make,
            **kwargs,
        )


class OneMeeting(MeetingScreen):
    """A screen about one meeting."""

    @cached_property
    def meeting(self):
        found = Meeting.objects.visible_to(self.request.user)
        related = ("workgroup", "created_by", "cancelled_by")
        return get_object_or_404(found.select_related(*related), pk=self.kwargs["meeting_id"])

    @property
    def may_change(self):
        return meetings.may_arrange(self.request.user, self.meeting.workgroup)

    def back(self):
        return redirect(place_of_meeting(self.meeting))

    def get_page_subtitle(self):
        return self.meeting.name

    def get_breadcrumbs_items(self):
        *above, here = super().get_breadcrumbs_items()
        return [*above, {"url": place_of_meeting(self.meeting), "label": self.meeting.name}, here]


class MeetingView(OneMeeting):
    """One meeting: when and where, who came, what was decided."""

    template_name = "workgroups/meeting.html"
    page_title = gettext_lazy("Meeting")

    def get_page_title(self):
        return self.meeting.name

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return MeetingScreen.get_breadcrumbs_items(self)

    @cached_property
    def header_buttons(self):
        meeting = self.meeting
        if not self.may_change or meeting.is_cancelled:
            return []
        buttons = [
            HeaderButton(
                _("Change"),
                url=reverse("meeting_edit", args=[meeting.pk]),
                icon_name="edit",
                priority=10,
            )
        ]
        if not meeting.has_minutes:
            buttons.append(
                HeaderButton(
                    _("Cancel this meeting"),
                    url=reverse("meeting_cancel", args=[meeting.pk]),
                    icon_name="cross",
                    priority=20,
                )
            )
        return buttons

    def get_context_data(self, **kwargs):
        meeting = self.meeting
        open_for_minutes = meeting.has_begun and not meeting.is_cancelled
        forms = {}
        if open_for_minutes and self.may_change:
            forms = {
                "attendance": AttendanceForm(meeting=meeting),
                "decision_form": DecisionForm(),
            }
        decisions = meeting.decisions.select_related("remark__record__page", "created_by")
        context = {
            "meeting": meeting,
            "topics": meeting.own_topics(),
            "open_for_minutes": open_for_minutes,
            "may_change": self.may_change,
            "came": meeting.attendance.select_related("user").order_by("user__display_name"),
            "invited": meeting.invitations.select_related("user").order_by("user__display_name"),
            "decisions": decisions,
            "attendance": None,
            "decision_form": None,
        }
        return super().get_context_data(**{**context, **forms, **kwargs})


class ChangesMeeting(OneMeeting):
    """What only those do who may change the meeting."""

    def dispatch(self, request, *args, **kwargs):
        if not may_see_the_board(request.user) or not self.may_change:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class MeetingFormView(MeetingScreen):
    """The form of a meeting, new or there already."""

    template_name = "workgroups/meeting_form.html"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(
            self.get_context_data(form=MeetingForm(instance=self.meeting))
        )

    def post(self, request, *args, **kwargs):
        form = MeetingForm(request.POST, instance=self.meeting)
        if form.is_valid():
            answer = self.keep(form)
            if answer:
                return answer
        return self.render_to_response(self.get_context_data(form=form))

    def keep(self, form):
        """Keep what the form says; the answer, or None to show the form again."""
        raise NotImplementedError


class MeetingAddView(MeetingFormView):
    page_title = gettext_lazy("New meeting")

    def dispatch(self, request, *args, **kwargs):
        self.arranged = meetings.arranged_by(request.user)
        if not may_see_the_board(request.user) or not self.arranged.exists():
            raise PermissionDenied
        if self.group is None and self.arranged.count() > 1:
            self.template_name = "workgroups/meeting_group.html"
            return self.render_to_response(self.get_context_data(groups=self.arranged))
        if not meetings.may_arrange(request.user, self.meeting.workgroup):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def meeting(self):
        return Meeting(workgroup=self.group or self.arranged.get())

    def get_page_subtitle(self):
        return self.meeting.workgroup.name if self.group or self.arranged.count() == 1 else ""

    def keep(self, form):
        topics = form.cleaned_data.get("topics", [])
        try:
            made = meetings.make(form.instance, topics, self.request.user)
        except meetings.ChangedMeanwhileError:
            form.data = form.data.copy() | {"uid": uuid.uuid4()}
            form.add_error(
                None,
                _(
                    "A meeting was made from this form already: it is in the list. Keep this "
                    "one too if it is another one."
                ),
            )
            return None
        meeting = made.thing
        if not made.done:
            text = _("“%(title)s” had been kept already: nothing was done twice.")
        elif meeting.is_over:
            text = _("“%(title)s” is kept. It is over, so nobody was invited: say who came.")
        else:
            text = _("“%(title)s” is kept. The members of the group get an invitation by mail.")
        messages.success(self.request, text % {"title": meeting.name})
        return redirect(place_of_meeting(meeting))

    def get_context_data(self, **kwargs):
        return super().get_context_data(meeting=None, **kwargs)


class MeetingEditView(ChangesMeeting, MeetingFormView):
    page_title = gettext_lazy("Change the meeting")

    def get(self, request, *args, **kwargs):
        if self.meeting.is_cancelled:
            messages.error(request, _("This meeting is cancelled: make a new one instead."))
            return self.back()
        return super().get(request, *args, **kwargs)

    def keep(self, form):
        request, topics = self.request, form.cleaned_data.get("topics", [])
        try:
            changed = meetings.change(form.instance, topics, request.user)
        except meetings.ChangedMeanwhileError:
            current = Meeting.objects.get(pk=self.meeting.pk)
            form.data = form.data.copy() | {"sequence": current.sequence}
            form.add_error(
                None,
                _(
                    "Somebody else has changed this meeting meanwhile: it begins on %(day)s. "
                    "What you wrote is still here; keep it to replace what stands there."
                )
                % {"day": date_format(timezone.localtime(current.starts_at), "j F Y, H:i")},
            )
            return None
        except meetings.PastStartError:
            words = _("This meeting is still to come: choose a time to come, or cancel it.")
            form.add_error("starts_at", ValidationError(words, code="past"))
            return None
        except meetings.HasBegunError:
            words = _("This meeting has begun already: its beginning stays as it was.")
            form.add_error("starts_at", ValidationError(words, code="begun"))
            return None
        except meetings.NotNowError:
            if Meeting.objects.get(pk=self.meeting.pk).is_cancelled:
                messages.error(request, _("This meeting is cancelled: make a new one instead."))
                return self.back()
            form.add_error(
                None,
                _(
                    "This meeting is over: its time and place stay as they were. "
                    "The rest may change."
                ),
            )
            return None
        self._say(changed)
        return self.back()

    def _say(self, changed):
        title = {"title": changed.thing.name}
        if not changed.done:
            messages.info(self.request, _("“%(title)s” is as it was: nothing new.") % title)
        else:
            messages.success(self.request, _("“%(title)s” is changed.") % title)

    def get_context_data(self, **kwargs):
        return super().get_context_data(meeting=self.meeting, **kwargs)


class MeetingCancelView(ChangesMeeting):
    template_name = "workgroups/meeting_cancel.html"
    page_title = gettext_lazy("Cancel the meeting")

    def get(self, request, *args, **kwargs):
        if self.meeting.is_cancelled:
            messages.info(request, _("This meeting is cancelled already."))
            return self.back()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        form = CancelMeetingForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            cancelled = meetings.cancel(self.meeting, request.user, form.cleaned_data["reason"])
        except meetings.NotNowError:
            messages.error(
                request, _("People came to this meeting, or something was decided: it stays.")
            )
            return self.back()
        if not cancelled.done:
            messages.info(request, _("This meeting is cancelled already."))
        elif cancelled.thing.is_over:
            messages.success(request, _("The meeting is cancelled. It stays in the list."))
        else:
            messages.success(
                request,
                _("The meeting is cancelled. Its members are told by mail; it stays in the list."),
            )
        return self.back()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{"meeting": self.meeting, "form": CancelMeetingForm(), **kwargs}
        )


class PostOnly:
    """A step that is only sent, never opened."""

    def get(self, request, *args, **kwargs):
        return HttpResponseNotAllowed(["POST"])
