"""What of the site stands at an address, for whoever asks by it: the topic or theme that a link
names, among those that parents find now."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Case, Exists, Value, When
from django.http import QueryDict
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from pages.models import SiteLanguage, ThemePage, TopicPage
from partners.addresses import LANGUAGE_PARAMETER
from partners.topics import topic_key
from workgroups.privacy import restrictions_above

# /fr/theme/ and /fr/theme/topic/.
PATH = re.compile(r"/([a-z-]{2,10})/([a-z0-9_-]+)/(?:([a-z0-9_-]+)/)?", re.ASCII | re.IGNORECASE)
# A topic by its key, as our lines name it.
BY_KEY = re.compile(r"/sujet/([0-9a-fA-F-]{32,36})/", re.ASCII)
USUAL_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True)
class Found:
    """*page*: a live TopicPage or ThemePage, with its locale; *is_private*: whether some people
    alone may read it; *asked*: the parameters of its address, a QueryDict; *language*: that of
    its address, "" for one that stands for all languages."""

    page: TopicPage | ThemePage
    is_private: bool
    asked: QueryDict
    language: str = ""

    @property
    def is_topic(self):
        return isinstance(self.page, TopicPage)


def found_at(address, request):
    """The Found of a whole address, None where this site has no such page; two queries, two
    more where it is an old one, which leads on to where the page stands now. What stands after
    "?" and "#" does not change which page it is."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if not is_here(parts, request):
        return None
    asked = QueryDict(parts.query)
    if by_key := BY_KEY.fullmatch(parts.path):
        key = topic_key(by_key[1])
        page = key and _of_key(key, asked.get(LANGUAGE_PARAMETER, ""))
        return page and Found(page, page.is_private, asked)
    named = PATH.fullmatch(parts.path)
    if named is None:
        return None
    code, theme, topic = named.groups()
    pages = (
        TopicPage.objects.filter(depth=4, slug=topic, url_path__endswith=f"/{theme}/{topic}/")
        if topic
        else ThemePage.objects.filter(depth=3, slug=theme)
    )
    page = _online(pages).filter(locale__language_code=code).first()
    page = page or _moved(parts.path, TopicPage if topic else ThemePage)
    return page and Found(page, page.is_private, asked, page.locale.language_code)


def _online(pages):
    private = Exists(restrictions_above("path"))
    pages = pages.live().filter(locale__in=SiteLanguage.objects.shown())
    return pages.select_related("locale").annotate(is_private=private)


def _of_key(key, wanted):
    """The topic of a key, a UUID, in the language that is wanted, else in French, or in any."""
    codes = dict.fromkeys([wanted, settings.LANGUAGE_CODE])
    places = [When(locale__language_code=code, then=place) for place, code in enumerate(codes)]
    pages = _online(TopicPage.objects.filter(translation_key=key))
    return pages.order_by(Case(*places, default=Value(len(places))), "pk").first()


def _moved(path, model):
    """The page of *model* that stood at *path* before it got another slug or place."""
    old = Redirect.objects.filter(old_path=Redirect.normalise_path(path))
    return _online(model.objects.filter(pk__in=old.values("redirect_page"))).first()


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
