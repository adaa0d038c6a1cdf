"""Which languages are on, and how one is switched on or off."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Locale

from pages.models import HomePage, SiteLanguage, ThemePage, TopicPage
from workgroups.models.records import oversees
from workgroups.translations import held_locale


def languages_on(request):
    """The codes of the languages in which parents find the site, in the order of the
    settings; asked once per request."""
    found = getattr(request, "_languages_on", None)
    if found is None:
        codes = set(_codes_shown().all())
        codes.add(settings.LANGUAGE_CODE)
        found = [code for code, _name in settings.LANGUAGES if code in codes]
        request._languages_on = found
    return found


@cache
def _codes_shown():
    """What is asked each time, put together once."""
    return SiteLanguage.objects.shown().values_list("language_code", flat=True)


@dataclass(frozen=True)
class Entry:
    """One language on the screen where they are switched."""

    code: str
    name: str
    is_on: bool
    home: HomePage | None
    themes: int  # online
    topics: int  # online

    @property
    def is_default(self):
        return self.code == settings.LANGUAGE_CODE

    @property
    def is_ready(self):
        """Whether it may be switched on: parents would find a home page."""
        return bool(self.home and self.home.live)


def _online(model):
    return Counter(model.objects.live().values_list("locale__language_code", flat=True))


def entries():
    """An Entry for each language of the settings."""
    switches = SiteLanguage.objects.filter(is_on=True)
    on = set(switches.values_list("locale__language_code", flat=True)) | {settings.LANGUAGE_CODE}
    homes = {h.locale.language_code: h for h in HomePage.objects.select_related("locale")}
    themes, topics = _online(ThemePage), _online(TopicPage)
    return [
        Entry(code, name, code in on, homes.get(code), themes[code], topics[code])
        for code, name in settings.LANGUAGES
    ]


@transaction.atomic
def switch(code, on, user):
    """Switch a language of the settings on or off. Returns whether something changed.

    Raises PermissionDenied with a sentence: French stays on, and a language without a home
    page online stays off.
    """
    entry = next(entry for entry in entries() if entry.code == code)
    if entry.is_default:
        raise PermissionDenied(_("French stays on: all topics are first written in it."))
    if on and not entry.is_ready:
        raise PermissionDenied(
            _("%(language)s is not switched on: its home page is not online yet.")
            % {"language": entry.name}
        )
    locale, _made = Locale.objects.get_or_create(language_code=code)
    found, _made = SiteLanguage.objects.select_for_update().get_or_create(locale=locale)
    if found.is_on == on:
        return False
    found.is_on = on
    found.save(update_fields=["is_on"])
    log(found, "pages.language.on" if on else "pages.language.off", user=user)
    return True


@transaction.atomic
def prepare(code):
    """Make the drafts of the home page and of the themes in a language, as far as they lack.
    They hold the French text until somebody writes theirs and publishes it. Returns how
    many were made."""
    locale = held_locale(code)
    made = 0
    shelves = [
        *HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE),
        *ThemePage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE),
    ]
    for page in shelves:
        if not page.has_translation(locale):
            page.copy_for_translation(locale)
            made += 1
    return made


class LanguagesView(WagtailAdminTemplateMixin, TemplateView):
    """The languages of the site, each with its switch."""

    template_name = "pages/admin/languages.html"
    page_title = gettext_lazy("Languages")
    header_icon = "site"

    def dispatch(self, request, *args, **kwargs):
        if not oversees(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(entries=entries(), **kwargs)

    def post(self, request, *args, **kwargs):
        """`language`: a code; `do`: "on", "off" or "prepare"."""
        code, do = request.POST.get("language"), request.POST.get("do")
        names = dict(settings.LANGUAGES)
        if code not in names or do not in ("on", "off", "prepare"):
            raise Http404
        if do == "prepare":
            self._prepare(code, names[code])
        else:
            self._switch(code, names[code], do == "on")
        return redirect("pages_languages")

    def _prepare(self, code, name):
        if prepare(code):
            text = _("The home page and the themes wait as drafts in “%(language)s”.")
            messages.success(self.request, text % {"language": name})
        else:
            text = _("Nothing was lacking in “%(language)s”.")
            messages.info(self.request, text % {"language": name})

    def _switch(self, code, name, on):
        try:
            changed = switch(code, on, self.request.user)
        except PermissionDenied as refusal:
            messages.error(self.request, str(refusal))
            return
        if not changed:
            messages.info(self.request, _("It was so already: nothing was changed."))
        elif on:
            text = _("Parents now find the site in “%(language)s”.")
            messages.success(self.request, text % {"language": name})
        else:
            text = _(
                "“%(language)s” is off: its addresses are not found any more. Nothing is lost."
            )
            messages.success(self.request, text % {"language": name})


class LanguagesMenuItem(MenuItem):
    def is_shown(self, request):
        return oversees(request.user)


def menu_item():
    return LanguagesMenuItem(
        gettext_lazy("Languages of the site"),
        reverse("pages_languages"),
        icon_name="site",
        order=650,
    )


urlpatterns = [path("langues/", LanguagesView.as_view(), name="pages_languages")]
