"""Who keeps the partners. One that embedded topics is deactivated, never deleted: what was
counted for it stays true. So for superusers, too."""

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from partners.models import Partner

CHANGE_PARTNERS = "partners.change_partner"
POSSIBLE = frozenset({"add", "change", "view"})


class PartnerPermissionPolicy(ModelPermissionPolicy):
    def user_has_permission(self, user, action):
        return action in POSSIBLE and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        known = POSSIBLE & set(actions)
        return bool(known) and super().user_has_any_permission(user, known)

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission(POSSIBLE & set(actions))


def register():
    register_permission_policy(Partner, PartnerPermissionPolicy(Partner), exact_class=True)


def may_keep_partners(user):
    """Whether *user* makes and changes partners."""
    return user.has_perm(CHANGE_PARTNERS)
