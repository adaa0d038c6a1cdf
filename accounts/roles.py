"""The roles a person can have, and their one synchronisation.

A role is an auth group of the same name. What it may do stands in one table,
``settings.ROLE_PERMISSIONS``; ``sync_roles`` makes the database say the same.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    AUTHOR = "author", _("Author")
    ILLUSTRATOR = "illustrator", _("Illustrator")
    SIGNATORY = "signatory", _("Signatory")
    TRANSLATOR = "translator", _("Translator")
    COORDINATOR = "coordinator", _("Coordinator")
    DIRECTORY_MODERATOR = "directory_moderator", _("Directory moderator")
    PARTNER_MANAGER = "partner_manager", _("Partner manager")
    ADMINISTRATOR = "administrator", _("Administrator")


def role_label(name):
    """The translated label of the role called *name*, or *name* itself."""
    return Role(name).label if name in Role.values else name


def _find_permissions(names, using):
    """The Permission objects called *names* ("app.codename"), by name.

    Raises ImproperlyConfigured, naming each name that no app defines.
    """
    wanted = {name: tuple(name.split(".", 1)) for name in names}
    found = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.using(using)
        .filter(codename__in={codename for _, codename in wanted.values()})
        .select_related("content_type")
    }
    unknown = sorted(name for name, key in wanted.items() if key not in found)
    if unknown:
        raise ImproperlyConfigured(
            f"ROLE_PERMISSIONS names unknown permissions: {', '.join(unknown)}"
        )
    return {name: found[key] for name, key in wanted.items()}


def sync_roles(using="default"):
    """Make one group per role, with exactly the permissions of the table.

    Idempotent; what the table does not give is taken away: permissions, those
    on pages and collections, and groups that are no role (Wagtail's migrations
    make two that may publish).
    Raises ImproperlyConfigured for an unknown role or permission name.
    """
    table = settings.ROLE_PERMISSIONS
    if set(table) != set(Role.values):
        odd = ", ".join(sorted(set(table) ^ set(Role.values)))
        raise ImproperlyConfigured(f"ROLE_PERMISSIONS and the roles do not match: {odd}")
    permissions = _find_permissions({name for names in table.values() for name in names}, using)
    with transaction.atomic(using=using):
        for role in Role.values:
            group, _created = Group.objects.using(using).get_or_create(name=role)
            group.permissions.set([permissions[name] for name in table[role]])
            group.page_permissions.all().delete()
            group.collection_permissions.all().delete()
        Group.objects.using(using).exclude(name__in=Role.values).delete()
