"""Who sees and does what with pages: the one policy and the one tester."""

from django.contrib.auth.models import Permission
from django.db.models import Q
from wagtail.models import GroupPagePermission, Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from .models import EditorialRecord
from .models.editorial_page import editorial_models
from .models.records import oversees
from .remembered import remembered

COORDINATORS_MAY = ("add", "change", "publish", "bulk_delete", "lock", "unlock")


def _permissions(page, actions):
    """Permissions on ``page`` and all below it, in Wagtail's own shape but
    never saved: they are worked out anew at each request. Their key only tells
    one from the other, where Wagtail makes a set of them."""
    return [
        GroupPagePermission(
            pk=(page.pk, action), page=page, permission=Permission(codename=f"{action}_page")
        )
        for action in actions
    ]


def _root():
    """The page above all others."""
    return remembered("root page", Page.get_first_root_node)


def _shared_path(paths):
    """The path of the lowest page that stands above, or at, all of ``paths``."""
    shared = ""
    steps = [
        [path[i : i + Page.steplen] for i in range(0, len(path), Page.steplen)] for path in paths
    ]
    for step, *others in zip(*steps, strict=False):
        if any(other != step for other in others):
            break
        shared += step
    return shared


def closed_pages(user):
    """The pages of which ``user`` may not even know: what other groups have not
    online, and aliases of topics, which belong to no group."""
    if oversees(user):
        return Page.objects.none()
    closed = Q(pk__in=EditorialRecord.objects.closed_to(user).values("page"))
    for model in editorial_models():
        without_group = model.objects.filter(live=False, editorial_record=None)
        closed |= Q(pk__in=without_group.values("pk"))
    return Page.objects.filter(closed)


class EditorialPagePolicy(PagePermissionPolicy):
    """Coordinators have the whole tree; everybody else the topics of their own
    groups and nothing besides."""

    def get_all_permissions_for_user(self, user):
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return []
        if oversees(user):
            return _permissions(_root(), COORDINATORS_MAY)
        own = EditorialRecord.objects.editable_by(user).select_related("page")
        return [p for record in own for p in _permissions(record.page, ["change"])]

    def explorable_root_instance(self, user):
        """The theme above a member's topics (their home, where there are
        several), so that the explorer opens on a list."""
        if oversees(user):
            return _root()
        own = self.get_cached_permissions_for_user(user)
        path = _shared_path([permission.page.path[: -Page.steplen] for permission in own])
        return remembered(("page at", path), lambda: Page.objects.filter(path=path).first())

    def explorable_instances(self, user):
        if not (user.is_superuser or self.get_cached_permissions_for_user(user)):
            return self.model._default_manager.none()
        return super().explorable_instances(user)


class EditorialPermissionTester(PagePermissionTester):
    """Nobody publishes, takes off, locks or hides an editorial page by
    Wagtail's own means, superusers included."""

    def _refused(self):
        return False

    can_publish = can_publish_subpage = can_unpublish = can_unschedule = _refused
    can_lock = can_unlock = can_set_view_restrictions = _refused
    can_submit_for_moderation = _refused

    def can_edit(self):
        # The policy and the stage decide; owning a page gives nothing.
        if not self.user.is_active or self.page_is_root:
            return False
        return oversees(self.user) or "change" in self.permissions

    def can_delete(self, ignore_bulk=False):
        # What was signed stays all the same: see workgroups.deletion.
        return oversees(self.user)

    def can_move(self):
        return oversees(self.user)

    def can_view_revisions(self):
        return self.can_edit()
