"""Partners in the Wagtail admin."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import (
    CreateView,
    EditView,
    IndexView,
    WagtailAdminTemplateMixin,
)
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button

from partners.logos import make_collection
from partners.models import Partner
from partners.partner_form import PartnerForm
from partners.permissions import may_keep_partners


class OriginsColumn(Column):
    """The sites of a partner, as people read them."""

    cell_template_name = "partners/admin/origins.html"

    def get_value(self, instance):
        return instance.allowed_origins


class PartnerIndexView(IndexView):
    table_classname = "listing wide-list stacked-list"
    # Short: on a phone, what the screen is called stands beside it.
    add_item_label = gettext_lazy("Add")

    def get_base_queryset(self):
        return Partner.objects.prefetch_related("origins")


class WithLogos:
    """Whoever opens the form has where to put a logo."""

    def get(self, request, *args, **kwargs):
        make_collection()
        return super().get(request, *args, **kwargs)


class PartnerAddView(WithLogos, CreateView):
    pass


class PartnerEditView(WithLogos, EditView):
    template_name = "partners/admin/partner.html"

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        """In one transaction: the form looks at what is kept and saves before anybody else."""
        return super().post(request, *args, **kwargs)

    @cached_property
    def header_more_buttons(self):
        address = reverse("partner:renew_key", args=[self.object.pk])
        button = Button(_("Renew the key"), url=address, icon_name="key", priority=50)
        return [*super().header_more_buttons, button]


class RenewKeyView(WagtailAdminTemplateMixin, View):
    """Asks first; then the partner has another key, and the old one stops."""

    template_name = "partners/admin/renew_key.html"
    page_title = gettext_lazy("Renew the key")
    header_icon = "key"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not may_keep_partners(request.user):
            raise PermissionDenied
        self.partner = get_object_or_404(Partner, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("partner:index"), "label": _("Partners")},
            {"url": reverse("partner:edit", args=[self.partner.pk]), "label": str(self.partner)},
            {"url": "", "label": _("Renew the key")},
        ]

    def get(self, request, pk):
        return self.render_to_response(self.get_context_data(partner=self.partner))

    def post(self, request, pk):
        """`seen`: the key that was shown."""
        if self.partner.renew_key(request.user, seen=request.POST.get("seen", "")):
            text = _(
                "“%(name)s” has another key. The lines with the old one show no topic any more."
            )
            messages.success(request, text % {"name": self.partner})
        else:
            text = _("The key of “%(name)s” was renewed already: nothing was changed.")
            messages.info(request, text % {"name": self.partner})
        return redirect("partner:edit", self.partner.pk)


class PartnerViewSet(ModelViewSet):
    model = Partner
    name = "partner"
    url_prefix = "partenaires"
    icon = "link"
    menu_label = gettext_lazy("Partners")
    menu_order = 80
    add_to_admin_menu = True
    list_display = [
        "name",
        Column("kind", label=gettext_lazy("Kind of partner"), accessor="get_kind_display"),
        Column(
            "departement", label=gettext_lazy("Département"), accessor="get_departement_display"
        ),
        OriginsColumn("origins", label=gettext_lazy("Sites")),
        BooleanColumn("active", label=gettext_lazy("Active")),
    ]
    list_filter = ["active", "kind", "departement", "language"]
    search_fields = ["name", "contact_name", "contact_email", "origins__host"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = PartnerIndexView
    add_view_class = PartnerAddView
    edit_view_class = PartnerEditView
    edit_template_name = PartnerEditView.template_name
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("departement")]),
            FieldPanel("origins"),
            FieldPanel("active"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_email")])],
                heading=gettext_lazy("Whom we write to"),
            ),
            MultiFieldPanel(
                [FieldPanel("language"), FieldPanel("wash"), FieldPanel("pictures")],
                heading=gettext_lazy("How its pages show our topics"),
            ),
            FieldPanel("logo"),
        ],
        base_form_class=PartnerForm,
    )

    def get_common_view_kwargs(self, **kwargs):
        # No button to delete one.
        return super().get_common_view_kwargs(**kwargs) | {"delete_url_name": None}

    def get_urlpatterns(self):
        renew = path("cle/<int:pk>/", RenewKeyView.as_view(), name="renew_key")
        return [*super().get_urlpatterns(), renew]
