"""What is written down of a meeting: who came, what was decided, what follows from it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from workgroups import meetings, remarks
from workgroups.meeting_forms import AttendanceForm, DecisionAsRemarkForm, DecisionForm
from workgroups.models import Decision, Meeting
from workgroups.notifications import place_of_meeting

from .meetings import ChangesMeeting, MeetingView, PostOnly


def say_not_now(request):
    messages.error(
        request,
        _("Nothing was kept: the meeting has not begun yet, or it is cancelled."),
    )


def say_gone(request):
    messages.error(
        request, _("Nothing was kept: somebody else has taken this decision away meanwhile.")
    )


class MinutesView(PostOnly, ChangesMeeting, MeetingView):
    """Keeps a form of the meeting's page, and shows that page again with what is wrong."""


class AttendanceView(MinutesView):
    def post(self, request, *args, **kwargs):
        form = AttendanceForm(request.POST, meeting=self.meeting)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(attendance=form))
        try:
            others = meetings.keep_attendance(
                self.meeting, form.hours, request.user, opened=form.opened
            )
        except meetings.NotNowError:
            say_not_now(request)
        else:
            messages.success(request, _("Who came is kept."))
            if others:
                names = ", ".join(str(person) for person in others)
                messages.warning(
                    request,
                    _(
                        "Somebody else has changed this meanwhile: %(names)s. What she wrote "
                        "stays; look again, and correct it where it is wrong."
                    )
                    % {"names": names},
                )
        return self.back()


class DecisionAddView(MinutesView):
    def post(self, request, *args, **kwargs):
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(decision_form=form))
        try:
            decided = meetings.decide(self.meeting, form.cleaned_data["text"], request.user)
        except meetings.NotNowError:
            say_not_now(request)
        else:
            if decided.done:
                messages.success(request, _("The decision is kept."))
            else:
                messages.info(request, _("This decision stands there already."))
        return self.back()


class DecisionView(ChangesMeeting):
    """A screen about one decision."""

    @cached_property
    def decision(self):
        visible = Meeting.objects.visible_to(self.request.user)
        found = Decision.objects.select_related("meeting__workgroup", "remark")
        return get_object_or_404(
            found, pk=self.kwargs["decision_id"], meeting__in=visible.values("pk")
        )

    @cached_property
    def meeting(self):
        return self.decision.meeting

    def dispatch(self, request, *args, **kwargs):
        if not self.may_change:
            raise PermissionDenied
        if hasattr(self.decision, "remark"):
            messages.info(
                request, _("This decision has become a remark already: nothing was done twice.")
            )
            return redirect(remarks.place_of_remarks(self.decision.remark.record))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{"meeting": self.meeting, "decision": self.decision, **kwargs}
        )


class DecisionEditView(DecisionView):
    """Gives a decision other words, or takes it away."""

    template_name = "workgroups/decision.html"
    page_title = gettext_lazy("Change the decision")

    def post(self, request, *args, **kwargs):
        if "remove" in request.POST:
            return self._keep("", _("The decision is taken away."))
        form = DecisionForm(request.POST, instance=Decision(meeting=self.meeting))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        return self._keep(form.cleaned_data["text"], _("The decision is changed."))

    def _keep(self, text, said):
        try:
            meetings.reword(self.decision, text, self.request.user)
        except meetings.NotNowError:
            words = _("This decision has become a remark meanwhile: it keeps its words.")
            messages.error(self.request, words)
        except meetings.GoneError:
            if text:
                say_gone(self.request)
            else:
                messages.info(self.request, said)
        else:
            messages.success(self.request, said)
        return redirect(place_of_meeting(self.meeting))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"form": DecisionForm(instance=self.decision), **kwargs})


class DecisionAsRemarkView(DecisionView):
    """Makes a decision a remark on one of the group's topics."""

    template_name = "workgroups/decision_as_remark.html"
    page_title = gettext_lazy("Make it a remark")

    def post(self, request, *args, **kwargs):
        form = DecisionAsRemarkForm(request.POST, meeting=self.meeting)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        record = form.cleaned_data["topic"]
        try:
            made = remarks.make(
                record,
                self.decision.text,
                request.user,
                due_on=form.cleaned_data["due_on"],
                decision=self.decision,
            )
        except meetings.NotNowError:
            messages.error(request, _("Nothing was kept: this topic is another group's by now."))
            return self.back()
        except meetings.GoneError:
            if Decision.objects.filter(pk=self.decision.pk).exists():
                messages.error(request, _("Nothing was kept: this topic is not there any more."))
            else:
                say_gone(request)
            return self.back()
        if made.done:
            messages.success(
                request,
                _("The decision is now a remark on “%(topic)s”.")
                % {"topic": record.page.draft_title},
                buttons=[messages.button(remarks.place_of_remarks(record), _("Open the remarks"))],
            )
        else:
            messages.info(
                request, _("This decision has become a remark already: nothing was done twice.")
            )
        return self.back()

    def get_context_data(self, **kwargs):
        context = {"form": DecisionAsRemarkForm(meeting=self.meeting)}
        return super().get_context_data(**{**context, **kwargs})
