"""Who may see, choose, add, edit and delete which files.

Whoever has the model permission itself (coordinators, administrators: see
ROLE_PERMISSIONS) reaches every file. Everyone else reaches the files of the
collections that the rooms above open to her, and no others.
"""

import wagtailmedia
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from accounts.models import User

from .models import Illustration, Recording
from .registry import accessible_collections

ACTIONS = {"add", "change", "delete", "choose"}


class FilePermissionPolicy(CollectionPermissionPolicy):
    """Inside an open collection every known action is allowed; a collection
    opens its own files and not those of the collections beneath it."""

    def _opens_everything(self, user, actions):
        return any(user.has_perm(self._get_permission_name(action)) for action in actions)

    def _open_collection_ids(self, user):
        # Kept on the user as Wagtail keeps its own: one query per request.
        if not hasattr(user, "_open_collection_ids"):
            user._open_collection_ids = frozenset(
                accessible_collections(user).values_list("pk", flat=True)
            )
        return user._open_collection_ids

    def _check_perm(self, user, actions, collection=None):
        known = ACTIONS & set(actions)
        if not (user.is_active and user.is_authenticated):
            return False
        if user.is_superuser:
            return True
        if not known:
            return False
        if self._opens_everything(user, known):
            return True
        open_ids = self._open_collection_ids(user)
        return bool(open_ids) if collection is None else collection.pk in open_ids

    def _collections_with_perm(self, user, actions):
        known = ACTIONS & set(actions)
        if not known:
            return Collection.objects.none()
        if self._opens_everything(user, known):
            return Collection.objects.all()
        return Collection.objects.filter(pk__in=self._open_collection_ids(user))

    def _users_with_perm(self, actions, collection=None):
        allowed = [
            user.pk for user in User.objects.active() if self._check_perm(user, actions, collection)
        ]
        return User.objects.filter(pk__in=allowed)


def recording_policy():
    """The policy of films and sounds."""
    return FilePermissionPolicy(Recording)


def may_choose(user, file):
    """Whether somebody may put a file, an Illustration or a Recording, somewhere else: a form
    that holds its number is no proof."""
    policy = policy_registry.get_by_type(type(file))
    return policy.user_has_permission_for_instance(user, "choose", file)


def register():
    # exact_class: found before the policies that Wagtail registers, in any order.
    register_permission_policy(Illustration, FilePermissionPolicy(Illustration), exact_class=True)
    register_permission_policy(Recording, recording_policy(), exact_class=True)
    # wagtailmedia's views ask the registry; its menu item, search area, summary
    # and address finder hold what this function gives when its hooks load.
    wagtailmedia.get_permission_policy = recording_policy
