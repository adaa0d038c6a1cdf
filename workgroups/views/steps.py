"""What one does to a topic from its card: hand it on, move its due date."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from workgroups.forms import DueDateForm, ReasonForm
from workgroups.models.stages import IN_WORK

from .editorial import EditorialView


def tell_who_has_it(request, page):
    """Say, on the next screen, who has the topic after a hand-over."""
    names = ", ".join(str(worker) for worker in page.get_record().holders())
    text = (
        _("“%(title)s” is now with: %(names)s.")
        if names
        else _("“%(title)s” waits for a coordinator.")
    )
    messages.success(request, text % {"title": page.get_admin_display_title(), "names": names})


class StepView(EditorialView):
    """A step that leads back to where one came from."""

    def back(self):
        return redirect(get_valid_next_url_from_request(self.request) or reverse("editorial_board"))


class HandOnView(StepView):
    """Hands a topic on to its next stage, by the workflow's own action."""

    def allowed(self):
        return self.topic.permissions_for_user(self.request.user).can_edit()

    def get(self, request, *args, **kwargs):
        return HttpResponseNotAllowed(["POST"])

    def post(self, request, *args, **kwargs):
        title = self.topic.get_admin_display_title()
        if self.record.stage not in IN_WORK or self.record.stage != request.POST.get("stage"):
            messages.info(
                request,
                _(
                    "“%(title)s” has already been handed on (stage: %(stage)s). "
                    "Nothing was done twice."
                )
                % {"title": title, "stage": self.record.get_stage_display()},
            )
            return self.back()
        latest = self.topic.get_latest_revision_as_object()
        if problems := latest.problems_at(self.record.stage):
            self._say_what_is_missing(title, problems)
            return self.back()
        task = self.topic.current_workflow_task
        try:
            task.on_action(self.topic.current_workflow_task_state, request.user, "approve")
        except PermissionDenied:
            messages.error(
                request,
                _("“%(title)s” was not handed on: it has moved on meanwhile, or is not yours now.")
                % {"title": title},
            )
        else:
            tell_who_has_it(request, self.topic)
        return self.back()

    def _say_what_is_missing(self, title, problems):
        messages.error(
            self.request,
            format_html(
                "{}<ul>{}</ul>",
                _("“%(title)s” was not handed on: something is still missing.") % {"title": title},
                format_html_join("", "<li>{}</li>", ((p.message,) for p in problems)),
            ),
            buttons=[
                messages.button(
                    reverse("wagtailadmin_pages:edit", args=[self.topic.pk]), _("Open the topic")
                )
            ],
        )


class SendBackView(StepView):
    """Gives a topic at illustration back to those who write it, by the workflow's own
    action, with a reason."""

    template_name = "workgroups/send_back.html"
    page_title = gettext_lazy("Send back to draft")
    header_icon = "undo"

    def allowed(self):
        return self.topic.permissions_for_user(self.request.user).can_edit()

    def dispatch(self, request, *args, **kwargs):
        if self.allowed() and not self.record.can_be_sent_back_by(request.user):
            return self._not_now()
        return super().dispatch(request, *args, **kwargs)

    def _not_now(self):
        text = _("“%(title)s” is not yours to send back now (stage: %(stage)s). Nothing was done.")
        told = {"title": self.topic.get_admin_display_title()}
        messages.info(self.request, text % {**told, "stage": self.record.get_stage_display()})
        return self.back()

    def post(self, request, *args, **kwargs):
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        task, state = self.topic.current_workflow_task, self.topic.current_workflow_task_state
        try:
            task.on_action(state, request.user, "reject", comment=form.cleaned_data["comment"])
        except PermissionDenied:
            self.record.refresh_from_db()
            return self._not_now()
        tell_who_has_it(request, self.topic)
        return self.back()

    def get_context_data(self, **kwargs):
        here = {"topic": self.topic, "form": ReasonForm()}
        next_url = get_valid_next_url_from_request(self.request)
        return super().get_context_data(**{**here, "next_url": next_url, **kwargs})


class DueDateView(StepView):
    """Moves the date by which the present stage is to be done, with a reason."""

    template_name = "workgroups/due_date.html"
    page_title = gettext_lazy("Move the due date")
    header_icon = "date"

    def allowed(self):
        return self.record.is_answered_for_by(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if self.allowed() and not self.record.in_round:
            messages.info(request, _("Nothing is due on this topic now: no stage is open."))
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        form = DueDateForm.sent_by(request)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        day, reason = form.cleaned_data["due_on"], form.cleaned_data["reason"]
        self.record.move_due_date(day, request.user, reason)
        messages.success(
            request,
            _("“%(title)s” is now due on another day.")
            % {"title": self.topic.get_admin_display_title()},
        )
        return self.back()

    def get_context_data(self, **kwargs):
        form = DueDateForm(initial={"due_on": self.record.due_on})
        here = {"topic": self.topic, "record": self.record, "form": form}
        next_url = get_valid_next_url_from_request(self.request)
        return super().get_context_data(**{**here, "next_url": next_url, **kwargs})
