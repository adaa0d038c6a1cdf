"""The workgroup's room: its people, its topics, and what else it has at hand."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.forms import Media
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import HeaderButton

from workgroups import board
from workgroups.models import Workgroup
from workgroups.models.records import oversees
from workgroups.room import own_groups, room_panels


class RoomPanel(Component):
    """One part of the room; knows the request and the group."""

    def __init__(self, request, workgroup):
        self.request = request
        self.workgroup = workgroup

    def get_context_data(self, parent_context):
        return {
            "request": self.request,
            "csrf_token": parent_context["csrf_token"],
            "workgroup": self.workgroup,
        }


class TopicsPanel(RoomPanel):
    """The group's topics, as the board shows them."""

    template_name = "workgroups/room_topics.html"

    class Media:
        css = {"all": ["css/board.css"]}

    def get_context_data(self, parent_context):
        user = self.request.user
        records = board.visible_to(user).filter(workgroup=self.workgroup)
        return super().get_context_data(parent_context) | {
            "columns": board.columns(records, user, board.Tally.of(records).columns),
            "narrowed": False,
            "group": self.workgroup.pk,
            "in_room": True,
            "here": self.request.get_full_path(),
        }


class MembersPanel(RoomPanel):
    """Who belongs to the group: whose account is open, each person once."""

    template_name = "workgroups/room_members.html"

    def get_context_data(self, parent_context):
        memberships = self.workgroup.memberships.filter(user__is_active=True)
        roles = {}
        for membership in memberships.select_related("user__wagtail_userprofile"):
            roles.setdefault(membership.user, []).append(membership.get_role_display())
        members = [{"user": user, "roles": ", ".join(roles[user])} for user in roles]
        members.sort(key=lambda member: str(member["user"]).casefold())
        return super().get_context_data(parent_context) | {"members": members}


def name_of_rooms(user):
    """What the list of rooms is called to ``user``."""
    return _("Workgroups") if oversees(user) else _("My groups")


class RoomMixin(WagtailAdminTemplateMixin):
    header_icon = "group"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class RoomView(RoomMixin, TemplateView):
    """One group's room, for its members and for those who oversee all groups."""

    template_name = "workgroups/room.html"

    def dispatch(self, request, *args, **kwargs):
        user, number = request.user, self.kwargs["workgroup_id"]
        if not oversees(user) and number not in [group.pk for group in own_groups(user)]:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def workgroup(self):
        return get_object_or_404(Workgroup, pk=self.kwargs["workgroup_id"])

    def get_breadcrumbs_items(self):
        *above, last = super().get_breadcrumbs_items()
        rooms = {"url": reverse("workgroup_rooms"), "label": name_of_rooms(self.request.user)}
        return [*above, rooms, last]

    def get_page_title(self):
        return self.workgroup.full_name

    @cached_property
    def header_buttons(self):
        if not oversees(self.request.user):
            return []
        edit = reverse("workgroup:edit", args=[self.workgroup.pk])
        return [HeaderButton(_("Change the group"), url=edit, icon_name="edit", priority=10)]

    def get_context_data(self, **kwargs):
        panels = room_panels(self.request, self.workgroup)
        media = sum((panel.media for panel in panels), Media())
        return super().get_context_data(
            workgroup=self.workgroup, panels=panels, media=media, **kwargs
        )


class RoomsView(RoomMixin, TemplateView):
    """The rooms that the user may enter; to the only one it leads straight."""

    template_name = "workgroups/rooms.html"

    def get_page_title(self):
        return name_of_rooms(self.request.user)

    def get(self, request, *args, **kwargs):
        groups = own_groups(request.user)
        if oversees(request.user):
            groups = list(Workgroup.objects.order_by("-active", "name"))
        elif not groups:
            raise PermissionDenied
        if len(groups) == 1:
            return redirect("workgroup_room", groups[0].pk)
        return super().get(request, *args, groups=groups, **kwargs)

    def get_context_data(self, groups, **kwargs):
        counted = Workgroup.objects.filter(pk__in=[group.pk for group in groups])
        topics = dict(counted.order_by().values_list("pk").annotate(Count("records")))
        rows = [
            {"group": group, "place": group.place, "topics": topics[group.pk]} for group in groups
        ]
        columns = [
            TitleColumn(
                "group",
                label=gettext_lazy("Workgroup"),
                get_url=lambda row: reverse("workgroup_room", args=[row["group"].pk]),
            ),
            Column("place", label=gettext_lazy("Place")),
            Column("topics", label=gettext_lazy("Topics")),
        ]
        return super().get_context_data(table=Table(columns, rows), **kwargs)
