"""The site on a home screen, and the topics that a parent keeps for when there is no line.

What is kept stands in the parent's browser alone, under the cache names of
site/static/js/service-worker.js; the site never learns of it.
"""

import json
from functools import cache

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from media import fonts

PAPER = "#fffaf4"
AN_HOUR = 60 * 60  # seconds


@cache
def _worker_source():
    return (settings.ROOT / "site/static/js/service-worker.js").read_text()


def _font_files(family):
    return [static(path) for path in fonts.files_of(family)]


@never_cache
@require_safe
def service_worker(request):
    """The service worker, told which addresses it leaves alone and which fonts a kept
    topic needs. Browsers ask for it only after a parent kept something."""
    keeping = {
        "closed": [settings.ADMIN_PATH, "/demo/"],
        "fonts": _font_files(fonts.LATIN),
        "fontsOf": {code: _font_files(family) for code, family in fonts.OF_LANGUAGE.items()},
    }
    source = f"const KEEPING = {json.dumps(keeping)};\n{_worker_source()}"
    return HttpResponse(source, content_type="text/javascript; charset=utf-8")


def _icon(name, size, purpose="any"):
    return {
        "src": static(f"icons/mes-infos-bebe-{name}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def manifest(request):
    """The web app manifest (W3C) in the language of its address."""
    home = reverse("wagtail_serve", args=[""])
    content = {
        "id": home,
        "name": settings.WAGTAIL_SITE_NAME,
        "short_name": settings.WAGTAIL_SITE_NAME,
        "description": _("Short, illustrated topics for parents, signed by professionals."),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": home,
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [_icon("192", 192), _icon("512", 512), _icon("maskable-512", 512, "maskable")],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
def kept_topics(request):
    """What this browser keeps, listed by its own script: this page is the same for all."""
    return render(request, "pages/kept_topics.html")
