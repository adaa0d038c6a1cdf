"""The workgroups in the admin, for coordinators."""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, TitleColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from workgroups.deletion import why_group_stays
from workgroups.models import Workgroup


class WorkgroupDeleteView(DeleteView):
    """A group that something refers to is closed rather than deleted."""

    def dispatch(self, request, *args, **kwargs):
        if self.user_has_permission("delete") and (reason := why_group_stays(self.object)):
            messages.error(request, reason)
            return redirect("workgroup:edit", self.object.pk)
        return super().dispatch(request, *args, **kwargs)

    def delete_action(self):
        # Nothing is in it: it goes with the group it was made for.
        with transaction.atomic():
            super().delete_action()
            self.object.collection.delete()


class WorkgroupViewSet(ModelViewSet):
    model = Workgroup
    name = "workgroup"
    url_prefix = "groupes"
    icon = "group"
    menu_label = gettext_lazy("Workgroups")
    add_to_admin_menu = True
    menu_order = 300
    list_display = [
        "name",
        "place",
        BooleanColumn("active", label=gettext_lazy("Active"), sort_key="active"),
        TitleColumn(
            "room",
            label=gettext_lazy("Room"),
            accessor=lambda group: _("Open the room"),
            get_url=lambda group: reverse("workgroup_room", args=[group.pk]),
        ),
    ]
    list_filter = ["active"]
    search_fields = ["name", "place"]
    search_backend_name = None
    inspect_view_enabled = False
    copy_view_enabled = False
    delete_view_class = WorkgroupDeleteView
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("place"),
            FieldPanel("active"),
            MultiFieldPanel(
                [
                    FieldPanel("draft_days"),
                    FieldPanel("illustration_days"),
                    FieldPanel("sign_off_days"),
                ],
                heading=gettext_lazy("How long each stage may take"),
                help_text=gettext_lazy(
                    "In working days, without weekends and public holidays. After that, a "
                    "topic counts as late. A change counts for the stages that begin from then on."
                ),
            ),
            InlinePanel(
                "memberships",
                heading=gettext_lazy("Members"),
                label=gettext_lazy("member"),
                panels=[FieldPanel("user"), FieldPanel("role")],
            ),
        ]
    )


workgroup_viewset = WorkgroupViewSet()
