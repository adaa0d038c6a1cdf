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

from partners.addresses import AROUND_PARAMETER, KEY_PARAMETER
from partners.models import Partner, PartnerOrigin
from partners.options import EmbedOptions, options_of
from partners.origins import Origin

# The site's own pages show embeds too: to partners, and to whoever puts a line together.
OWN = "'self'"
ANYBODY = "*"
# Bytes of origins: with all other headers they stay under the 4 KB that many proxies take.
LONGEST = 3000
MOST_ORIGINS = LONGEST // len("https://a.fr ") + 1
HTTP_OK = 200
# Kept, but asked for each time: an origin that was taken away is refused from then on.
CACHED = "private, no-cache"


@dataclass(frozen=True)
class Asking:
    """Who asks for an embed. *partner*: the active Partner whose key the address holds, or None;
    *has_unknown_key*: whether it holds one that is nobody's now; *origins*: the Origins that may
    frame the answer; *options*: the EmbedOptions; *page*: the Origin of the page around, where
    it is said; *is_from_here*: whether the browser says that one of our pages asks."""

    partner: Partner | None = None
    has_unknown_key: bool = False
    origins: list = field(default_factory=list)
    options: EmbedOptions = field(default_factory=EmbedOptions)
    page: Origin | None = None
    is_from_here: bool = False

    @property
    def is_let_in(self):
        """Whether the page around may frame the answer, or nobody says which it is."""
        return self.page is None or any(origin.lets(self.page) for origin in self.origins)

    @property
    def around(self):
        """The source of the page around, for the links of a frame that it may show; or ""."""
        return self.page.source if self.page and self.is_let_in else ""

    @property
    def is_for_too_many(self):
        """Whether more pages may frame the answer than a header can name."""
        return _are_too_many(self.origins)

    @property
    def needs_page(self):
        """Whether nothing can be shown before it is known which page is around."""
        return self.is_for_too_many and not self.is_from_here

    def ancestors(self, status):
        """The sources of frame-ancestors for an answer of that *status*. What says why nothing
        is shown, and holds nothing of a topic, may be read anywhere rather than nowhere."""
        if self.is_for_too_many:
            return [ANYBODY if self.needs_page and status != HTTP_OK else OWN]
        return [OWN, *(origin.source for origin in self.origins)]


def asking(request):
    """The Asking of a request; one query, two for a key that is nobody's.

    Without a key the pages of any active partner may frame the answer; so they may what tells
    that a key is nobody's, since it could not be read otherwise.
    """
    key = request.GET.get(KEY_PARAMETER, "").strip()
    partner = Partner.objects.of_key(key)
    page, is_from_here = _page_around(request)
    return Asking(
        partner=partner,
        has_unknown_key=bool(key and not partner),
        origins=_origins(partner, page),
        options=options_of(request.GET, partner, is_from_here),
        page=page,
        is_from_here=is_from_here,
    )


def _page_around(request):
    """(the Origin of the page around, None where nobody says; whether one of our own asks).

    A browser says which page asks, as a rule by its origin alone; no page can forge it. From one
    page of a frame to the next that is ours, or nobody: then the address says it
    (AROUND_PARAMETER). It need not be true. Whoever says that a partner's page is around is let
    into that page, and no other.
    """
    said = request.headers.get("Referer", "")
    page = Origin.of_page(said)
    if page and urlsplit(said).netloc.lower() != request.get_host().lower():
        return page, False
    # Of a frame in a sandbox browsers say "cross-site", whoever asks.
    asked_by = request.headers.get("Sec-Fetch-Site", "same-origin" if page else "")
    return Origin.of_page(request.GET.get(AROUND_PARAMETER, "")), asked_by == "same-origin"


def _origins(partner, page):
    """The Origins that may frame what a Partner, or None, asks for in a page, an Origin or None;
    one query, none with a partner.

    Without a key, those of the partner whose page it is: all of them, since a page of another
    of its sites may stand around it, and every page around has to be let in.
    """
    active = PartnerOrigin.objects.active()
    if partner:
        origins = partner.allowed_origins
    else:
        origins = (active.around(page) if page else active).allowed(MOST_ORIGINS)
    if page is None:
        return origins
    # To browsers, a * is as many names as there are: a page that is known to stand deeper than
    # one is let in by none.
    origins = [origin for origin in origins if not origin.stands_for_more(page.host)]
    return [one for one in origins if one.lets(page)] if _are_too_many(origins) else origins


def _are_too_many(origins):
    return len(" ".join(origin.source for origin in origins)) > LONGEST


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
        ancestors = asks.ancestors(response.status_code)
        etag = _etag(response, ancestors)
        response.headers["ETag"] = etag
        if response.status_code == HTTP_OK:
            response = get_conditional_response(request, etag, None, response)
        return _with_headers(response, ancestors)

    return framed


def _etag(response, ancestors):
    # Never the same for other origins: what a browser kept would keep its old ones.
    said = [*ancestors, response.headers.get("Content-Language", ""), response.status_code]
    digest = hashlib.sha256(f"{said!r}".encode())
    digest.update(response.content)
    return quote_etag(digest.hexdigest())


def _with_headers(response: HttpResponse, ancestors):
    response._csp_replace = {"frame-ancestors": ancestors}
    response.headers["Cache-Control"] = CACHED
    response.headers["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ("Accept-Language", "Referer"))
    return response
