"""The workgroups in the admin, for coordinators."""

from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from workgroups.models import Workgroup


class WorkgroupDeleteView(DeleteView):
    """A group with topics or files is closed rather than deleted."""

    def post(self, request, *args, **kwargs):
        group = self.get_object()
        held = [record.page.draft_title for record in group.records.select_related("page")]
        try:
            if not held:
                return super().post(request, *args, **kwargs)
        except ProtectedError as error:
            held = [str(found) for found in error.protected_objects]
        messages.error(
            request,
            _("“%(group)s” cannot be deleted: %(held)s. Close it instead (untick “active”).")
            % {"group": group, "held": ", ".join(held[:10])},
        )
        return redirect("workgroup:edit", group.pk)


class WorkgroupViewSet(ModelViewSet):
    model = Workgroup
    name = "workgroup"
    url_prefix = "groupes"
    icon = "group"
    menu_label = gettext_lazy("Workgroups")
    add_to_admin_menu = True
    menu_order = 300
    list_display = ["name", "place", "active"]
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
            InlinePanel(
                "memberships",
                heading=gettext_lazy("Members"),
                label=gettext_lazy("member"),
                panels=[FieldPanel("user"), FieldPanel("role")],
            ),
        ]
    )


workgroup_viewset = WorkgroupViewSet()
