"""A page that holds topics which parents read is not taken away from under them: not
unpublished, not deleted, not moved elsewhere, by any path. And it is not published in another
language with French texts."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page
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


# What is not the same in two languages by chance.
SENTENCES = ("question", "introduction", "search_description")


def _french_texts(page):
    """The labels of the sentences that the home page or theme `page`, a draft in another
    language, still says in French; its title apart. And whether that is the French one."""
    page = page.specific
    if not isinstance(page, (HomePage, ThemePage)):
        return [], False
    french = {
        "translation_key": page.translation_key,
        "locale__language_code": settings.LANGUAGE_CODE,
    }
    source = type(page).objects.filter(**french).exclude(pk=page.pk).first()
    if source is None:
        return [], False
    fields = [page._meta.get_field(name) for name in SENTENCES if hasattr(page, name)]
    values = [(field.value_from_object(page), field.value_from_object(source)) for field in fields]
    same = [
        str(field.verbose_name)
        for field, (text, there) in zip(fields, values, strict=True)
        if text and text == there
    ]
    return same, page.title == source.title


def refuse_french_texts(request, page):
    """What was made ready in another language is not published before somebody has written
    it; the draft is kept (for the hook before_publish_page)."""
    texts, same_title = _french_texts(page)
    if texts:
        text = _("“%(title)s” is kept as a draft. What is still in French: %(texts)s.")
        messages.error(request, text % {"title": page.title, "texts": ", ".join(texts)})
        return redirect("wagtailadmin_pages:edit", page.pk)
    if same_title and isinstance(page.specific, ThemePage):
        text = _("“%(title)s” is the French title too: change it, unless it is the same word.")
        messages.warning(request, text % {"title": page.title})
    return None


def explain_bulk(request, action_type, objects, action_class_instance):
    """The same for the bulk actions (for the hook before_bulk_action)."""
    if action_type == "publish":
        drafts = [p.get_latest_revision_as_object() for p in objects if isinstance(p, Page)]
        refused = [answer for page in drafts if (answer := refuse_french_texts(request, page))]
        return redirect(action_class_instance.next_url or "wagtailadmin_home") if refused else None
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
