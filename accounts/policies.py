"""Who may manage whom, and that nobody edits roles by hand."""

from django.contrib.auth.models import Group
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import User
from .roles import Role
from .signals import was_ever


def can_manage(actor, person):
    """Whether *actor* may change *person*, apart from her model permissions.

    Nobody reaches above herself: otherwise a coordinator could take over an
    administrator's account by changing its e-mail address.
    """
    if actor.is_superuser:
        return True
    if person.is_superuser:
        return False
    return actor.has_role(Role.ADMINISTRATOR) or not person.has_role(Role.ADMINISTRATOR)


def grantable_roles(actor):
    """The names of the roles that *actor* may give or take, in their order."""
    if actor.is_superuser or actor.has_role(Role.ADMINISTRATOR):
        return list(Role.values)
    return [role for role in Role.values if role != Role.ADMINISTRATOR]


def can_change_address(actor, person):
    """Whether *actor* may change the e-mail address of *person*.

    Whoever receives a signatory's mail can choose her password and sign in her
    name: a coordinator, who writes and manages topics, must not be able to.
    Whoever signed once or was ever a signatory stays under this rule, whatever
    her roles are now: they can be given back. Until somebody first logs in, a
    mistyped address may be put right.
    """
    if actor.is_superuser or actor.has_role(Role.ADMINISTRATOR):
        return True
    if person.sign_offs.exists():
        return False
    return person.last_login is None or not was_ever(Role.SIGNATORY, person)


class UserPermissionPolicy(ModelPermissionPolicy):
    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action) and can_manage(user, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.user_has_any_permission(user, actions) and can_manage(user, instance)


class ClosedPermissionPolicy(ModelPermissionPolicy):
    """Refuses everything to everyone: these objects are made by the code."""

    def user_has_permission(self, user, action):
        return False

    def users_with_any_permission(self, actions):
        return User.objects.none()


def register():
    # exact_class: found before the policies that Wagtail registers, in any order.
    register_permission_policy(User, UserPermissionPolicy(User), exact_class=True)
    register_permission_policy(Group, ClosedPermissionPolicy(Group), exact_class=True)
