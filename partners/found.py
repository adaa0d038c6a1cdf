"""What of the site stands at an address, for whoever asks by it: the topic or theme that a link
names, among those that parents find now."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Exists
from django.http import QueryDict
from wagtail.models import Site

from pages.models import SiteLanguage, ThemePage, TopicPage
from workgroups.privacy import restrictions_above

# /fr/theme/ and /fr/theme/topic/, each as it is: an address that is led elsewhere is no page's.
PATH = re.compile(r"/([a-z-]{2,10})/([a-z0-9_-]+)/(?:([a-z0-9_-]+)/)?", re.ASCII | re.IGNORECASE)
USUAL_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True)
class Found:
    """*page*: a live TopicPage or ThemePage, with its locale; *is_private*: whether some people
    alone may read it; *asked*: the parameters of its address, a QueryDict."""

    page: TopicPage | ThemePage
    is_private: bool
    asked: QueryDict

    @property
    def is_topic(self):
        return isinstance(self.page, TopicPage)


def found_at(address, request):
    """The Found of a whole address, None where this site has no such page; two queries. What
    stands after "?" and "#" does not change which page it is."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    named = PATH.fullmatch(parts.path)
    if named is None or not is_here(parts, request):
        return None
    code, theme, topic = named.groups()
    pages = (
        TopicPage.objects.filter(depth=4, slug=topic, url_path__endswith=f"/{theme}/{topic}/")
        if topic
        else ThemePage.objects.filter(depth=3, slug=theme)
    )
    pages = pages.live().filter(locale__language_code=code, locale__in=SiteLanguage.objects.shown())
    private = Exists(restrictions_above("path"))
    page = pages.select_related("locale").annotate(is_private=private).first()
    return page and Found(page, page.is_private, QueryDict(parts.query))


def is_here(parts, request):
    """Whether a split address is one of this site, as it is asked or as its pages name it."""
    return _origin(parts) in _own_origins(request)


def _origin(parts):
    """Scheme, host and port, one way of writing each; whoever stands before an "@" stays."""
    return (
        f"{parts.scheme}://{parts.netloc.lower().removesuffix(USUAL_PORTS.get(parts.scheme, '/'))}"
    )


def _own_origins(request):
    addresses = {request.build_absolute_uri("/")}
    if site := Site.find_for_request(request):
        addresses.add(site.root_url)
    return {_origin(urlsplit(address)) for address in addresses}
