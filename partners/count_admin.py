"""The numbers of views in the Wagtail admin: of all partners together, and who has gone silent."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import Partner
from partners.numbers import SILENT_AFTER, by_partner, numbers_of
from partners.request_admin import KeepersView
from partners.views.own_page import numbers_as_csv


class CountsView(KeepersView):
    """Months, topics and partners; `partenaire` narrows months and topics to one."""

    template_name = "partners/admin/counts.html"
    page_title = gettext_lazy("Views in partners’ pages")

    def get_breadcrumbs_items(self):
        here = {"url": reverse("partner_counts"), "label": self.page_title}
        return [*super().get_breadcrumbs_items(), here]

    @property
    def partner(self):
        asked = self.request.GET.get("partenaire", "")
        is_number = asked.isascii() and asked.isdecimal() and len(asked) < 19
        return Partner.objects.filter(pk=asked).first() if is_number else None

    def get_context_data(self, **kwargs):
        partner = self.partner
        return super().get_context_data(
            partner=partner,
            numbers=numbers_of(partner),
            rows=by_partner(),
            silent_days=SILENT_AFTER.days,
            **kwargs,
        )


class CountsFileView(KeepersView):
    """The numbers of all partners, as CSV."""

    def get(self, request):
        names = {partner.pk: partner.name for partner in Partner.objects.all()}
        return numbers_as_csv(numbers_of(None), {**names, None: _("(without key)")})
