"""A page that holds topics which parents read is not taken away from under
them: not unpublished, not deleted, not moved elsewhere, by any path."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.signals import pre_page_move

from pages.models import HomePage, ThemePage


def _reason(page):
    page = page.specific
    return page.why_it_stays() if isinstance(page, (HomePage, ThemePage)) else None


def refuse_move(sender, instance, parent_page_before, parent_page_after, **kwargs):
    """Themes may change their order, not their home."""
    if parent_page_before.pk != parent_page_after.pk and (reason := _reason(instance)):
        raise PermissionDenied(reason)


def explain(request, page, *args):
    """The reason as a message, before Wagtail's own page asks to confirm (for
    the hooks before_unpublish_page, before_delete_page, before_move_page)."""
    if reason := _reason(page):
        messages.error(request, reason)
        return redirect("wagtailadmin_explore", page.pk)
    return None


def explain_bulk(request, action_type, objects, action_class_instance):
    """The same for the bulk actions (for the hook before_bulk_action)."""
    if action_type not in ("unpublish", "delete", "move"):
        return None
    reasons = [r for page in objects if hasattr(page, "specific") and (r := _reason(page))]
    if not reasons:
        return None
    for reason in reasons:
        messages.error(request, reason)
    messages.warning(request, _("Nothing was changed."))
    return redirect(action_class_instance.next_url or "wagtailadmin_home")


def connect():
    """Called once from AppConfig.ready()."""
    pre_page_move.connect(refuse_move, dispatch_uid="keep_shelves_in_place")
