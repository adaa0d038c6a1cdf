"""The requests of institutions in the Wagtail admin: the queue, and one screen for each."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partners import requests
from partners.models import Partner, PartnerRequest
from partners.permissions import may_keep_partners

# Of those decided on, the list shows the newest.
DECIDED_SHOWN = 30


class KeepersView(WagtailAdminTemplateMixin, View):
    """For those who keep the partners."""

    header_icon = "link"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not may_keep_partners(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self):
        partners = {"url": reverse("partner:index"), "label": _("Partners")}
        return [*super().get_breadcrumbs_items(), partners]


class RequestsView(KeepersView):
    """What waits, the oldest first, and what was decided on last."""

    template_name = "partners/admin/requests.html"
    page_title = gettext_lazy("Requests of institutions")

    def get_breadcrumbs_items(self):
        here = {"url": reverse("partner_requests"), "label": self.page_title}
        return [*super().get_breadcrumbs_items(), here]

    def get_context_data(self, **kwargs):
        decided = PartnerRequest.objects.filter(state__in=requests.State.decided())
        return super().get_context_data(
            waiting=PartnerRequest.objects.waiting(),
            decided=decided.select_related("decided_by").order_by("-decided_at")[:DECIDED_SHOWN],
            **kwargs,
        )


class AcceptForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the partner"),
        max_length=Partner._meta.get_field("name").max_length,
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The institution reads it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say why: the institution reads it.")},
    )


class RequestView(RequestsView):
    """One request. POST `accept` or `refuse` decides on it, once."""

    template_name = "partners/admin/request.html"

    @cached_property
    def asked(self):
        confirmed = PartnerRequest.objects.exclude(state=requests.State.UNCONFIRMED)
        return get_object_or_404(confirmed, pk=self.kwargs["pk"])

    def get_page_title(self):
        return str(self.asked)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.asked)}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{
                "asked": self.asked,
                "origins": requests.sites_of(self.asked),
                "similar": requests.similar_partners(self.asked),
                "accept_form": AcceptForm(initial={"name": self.asked.name}),
                "refuse_form": RefuseForm(),
            }
            | kwargs
        )

    def post(self, request, pk):
        refuses = "refuse" in request.POST
        form = RefuseForm(request.POST) if refuses else AcceptForm(request.POST)
        if form.is_valid():
            try:
                return self.refuse(form) if refuses else self.accept(form)
            except ValidationError as error:
                for message in error.messages:
                    form.add_error(None, message)
        name = "refuse_form" if refuses else "accept_form"
        return self.render_to_response(self.get_context_data(**{name: form}))

    def accept(self, form):
        partner = requests.accept(self.asked, self.request.user, form.cleaned_data["name"])
        if partner is None:
            return self.say_already()
        text = _("“%(name)s” is a partner. The mail with the link to its page is on its way.")
        messages.success(self.request, text % {"name": partner})
        return redirect("partner:edit", partner.pk)

    def refuse(self, form):
        if not requests.refuse(self.asked, self.request.user, form.cleaned_data["reason"]):
            return self.say_already()
        text = _("“%(name)s” is refused. The mail with the reason is on its way.")
        messages.success(self.request, text % {"name": self.asked})
        return redirect("partner_requests")

    def say_already(self):
        text = _("“%(name)s” was decided on already: nothing was done twice.")
        messages.info(self.request, text % {"name": self.asked})
        return redirect("partner_request_admin", self.asked.pk)
