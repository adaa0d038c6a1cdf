"""What topics and groups refer to stays; whoever would delete it is told by
what it is held, and what to do instead."""

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_delete
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Collection, CollectionMember, Page

from accounts.references import references_to

from .models import EditorialRecord, Workgroup

NAMED = 10


def named(labels):
    """The first of many ``labels``, as one text."""
    labels = list(labels)
    names = ", ".join(labels[:NAMED])
    return names if len(labels) <= NAMED else f"{names}…"


def why_page_stays(page):
    """Why ``page`` cannot be deleted, as a sentence; None where nothing holds it.

    A topic that was ever signed is kept with its signatures; a page with
    topics under it goes after them.
    """
    below = Page.objects.descendant_of(page).filter(editorial_record__isnull=False)
    if titles := list(below.order_by("path").values_list("draft_title", flat=True)[: NAMED + 1]):
        return _("“%(page)s” cannot be deleted: there are topics under it: %(topics)s.") % {
            "page": page.title,
            "topics": named(titles),
        }
    if copies := _copies_of(page):
        return _(
            "“%(page)s” cannot be deleted: it was copied or translated (%(copies)s), and who "
            "wrote it must stay known."
        ) % {"page": page.draft_title, "copies": named(copies)}
    if names := list(page.sign_offs.values_list("signatory_name", flat=True)):
        return _(
            "“%(page)s” cannot be deleted: it was signed by %(names)s, and what was signed is kept."
        ) % {"page": page.draft_title, "names": named(dict.fromkeys(names))}
    return None


def _copies_of(page):
    """The titles of what was copied or translated from ``page``."""
    page = page.specific
    record = EditorialRecord.objects.filter(page_id=page.pk).first()
    if record is None:  # no topic, or an alias of one, which nobody wrote
        return []
    kin = type(page).objects.filter(lineage=page.lineage).exclude(pk=page.pk)
    later = kin.filter(editorial_record__created_at__gt=record.created_at)
    return list(later.values_list("draft_title", flat=True))


def refuse_page(sender, instance, **kwargs):
    """However a page is deleted: by its queryset, its theme or in code (pre_delete)."""
    if reason := why_page_stays(instance):
        raise PermissionDenied(reason)


def explain(request, page):
    """For the hook before_delete_page."""
    if reason := why_page_stays(page):
        messages.error(request, reason)
        return redirect("wagtailadmin_explore", page.pk)
    return None


def explain_bulk(request, action_type, objects, action):
    """For the hook before_bulk_action."""
    if action_type != "delete" or not issubclass(action.model, Page):
        return None
    if reasons := [reason for page in objects if (reason := why_page_stays(page))]:
        for reason in reasons:
            messages.error(request, reason)
        return redirect(action.next_url or "wagtailadmin_home")
    return None


def why_group_stays(group):
    """Why ``group`` cannot be deleted, as a sentence; None where nothing holds it."""
    held = what_holds_group(group)
    if not held:
        return None
    return _("“%(group)s” cannot be deleted: %(held)s. Close it instead (untick “active”).") % {
        "group": group,
        "held": named(held),
    }


def refuse_group(sender, instance, **kwargs):
    """However a group is deleted (pre_delete)."""
    if reason := why_group_stays(instance):
        raise PermissionDenied(reason)


def what_holds_group(group):
    """What refers to ``group``, as a list of labels: its topics, meetings,
    hours, themes, files."""
    held = [record.page.draft_title for record in group.records.select_related("page")]
    held += [str(meeting) for meeting in group.meetings.all()[: NAMED + 1]]
    held += [str(given) for given in group.given_hours.select_related("user")[: NAMED + 1]]
    for relation in group._meta.related_objects:
        if relation.many_to_many:
            found = getattr(group, relation.get_accessor_name()).all()
            kind = relation.related_model._meta.verbose_name
            held += [_("%(kind)s “%(thing)s”") % {"kind": kind, "thing": thing} for thing in found]
    held += references_to(group)
    for relation in Collection._meta.get_fields(include_hidden=True):
        if relation.one_to_many and issubclass(relation.related_model, CollectionMember):
            files = relation.related_model.objects.filter(collection=group.collection_id)
            held += [str(file) for file in files[: NAMED + 1]]
    return held


def describe_collection(collection):
    """For the hook describe_collection_contents: a group's collection is held
    by its group."""
    group = Workgroup.objects.filter(collection=collection.pk).first()
    if group is None:
        return None
    return {
        "count": 1,
        "count_text": _("the workgroup “%(group)s”") % {"group": group},
        "url": reverse("workgroup:edit", args=[group.pk]),
    }


def connect():
    """Called once from AppConfig.ready()."""
    pre_delete.connect(refuse_page, sender=Page, dispatch_uid="refuse_to_delete_page")
    pre_delete.connect(refuse_group, sender=Workgroup, dispatch_uid="refuse_to_delete_group")
