"""The remarks on a topic: read, made and closed on one page."""

from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from workgroups import remarks
from workgroups.meeting_forms import AnswerForm, RemarkForm
from workgroups.meetings import GoneError
from workgroups.models import EditorialRecord, Remark

from .editorial import EditorialView


def topic_is_gone(request):
    messages.error(request, _("Nothing was kept: this topic is not there any more."))
    return redirect("wagtailadmin_home")


class RemarksView(EditorialView):
    """Every remark on one topic, and the form for a new one."""

    template_name = "workgroups/remarks.html"
    page_title = gettext_lazy("Remarks")
    header_icon = "comment"

    def allowed(self):
        return remarks.may_remark(self.request.user, self.record)

    def post(self, request, *args, **kwargs):
        form = RemarkForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        said = form.cleaned_data
        try:
            made = remarks.make(self.record, said["text"], request.user, due_on=said["due_on"])
        except GoneError:
            return topic_is_gone(request)
        if made.done:
            messages.success(request, _("The remark is kept."))
        else:
            messages.info(request, _("This remark stands there already."))
        return redirect(remarks.place_of_remarks(self.record))

    def get_context_data(self, **kwargs):
        rows = [
            (remark, AnswerForm(prefix=f"remark-{remark.pk}") if remark.is_open else None)
            for remark in self.record.remarks.in_order()
        ]
        page = self.topic
        may_open = page.permissions_for_user(self.request.user).can_edit()
        return super().get_context_data(
            **{
                "topic": page,
                "rows": rows,
                "form": RemarkForm(),
                "may_open": may_open,
                **kwargs,
            }
        )


class RemarkDoneView(EditorialView):
    """Closes a remark, with an answer or without."""

    @cached_property
    def remark(self):
        return get_object_or_404(Remark, pk=self.kwargs["remark_id"])

    @cached_property
    def record(self):
        records = EditorialRecord.objects.select_related("page", "workgroup")
        return get_object_or_404(records, pk=self.remark.record_id)

    def allowed(self):
        return remarks.may_remark(self.request.user, self.record)

    def get(self, request, *args, **kwargs):
        return HttpResponseNotAllowed(["POST"])

    def post(self, request, *args, **kwargs):
        form = AnswerForm(request.POST, prefix=f"remark-{self.remark.pk}")
        if not form.is_valid():
            messages.error(request, _("The answer is too long: nothing was kept."))
        else:
            try:
                closed = remarks.close(self.remark, form.cleaned_data["answer"], request.user)
            except GoneError:
                return topic_is_gone(request)
            if closed.done:
                messages.success(request, _("The remark is closed."))
            else:
                messages.info(
                    request,
                    _("%(name)s has closed this remark already.") % {"name": closed.thing.done_by},
                )
        return redirect(remarks.place_of_remarks(self.record))
