"""What follows from a change of a person, whichever way it comes."""

from django.db.models.signals import m2m_changed, post_save
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from .models import User


def _set_interface_language(instance, raw, update_fields, **kwargs):
    """Wagtail reads the language of its screens from a profile of its own."""
    if raw or (update_fields and "interface_language" not in update_fields):
        return
    profile = UserProfile.get_for_user(instance)
    if profile.preferred_language != instance.interface_language:
        profile.preferred_language = instance.interface_language
        profile.save(update_fields=["preferred_language"])


def _log_roles(instance, action, reverse, pk_set, **kwargs):
    if action not in ("post_add", "post_remove", "post_clear"):
        return
    people = User.objects.filter(pk__in=pk_set or ()) if reverse else [instance]
    for person in people:
        person.__dict__.pop("roles", None)
        log(person, "accounts.roles", data={"roles": sorted(person.roles)})


def was_ever(role, person):
    """Whether *person* has the role called *role*, or had it once."""
    return person.has_role(role) or any(
        role in entry.data.get("roles", ())
        for entry in ModelLogEntry.objects.for_instance(person).filter(action="accounts.roles")
    )


def connect():
    post_save.connect(_set_interface_language, sender=User)
    m2m_changed.connect(_log_roles, sender=User.groups.through)
