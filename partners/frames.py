"""What every answer for a frame has in common: who may frame it, and that no cache knows better.

`frame-ancestors` says which pages a browser lets show the answer. It wins over X-Frame-Options,
which cannot name an origin and is left out here, and here alone.
"""

import hashlib
from dataclasses import dataclass, field
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from partners.addresses import KEY_PARAMETER
from partners.models import Partner, PartnerOrigin
from partners.options import EmbedOptions, options_of

# The site's own pages show embeds too: to partners, and to whoever puts a line together.
OWN = "'self'"
# Kept, but asked for each time: an origin that was taken away is refused from then on.
CACHED = "private, no-cache"


@dataclass(frozen=True)
class Asking:
    """Who asks for an embed. *partner*: the active Partner whose key the address holds, or None;
    *has_unknown_key*: whether it holds one that is nobody's now; *origins*: the Origins that may
    frame the answer; *options*: the EmbedOptions."""

    partner: Partner | None = None
    has_unknown_key: bool = False
    origins: list = field(default_factory=list)
    options: EmbedOptions = field(default_factory=EmbedOptions)

    @property
    def ancestors(self):
        """The sources of frame-ancestors."""
        return [OWN, *(origin.source for origin in self.origins)]


def asking(request):
    """The Asking of a request; one query, two for a key that is nobody's.

    Without a key the pages of any active partner may frame the answer; so they may what tells
    that a key is nobody's, since it could not be read otherwise.
    """
    key = request.GET.get(KEY_PARAMETER, "").strip()
    partner = Partner.objects.of_key(key) if key else None
    origins = partner.allowed_origins if partner else PartnerOrigin.objects.active().allowed()
    around = _host_around(request)
    origins = [origin for origin in origins if not origin.stands_for_more(around)]
    # Which page shows a frame is what the browser says of it, and no page can forge.
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    options = options_of(request.GET, partner, is_ours)
    return Asking(partner, bool(key and not partner), origins, options)


def _host_around(request):
    """The host of the page that asks, where its browser says so; looked at and forgotten.

    To browsers, a * is as many names as there are: a page that is known to stand deeper than
    one is let in by none. That it stands just there is no reason to name it alone: another site
    of the partner's may stand around it.
    """
    try:
        return urlsplit(request.headers.get("Referer", "")).hostname or ""
    except ValueError:
        return ""


def for_frames(view):
    """Decorator of view(request, asking, …) that answers GET and HEAD with a rendered
    HttpResponse, in the language of its Content-Language: sends it with what a frame needs."""

    @csrf_exempt
    @xframe_options_exempt
    @require_safe
    @wraps(view)
    def framed(request, *args, **kwargs):
        asks = asking(request)
        response = view(request, asks, *args, **kwargs)
        etag = _etag(response, asks)
        response.headers["ETag"] = etag
        if response.status_code == 200:
            response = get_conditional_response(request, etag, None, response)
        return _with_headers(response, asks)

    return framed


def _etag(response, asks):
    # Never the same for other origins: what a browser kept would keep its old ones.
    said = [*asks.ancestors, response.headers.get("Content-Language", ""), response.status_code]
    digest = hashlib.sha256(f"{said!r}".encode())
    digest.update(response.content)
    return quote_etag(digest.hexdigest())


def _with_headers(response: HttpResponse, asks):
    response._csp_replace = {"frame-ancestors": asks.ancestors}
    response.headers["Cache-Control"] = CACHED
    response.headers["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ("Accept-Language", "Referer"))
    return response
