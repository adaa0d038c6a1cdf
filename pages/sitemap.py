"""What search engines are told: which pages there are, in which languages, since when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pages.models import HomePage, ThemePage, TopicPage
from workgroups.privacy import restrictions_above

AN_HOUR = 60 * 60  # seconds
# Views of a language that search engines may know besides the pages.
OWN_VIEWS = ("accessibility",)


@dataclass(frozen=True)
class Entry:
    """One address of the sitemap; `alternates`: [(language, address)], its own among them."""

    address: str
    last_published: date | None
    alternates: list


def _pages(model):
    """The pages of a model that everybody may read, in the languages of the site."""
    return (
        model.objects.live()
        .exclude(Exists(restrictions_above("path")))
        .filter(locale__language_code__in=dict(settings.LANGUAGES))
        .select_related("locale")
        .only("url_path", "path", "translation_key", "last_published_at", "locale__language_code")
        .order_by("path")
    )


def _live_pages(request):
    """Yield (what its translations share, language, address, last publication)."""
    for model in (HomePage, ThemePage, TopicPage):
        for page in _pages(model):
            address = page.get_full_url(request)
            if address:
                code = page.locale.language_code
                yield page.translation_key, code, address, page.last_published_at


def _own_pages(request):
    for name in OWN_VIEWS:
        for code, _label in settings.LANGUAGES:
            with translation.override(code):
                yield name, code, request.build_absolute_uri(reverse(name)), None


def entries(request):
    """Every Entry, in four queries however many there are."""
    found = [*_live_pages(request), *_own_pages(request)]
    alternates = defaultdict(list)
    for key, code, address, _published in found:
        alternates[key].append((code, address))
    return [Entry(address, published, alternates[key]) for key, _code, address, published in found]


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def sitemap(request):
    """The sitemap (sitemaps.org 0.9) with its languages as `xhtml:link`."""
    context = {"entries": entries(request)}
    return render(request, "pages/sitemap.xml", context, content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def robots(request):
    """What robots may read (RFC 9309): all that parents do."""
    context = {
        "closed": [settings.ADMIN_PATH],
        "sitemap": request.build_absolute_uri(reverse("sitemap")),
    }
    return render(request, "pages/robots.txt", context, content_type="text/plain")
