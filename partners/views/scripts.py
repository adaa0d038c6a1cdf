"""What the pages of partners, and the frames in them, load by an address of its own."""

from functools import wraps

from django.http import HttpResponse, HttpResponseNotFound
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from partners import scripts

SOON = "public, max-age=3600"
FOREVER = "public, max-age=31536000, immutable"
JAVASCRIPT = "text/javascript; charset=utf-8"


def _for_other_sites(view):
    """Decorator: other sites may load the answer, and check it (CORS goes with integrity)."""

    @require_safe
    @wraps(view)
    def answer(request, **kwargs):
        response = view(request, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Content-Language"] = get_language()  # not led to one, where it lacks
        return response

    return answer


def _sent(content, content_type, cached):
    return HttpResponse(content, content_type=content_type, headers={"Cache-Control": cached})


@_for_other_sites
def newest(request):
    """The script as it is now."""
    return _sent(scripts.script(scripts.NEWEST), JAVASCRIPT, SOON)


@_for_other_sites
def published(request, version):
    """A version of the script, the same for good."""
    if version not in scripts.PUBLISHED:
        return HttpResponseNotFound("", content_type=JAVASCRIPT)
    return _sent(scripts.script(version), JAVASCRIPT, FOREVER)


@_for_other_sites
def style(request, kind, version):
    """The style sheet of a kind of frame; by the address of another day, that of now."""
    current, text = scripts.style(kind)
    cached = FOREVER if version == current else "no-cache"
    return _sent(text, "text/css; charset=utf-8", cached)
