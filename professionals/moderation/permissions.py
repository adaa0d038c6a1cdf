"""Who may do what with entries in the admin, superusers among them."""

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from professionals.models import Professional

# An entry is registered, imported, decided on and withdrawn: nothing of Wagtail makes one,
# deletes one, or puts one online past professionals.states.
POSSIBLE = frozenset({"change", "view"})


class EntryPermissionPolicy(ModelPermissionPolicy):
    def user_has_permission(self, user, action):
        return action in POSSIBLE and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        known = POSSIBLE & set(actions)
        return bool(known) and super().user_has_any_permission(user, known)

    def users_with_any_permission(self, actions):
        known = POSSIBLE & set(actions)
        return super().users_with_any_permission(known)


def register():
    register_permission_policy(Professional, EntryPermissionPolicy(Professional), exact_class=True)
