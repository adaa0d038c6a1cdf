"""One brief: what is asked, what was delivered, what was said about it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from media.serving import send
from workgroups.brief_forms import (
    AcceptForm,
    AnswerForm,
    BriefForm,
    DeliverForm,
    GiveUpForm,
    RemarkForm,
)
from workgroups.briefs import unfinished_uploads
from workgroups.models import BriefVersion, IllustrationBrief, PinnedRemark
from workgroups.models.brief_queries import BriefRefusalError, BriefState
from workgroups.models.records import oversees


def sentences(error):
    """What ``error``, a refusal or a ValidationError, tells the person."""
    return " ".join(getattr(error, "messages", None) or [str(error)])


class BriefMixin:
    """A view about the brief that the address names, for those who may see it. What a
    brief refuses is told on its page."""

    @cached_property
    def brief(self):
        found = IllustrationBrief.objects.with_topics().prefetch_related(
            "versions__by", "versions__remarks__author", "versions__remarks__answered_by"
        )
        return get_object_or_404(found, pk=self.kwargs["brief_id"])

    def dispatch(self, request, *args, **kwargs):
        if not self.brief.may_be_seen_by(request.user) or not self.allowed():
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except (BriefRefusalError, ValidationError) as error:
            messages.error(request, sentences(error))
            return self.back()

    def allowed(self):
        """Whether who may see the brief may come here, too."""
        return True

    def back(self):
        return redirect("brief", self.brief.pk)

    def back_to(self, version):
        """To where the brief's page shows this version."""
        return redirect(
            f"{reverse('brief', args=[self.brief.pk])}#version-{version.number}-section"
        )

    def get_breadcrumbs_items(self):
        user, record = self.request.user, self.brief.record
        here = [{"url": "", "label": self.get_page_title()}]
        if oversees(user) or record.has_member(user):
            topic = reverse("topic_briefs", args=[record.page_id])
            here.insert(0, {"url": topic, "label": self.brief.page.draft_title})
        return [*super().get_breadcrumbs_items(), *here]

    def get_page_subtitle(self):
        return self.brief.page.draft_title


class OnlyPosted:
    """Something that is done to a brief, from a form on its page."""

    def get(self, request, *args, **kwargs):
        return HttpResponseNotAllowed(["POST"])


class BriefView(BriefMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "workgroups/brief.html"
    page_title = gettext_lazy("Illustration brief")
    header_icon = "image"

    def get_context_data(self, remark_form=None, deliver_form=None, **kwargs):
        brief, user = self.brief, self.request.user
        directs = brief.is_open and brief.may_be_directed_by(user)
        draws = brief.is_open and brief.may_be_drawn_by(user)
        versions = sorted(brief.versions.all(), key=lambda version: -version.number)
        for version in versions:
            # The newest one is what there is to talk about.
            version.remark_form = None
            if remark_form and remark_form.version.pk == version.pk:
                version.remark_form = remark_form
            elif directs and version == versions[0]:
                version.remark_form = RemarkForm(version=version)
        return super().get_context_data(
            brief=brief,
            versions=versions,
            directs=directs,
            draws=draws,
            may_answer=directs or draws,
            may_edit_topic=brief.page.permissions_for_user(user).can_edit(),
            deliver_form=deliver_form or (DeliverForm(brief=brief) if draws else None),
            uploads=unfinished_uploads(user).get(brief.pk, []),
            **kwargs,
        )


class BriefFormView(BriefMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page with one form about the brief."""

    header_icon = "image"

    def allowed(self):
        return self.brief.may_be_directed_by(self.request.user)

    def get(self, request, *args, **kwargs):
        self.brief.refuse_if_closed()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"brief": self.brief, "form": self.form(), **kwargs})

    def post(self, request, *args, **kwargs):
        self.brief.refuse_if_closed()
        form = self.form(request)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        self.done(form)
        return self.back()


class ChangeBriefView(BriefFormView):
    """Says it differently, while it is open."""

    template_name = "workgroups/brief_form.html"
    page_title = gettext_lazy("Change the brief")
    header_icon = "edit"

    def form(self, request=None):
        topic = self.brief.page.specific
        return BriefForm(
            request and request.POST,
            instance=self.brief,
            places=places_to_ask_for(topic, besides=self.brief),
            drawing=self.brief.record.drawn_by(),
        )

    def done(self, form):
        self.brief.change(self.request.user, **form.asked)
        messages.success(self.request, _("Changed. The illustrator was told."))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            action=_("Save"), back=reverse("brief", args=[self.brief.pk]), **kwargs
        )


def places_to_ask_for(topic, besides=None):
    """The (key, label) pairs of the places in the draft of ``topic`` for which no other
    brief is open."""
    asked = IllustrationBrief.objects.open().filter(page=topic.pk)
    if besides:
        asked = asked.exclude(pk=besides.pk)
    taken = set(asked.values_list("place", flat=True))
    draft = topic.get_latest_revision_as_object()
    return [(key, label) for key, label in draft.picture_places() if key not in taken]


class AcceptView(BriefFormView):
    """Asks for the alternative text, then puts the picture in its place."""

    template_name = "workgroups/brief_accept.html"
    page_title = gettext_lazy("Accept the picture")
    header_icon = "check"

    def form(self, request=None):
        version = self.brief.latest_version
        if request:
            return AcceptForm.sent_by(request)
        return AcceptForm(initial={"version": version and version.pk})

    def get(self, request, *args, **kwargs):
        if self.brief.is_open and self.brief.state != BriefState.FINAL:
            raise BriefRefusalError(_("The final picture has not been delivered yet."))
        return super().get(request, *args, **kwargs)

    def done(self, form):
        given = form.cleaned_data
        self.brief.accept(
            self.request.user, given["version"], given["alt_text"], given["decorative"]
        )
        messages.success(
            self.request,
            _("Accepted. The picture stands in the draft now (%(place)s).")
            % {"place": self.brief.place_label},
            buttons=[
                messages.button(
                    reverse("wagtailadmin_pages:edit", args=[self.brief.page_id]),
                    _("Open the topic"),
                )
            ],
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(version=self.brief.latest_version, **kwargs)


class GiveUpView(BriefFormView):
    template_name = "workgroups/brief_give_up.html"
    page_title = gettext_lazy("Give up the brief")
    header_icon = "cross"

    def form(self, request=None):
        return GiveUpForm.sent_by(request) if request else GiveUpForm()

    def done(self, form):
        self.brief.give_up(self.request.user, form.cleaned_data["reason"])
        messages.success(self.request, _("Given up. The illustrator was told why."))


class DeliverView(OnlyPosted, BriefMixin, View):
    """New versions in one request, as a browser without scripts sends them."""

    def post(self, request, *args, **kwargs):
        brief = self.brief
        brief.refuse_if_closed()
        form = DeliverForm(request.POST, request.FILES, brief=brief)
        if not form.is_valid():
            messages.error(request, " ".join(e for errors in form.errors.values() for e in errors))
            return self.back()
        kind, note = form.cleaned_data["kind"], form.cleaned_data["note"]
        made, known = [], False
        for file in form.cleaned_data["files"]:
            try:
                version, new = brief.deliver(request.user, file, kind, note)
            except ValidationError as error:
                messages.error(request, f"{file.name} : {sentences(error)}")
                continue
            if new:
                made.append(version.number)
            known = known or not new
        tell_delivered(request, brief, made, known)
        return self.back()


def tell_delivered(request, brief, made, known=False):
    """Say which versions, ``made`` by their numbers, were added to ``brief``, and whether
    something was there already."""
    if made:
        text = ngettext(
            "“%(place)s”: version %(numbers)s delivered. The authors were told.",
            "“%(place)s”: versions %(numbers)s delivered. The authors were told.",
            len(made),
        )
        numbers = ", ".join(str(number) for number in made)
        messages.success(request, text % {"place": brief.place_label, "numbers": numbers})
    if known:
        messages.info(request, _("This file is the last version already: nothing was added twice."))


class VersionMixin(BriefMixin):
    @cached_property
    def version(self):
        return get_object_or_404(
            BriefVersion.objects.select_related("brief"),
            pk=self.kwargs["version_id"],
            brief=self.brief.pk,
        )


class VersionFileView(VersionMixin, View):
    """The file of one version, from the storage, to who may see the brief."""

    def get(self, request, *args, **kwargs):
        return send(request, self.version.file.name, sha256=self.version.file_sha256)


class RemarkView(OnlyPosted, VersionMixin, BriefView):
    """Pins a remark on a version."""

    def post(self, request, *args, **kwargs):
        self.brief.refuse_if_closed()
        form = RemarkForm.sent_by(request, version=self.version)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(remark_form=form))
        x, y = form.point
        _remark, made = self.version.remark(request.user, x, y, form.cleaned_data["text"])
        if made:
            messages.success(request, _("Your remark is pinned on the picture."))
        else:
            messages.info(request, _("This remark is there already: nothing was added twice."))
        return self.back_to(self.version)


class AnswerView(OnlyPosted, BriefMixin, View):
    """Marks a remark as answered."""

    def post(self, request, *args, **kwargs):
        remark = get_object_or_404(
            PinnedRemark, pk=self.kwargs["pin_id"], version__brief=self.brief.pk
        )
        form = AnswerForm.sent_by(request)
        if not form.is_valid():
            raise BriefRefusalError(" ".join(e for errors in form.errors.values() for e in errors))
        if remark.give_answer(request.user, form.cleaned_data["answer"]):
            messages.success(request, _("The remark is marked as answered."))
        else:
            messages.info(request, _("This remark had been answered already."))
        return self.back_to(remark.version)
