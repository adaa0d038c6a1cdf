"""What search engines are told: which pages there are, in which languages, since when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pages.models import HomePage, ThemePage, TopicPage
from pages.site_languages import languages_on
from pages.versions import address, alternates, version

AN_HOUR = 60 * 60  # seconds
# Views of a language that search engines may know besides the pages.
OWN_VIEWS = ("accessibility", "directory")


@dataclass(frozen=True)
class Entry:
    """One address of the sitemap; `alternates`: [(hreflang, address)], its own among them,
    or nothing where there is but one language."""

    address: str
    last_published: date | None
    alternates: list


def _pages(model, languages):
    """The pages of a model that everybody may read, in the languages that are on."""
    return (
        model.objects.readable()
        .filter(locale__language_code__in=languages)
        .select_related("locale")
        .only("url_path", "path", "translation_key", "last_published_at", "locale__language_code")
        .order_by("path")
    )


def _live_pages(request, languages):
    """Yield (what its translations share, full address, Version, last publication)."""
    for model in (HomePage, ThemePage, TopicPage):
        for page in _pages(model, languages):
            url = page.get_full_url(request)
            if url:
                code = page.locale.language_code
                here = version(code, address(code, page.url_path), exists=True)
                yield page.translation_key, url, here, page.last_published_at


def _own_pages(request, languages):
    for name in OWN_VIEWS:
        for code in languages:
            with translation.override(code):
                path = reverse(name)
            here = version(code, path, exists=True)
            yield name, request.build_absolute_uri(path), here, None


def entries(request):
    """Every Entry, in five queries however many there are."""
    languages = languages_on(request)
    found = [*_live_pages(request, languages), *_own_pages(request, languages)]
    versions = defaultdict(list)
    for key, _url, here, _published in found:
        versions[key].append(here)
    return [
        Entry(url, published, alternates(versions[key], url)) for key, url, _, published in found
    ]


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def sitemap(request):
    """The sitemap (sitemaps.org 0.9) with its languages as `xhtml:link`."""
    context = {"entries": entries(request)}
    return render(request, "pages/sitemap.xml", context, content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def robots(request):
    """What robots may read (RFC 9309): all that parents do, but what is made when asked for."""
    booklets = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            booklets.append(reverse("booklet_pdf"))
    context = {
        "closed": [settings.ADMIN_PATH, *booklets],
        "sitemap": request.build_absolute_uri(reverse("sitemap")),
    }
    return render(request, "pages/robots.txt", context, content_type="text/plain")
