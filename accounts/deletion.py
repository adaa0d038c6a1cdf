"""A person whom past work refers to is deactivated, never deleted."""

from django.core.exceptions import PermissionDenied
from django.db.models import PROTECT, RESTRICT
from django.db.models.signals import pre_delete
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import ModelLogEntry, PageLogEntry

from .models import User
from .references import references_to

NAMED_PER_KIND = 5


class UserReferredToError(PermissionDenied):
    """Past work refers to this person: she may not be deleted."""


def _named(kind, labels, count):
    names = ", ".join(_("“%(label)s”") % {"label": label} for label in labels)
    if count > len(labels):
        names += ngettext(" and %(count)d more", " and %(count)d more", count - len(labels)) % {
            "count": count - len(labels)
        }
    return _("%(kind)s: %(names)s") % {"kind": capfirst(kind), "names": names}


def what_refers_to(person):
    """What keeps *person* from being deleted: one text per kind of thing."""
    found = []
    for relation in User._meta.get_fields(include_hidden=True):
        # Lists of people too: a theme's signatories, say, of which an empty list
        # means something else.
        listed = relation.many_to_many and relation.auto_created
        if not listed and getattr(relation, "on_delete", None) not in (PROTECT, RESTRICT):
            continue
        things = relation.related_model._base_manager.filter(**{relation.field.name: person})
        if count := things.count():
            found.append(
                _named(
                    relation.related_model._meta.verbose_name_plural,
                    [str(thing) for thing in things[:NAMED_PER_KIND]],
                    count,
                )
            )
    written = (
        (_("pages worked on"), PageLogEntry.objects.filter(user=person)),
        (
            _("things changed"),
            ModelLogEntry.objects.filter(user=person).exclude(
                object_id=str(person.pk), content_type__model=User._meta.model_name
            ),
        ),
    )
    for kind, entries in written:
        labels = list(entries.order_by("label").values_list("label", flat=True).distinct())
        if labels:
            found.append(_named(kind, labels[:NAMED_PER_KIND], len(labels)))
    return found + [capfirst(label) for label in references_to(person)]


def refusal(person, references):
    """The sentence that says why *person* stays, and what to do instead."""
    return _(
        "%(name)s cannot be deleted, so that past work keeps its author. "
        "Untick “active” instead. %(references)s."
    ) % {"name": person, "references": ". ".join(references)}


def _refuse_deletion(instance, **kwargs):
    if references := what_refers_to(instance):
        raise UserReferredToError(refusal(instance, references))


def connect():
    pre_delete.connect(_refuse_deletion, sender=User)
