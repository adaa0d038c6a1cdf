"""Opening a new round on a signed topic, and withdrawing one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from workgroups import notifications, signing, workflow
from workgroups.forms import WithdrawForm

from .editorial import EditorialView


class ReviseView(EditorialView):
    """Asks once, then opens the round: parents keep reading the signed text."""

    template_name = "workgroups/revise.html"
    page_title = gettext_lazy("Revise")
    header_icon = "edit"

    def allowed(self):
        return self.record.is_answered_for_by(self.request.user)

    def post(self, request, *args, **kwargs):
        try:
            opened = workflow.start_round(self.topic, request.user)
        except PermissionDenied:
            messages.error(
                request,
                _("This topic is signed and waits for its day: send it back first."),
            )
            return redirect("editorial_sign_off", self.topic.pk)
        if opened:
            messages.success(request, _("You can now change the topic."))
        else:
            messages.info(request, _("A round is already open on this topic."))
        return redirect("wagtailadmin_pages:edit", self.topic.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(topic=self.topic, record=self.record, **kwargs)


class WithdrawView(EditorialView):
    """Takes a topic off at once, in every language, with a reason."""

    template_name = "workgroups/withdraw.html"
    page_title = gettext_lazy("Withdraw")
    header_icon = "warning"

    def allowed(self):
        return signing.may_withdraw(self.request.user, self.topic)

    def post(self, request, *args, **kwargs):
        form = WithdrawForm.sent_by(request)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        reason = form.cleaned_data["reason"]
        withdrawn = signing.withdraw(self.topic, request.user, reason)
        if withdrawn:
            notifications.tell_withdrawn(withdrawn, request.user, reason)
            messages.success(
                request,
                _("“%(title)s” is no longer online, in any language. The group was told.")
                % {"title": self.topic.draft_title},
            )
        else:
            messages.info(
                request,
                _("“%(title)s” was not online: nothing was withdrawn.")
                % {"title": self.topic.draft_title},
            )
        return redirect("wagtailadmin_home")

    def get_context_data(self, **kwargs):
        defaults = {"topic": self.topic, "record": self.record, "form": WithdrawForm()}
        return super().get_context_data(**{**defaults, **kwargs})
