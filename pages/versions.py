"""The same page in the other languages: for the choice of languages and for hreflang."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject, Length, Substr
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from pages.models import SiteLanguage
from pages.site_languages import languages_on

# Read in the language that it is about, not in that of the page.
NOT_TRANSLATED = _("not translated yet")
# What the easy version of a topic is called at first.
EASY_TITLE = _("%(title)s, easy to read")
# The views that stand in every language at the same address. Of others, what stands in one
# language need not stand in the next.
IN_EVERY_LANGUAGE = {
    *("accessibility", "booklet", "booklet_pdf", "kept_topics", "search"),
    *("directory", "professional", "professional_report", "professional_verification"),
    *("open_data_about", "register_professional", "register_step", "register_sent"),
    *("partner_assistant", "partner_instructions"),
    *("change_request", "change", "change_section", "change_withdraw"),
}
STAGE = re.compile(r"[-\w]{1,50}", re.ASCII)
KEYS = re.compile(r"[0-9a-f-]{36}(,[0-9a-f-]{36}){0,99}")


@dataclass(frozen=True)
class Version:
    """A page in one language that is on.

    *url*: its address or, where ``exists`` is False, that of what stands above it in that
    language. *name*: the language's own; *note*: what there is to say of it, in it.
    """

    code: str
    name: str
    direction: str
    url: str
    exists: bool
    is_here: bool

    @property
    def note(self):
        if self.exists:
            return ""
        with override(self.code):
            return str(NOT_TRANSLATED)


def with_versions(pages):
    """Add ``version_paths`` to a QuerySet of pages, to the same query: {language: None where
    it is off, or else {"page", "above"}, the url_paths of what is online there}."""
    above = Page.objects.filter(
        path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
    )
    pages = pages.alias(key_above=Subquery(above.values("translation_key")[:1]))

    def path_of(key):
        same = Page.objects.filter(live=True, translation_key=key, locale=OuterRef("pk"))
        return Subquery(same.values("url_path")[:1])

    shown = SiteLanguage.objects.shown().annotate(
        paths=JSONObject(
            page=path_of(OuterRef(OuterRef("translation_key"))),
            above=path_of(OuterRef(OuterRef("key_above"))),
        )
    )
    paths = {
        code: Subquery(shown.filter(language_code=code).values("paths")[:1])
        for code, _name in settings.LANGUAGES
    }
    return pages.annotate(version_paths=JSONObject(**paths))


def address(code, url_path):
    """The address of a page in the language ``code``, from its place in the tree."""
    with override(code):
        below_home = url_path.strip("/").split("/")[1:]
        return reverse("wagtail_serve", args=["".join(f"{part}/" for part in below_home)])


def version(code, url, exists):
    info = get_language_info(code)
    return Version(
        code=code,
        name=dict(settings.LANGUAGES)[code],
        direction="rtl" if info["bidi"] else "ltr",
        url=url,
        exists=exists,
        is_here=code == get_language(),
    )


def versions_of(page):
    """A Version for each language that is on, of a page of the tree; no query where the page
    was loaded `with_versions`, one otherwise."""
    paths = getattr(page, "version_paths", None)
    if paths is None:
        stored = with_versions(Page.objects.filter(pk=page.pk))
        paths = stored.values_list("version_paths", flat=True).first() or {}
    versions = []
    for code, found in paths.items():
        # SQLite forgets in some queries that what stands inside is JSON, too.
        there = json.loads(found) if isinstance(found, str) else found
        if there is None:
            continue
        path = there["page"] or there["above"]
        url = address(code, path) if path else address(code, "/home/")
        versions.append(version(code, url, bool(there["page"])))
    return versions


def versions_of_address(request):
    """The same for an address that is no page of the tree: itself, under another prefix, or
    the home page where it need not be there."""
    match = request.resolver_match
    found = []
    for code in languages_on(request):
        is_there = match is not None and match.view_name in IN_EVERY_LANGUAGE
        url = translate_url(request.path, code) if is_there else address(code, "/home/")
        found.append(version(code, url, exists=True))
    return found


def choice_in(request):
    """What of an address means the same in every language, as the end of another: the stage
    that was chosen, the topics of a booklet; "" where there is none, or none that could be."""
    asked = request.GET if request else {}
    patterns = {"etape": STAGE, "sujets": KEYS}
    found = {
        name: asked[name]
        for name, pattern in patterns.items()
        if name in asked and pattern.fullmatch(asked[name])
    }
    return f"?{urlencode(found, safe=',')}" if found else ""


def versions_for(context):
    """The Versions of what a template shows, worked out once per request."""
    request = context.get("request")
    if request is None:
        return []
    page = context.get("page")
    known = getattr(request, "_versions", None)
    if known is None:
        is_page = isinstance(page, Page) and page.pk
        known = versions_of(page) if is_page else versions_of_address(request)
        request._versions = known
    return known


def alternates(versions, url):
    """[(hreflang, full address)] for the head of a page whose own full address is ``url``:
    each language in which it exists, and for all others French or, at home, the address
    that chooses by the browser. Nothing where there is but one."""
    there = [v for v in versions if v.exists]
    if len(there) < 2 or not url:
        return []
    found = [(v.code, urljoin(url, v.url)) for v in there]
    default = next((v.url for v in there if v.code == settings.LANGUAGE_CODE), None)
    if default == address(settings.LANGUAGE_CODE, "/home/"):
        default = "/"
    if default:
        found.append(("x-default", urljoin(url, default)))
    return found
