"""A language in which signed topics stand keeps its code: under another one
they would be served as what nobody signed."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.signals import pre_save
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale
from wagtail.permissions import locale_permission_policy
from wagtail_localize.locales.views import LocaleViewSet

from .deletion import named
from .models import EditorialRecord, Stage


def why_language_stays(locale, code):
    """Why ``locale`` cannot have the language code ``code``, as a sentence;
    None where it has it already or nothing holds the other."""
    if not Locale.all_objects.filter(pk=locale.pk).exclude(language_code=code).exists():
        return None
    signed = EditorialRecord.objects.filter(locale=locale.pk).filter(
        Q(page__live=True) | Q(stage=Stage.SCHEDULED)
    )
    titles = signed.order_by("page__title").values_list("page__title", flat=True)
    if not titles:
        return None
    return _(
        "This language stays what it is: topics are signed in it and online, or about "
        "to be: %(topics)s. Add another language instead."
    ) % {"topics": named(titles)}


def refuse_other_code(sender, instance, raw=False, **kwargs):
    """However a language is changed (pre_save)."""
    if raw or instance.pk is None:
        return
    if reason := why_language_stays(instance, instance.language_code):
        raise PermissionDenied(reason)


def edit_language(request, pk):
    """wagtail-localize's screen, which would not say why it is refused."""
    locale = get_object_or_404(Locale.all_objects, pk=pk)
    asked = request.POST.get("language_code")
    may_change = locale_permission_policy.user_has_permission(request.user, "change")
    if asked and may_change and (reason := why_language_stays(locale, asked)):
        messages.error(request, reason)
        return redirect("wagtaillocales:edit", pk)
    return LocaleViewSet("wagtaillocales", url_prefix="locales").edit_view(request, pk=pk)


def connect():
    """Called once from AppConfig.ready()."""
    pre_save.connect(refuse_other_code, sender=Locale, dispatch_uid="refuse_other_language_code")
