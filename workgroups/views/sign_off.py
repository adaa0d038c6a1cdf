"""The page on which a professional reads exactly what will go out, and signs."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin import messages
from wagtail.models import Page

from workgroups import signing
from workgroups.authorship import writers_of
from workgroups.comparison import changes
from workgroups.forms import ReturnForm, SignForm
from workgroups.models import SignOff, Stage
from workgroups.models.records import oversees

from .editorial import EditorialView

MESSAGES = {
    signing.Outcome.PUBLISHED: gettext_lazy("Signed. “%(title)s” is online: parents can read it."),
    signing.Outcome.SCHEDULED: gettext_lazy("Signed. “%(title)s” goes online on the day chosen."),
    signing.Outcome.WAITS_FOR_ANOTHER: gettext_lazy(
        "Signed. “%(title)s” now waits for another signature."
    ),
    signing.Outcome.ALREADY_SIGNED: gettext_lazy(
        "You have already signed “%(title)s”: nothing more to do."
    ),
}


class SignOffMixin:
    """Who may read a page that waits for its signature."""

    @cached_property
    def revision(self):
        return signing.revision_to_sign(self.record)

    @cached_property
    def why_not(self):
        return signing.why_not(self.topic, self.record, self.request.user)

    @cached_property
    def own_signature(self):
        return signing.own_signature(self.topic, self.record, self.request.user)

    def allowed(self):
        return signing.may_read(self.topic, self.record, self.request.user)


class SignOffView(SignOffMixin, EditorialView):
    template_name = "workgroups/sign_off.html"
    page_title = gettext_lazy("Sign-off")
    header_icon = "check"

    def get(self, request, *args, **kwargs):
        if self.revision is None:
            return self._moved_on()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") == "return":
            return self._return()
        return self._sign()

    def _sign(self):
        form = SignForm.sent_by(self.request, statement=signing.STATEMENT)
        if not form.is_valid():
            if self.revision is None:
                return self._moved_on()
            return self.render_to_response(self.get_context_data(sign_form=form))
        data = form.cleaned_data
        address = self.revision and self.revision.content["slug"]
        signature = signing.Signature(
            data["revision"], data["content_hash"], data["review_due_on"], data["publish_at"]
        )
        try:
            outcome = signing.sign(self.topic.pk, self.request.user, signature)
        except PermissionDenied as refusal:
            return self._refused(refusal)
        messages.success(self.request, MESSAGES[outcome] % {"title": self.topic.draft_title})
        if outcome is signing.Outcome.PUBLISHED:
            self._tell_of_another_address(address)
        return redirect("wagtailadmin_home")

    def _tell_of_another_address(self, chosen):
        slug = Page.objects.values_list("slug", flat=True).get(pk=self.topic.pk)
        if slug != chosen:
            messages.info(
                self.request,
                _("Another page has the address “%(chosen)s” by now: this one is at “%(slug)s”.")
                % {"chosen": chosen, "slug": slug},
            )

    def _return(self):
        form = ReturnForm.sent_by(self.request)
        if not form.is_valid():
            if self.revision is None:
                return self._moved_on()
            return self.render_to_response(self.get_context_data(return_form=form))
        data = form.cleaned_data
        try:
            signing.return_page(
                self.topic.pk, self.request.user, data["revision"], data["to"], data["reason"]
            )
        except (PermissionDenied, ValidationError) as refusal:
            return self._refused(refusal)
        messages.success(
            self.request,
            _("“%(title)s” was sent back. The group has been told why.")
            % {"title": self.topic.draft_title},
        )
        return redirect("wagtailadmin_home")

    def _refused(self, refusal):
        text = " ".join(getattr(refusal, "messages", [])) or str(refusal)
        messages.error(self.request, text or _("You cannot sign this topic."))
        return redirect("editorial_sign_off", self.topic.pk)

    def _moved_on(self):
        messages.info(
            self.request,
            _("“%(title)s” is not waiting for a signature any more (stage: %(stage)s).")
            % {"title": self.topic.draft_title, "stage": self.record.get_stage_display()},
        )
        return redirect("wagtailadmin_home")

    def get_context_data(self, **kwargs):
        version = self.revision.as_object()
        content = version.canonical_content()
        fixed = {"revision": self.revision.pk, "content_hash": version.content_hash()}
        last = self.topic.sign_offs.exclude(revision=self.revision).order_by("pk").last()
        in_force = SignOff.objects.in_force(self.topic.pk, self.revision.pk)
        can_return = oversees(self.request.user) or self.own_signature or not self.why_not
        defaults = {
            "topic": self.topic,
            "title": version.title,
            "record": self.record,
            "preview_url": reverse(
                "editorial_sign_off_preview", args=[self.topic.pk, self.revision.pk]
            ),
            "signatures": in_force,
            "missing": signing.signatures_missing(self.record),
            "last_sign_off": last,
            "changes": changes(last.content, content, version.content_labels) if last else [],
            "writers": get_user_model().objects.filter(pk__in=writers_of(self.topic)),
            "own_signature": self.own_signature,
            "why_not": None if self.own_signature else self.why_not or version.why_not_online(),
            "sign_form": SignForm(initial=fixed, statement=signing.STATEMENT),
            "return_form": ReturnForm(initial=fixed) if can_return else None,
            "scheduled": self.record.stage == Stage.SCHEDULED,
        }
        return super().get_context_data(**{**defaults, **kwargs})


@method_decorator(xframe_options_sameorigin, name="dispatch")
class SignOffPreview(SignOffMixin, EditorialView):
    """The exact revision as parents will see it, in a frame of the sign-off page."""

    def get(self, request, *args, **kwargs):
        if self.revision is None or self.revision.pk != kwargs["revision_id"]:
            raise Http404
        return self.revision.as_object().make_preview_request(request)
