"""The site as an oEmbed 1.0 provider (https://oembed.com): an address in, a frame out."""

import re
from functools import wraps
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.models import TopicPage
from pages.pictures import FORMATS, load_pictures, renditions_or_none
from pages.templatetags.typography import typography_plain
from partners.addresses import KEY_PARAMETER, LANGUAGE_PARAMETER, embed_path, list_path
from partners.found import found_at
from partners.framed import Framed, framed_at
from partners.models import Partner
from partners.options import LOOK, asked_for

# CSS pixels of a frame whose page does not listen for the height of what it shows: as wide as
# text is read well, as tall as the top of a topic on a phone.
WIDTH, HEIGHT = 640, 720
A_DAY = 24 * 60 * 60  # seconds
# An answer is asked for again soon: a topic may be withdrawn.
CACHED = "public, max-age=300"
LENGTH = re.compile(r"0*([1-9][0-9]{0,9})", re.ASCII)  # pixels
JSON, XML = "json", "xml"
# What XML cannot say.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class RefusedError(Exception):
    """Carries the status and, as its text, the reason."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status


def _open_to_all(view):
    """Decorator: lets the scripts of other sites read the answer, and a refusal say why."""

    @require_safe
    @wraps(view)
    def answer(request):
        try:
            response = view(request)
            response.headers["Cache-Control"] = CACHED
        except RefusedError as refused:
            response = JsonResponse({"error": str(refused)}, status=refused.status)
            response.headers["Cache-Control"] = "no-cache"
        response.headers["Access-Control-Allow-Origin"] = "*"
        # Said, so that a refusal is not led to an address of the language.
        response.headers["Content-Language"] = get_language()
        # What a frame for readers of all languages is called follows whoever asks.
        patch_vary_headers(response, ("Accept-Language",))
        return response

    return answer


@_open_to_all
def oembed(request):
    """How to show the topic or theme at `url`, or what a frame of ours there shows, at most
    `maxwidth` × `maxheight` pixels large, as `format` json or xml. 400 for parameters that are
    none, 404 for what is nothing of the site that everybody finds, 401 for a page that some
    people alone may read, 501 for another format."""
    form = request.GET.get("format", "").lower() or JSON
    if form not in (JSON, XML):
        raise RefusedError(501, _("format: json or xml."))
    address = request.GET.get("url", "").strip()
    if not address:
        raise RefusedError(400, _("url: the address of a topic or theme."))
    widest, tallest = _most(request, "maxwidth"), _most(request, "maxheight")
    found = found_at(address, request)
    if found and found.is_private:
        raise RefusedError(401, _("url: only some people may read this page."))
    framed = _framed(found) if found else framed_at(address, request)
    if framed is None:
        raise RefusedError(404, _("url: no topic and no theme that is online here."))
    answer = _answer(request, framed, widest, tallest)
    return _as_xml(answer) if form == XML else JsonResponse(answer)


def _most(request, name):
    """The pixels that a parameter allows, None where it says nothing."""
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    pixels = LENGTH.fullmatch(text)
    if pixels is None:
        raise RefusedError(
            400, _("%(name)s: a whole number of pixels, 1 or more.") % {"name": name}
        )
    return int(pixels[1])


def _answer(request, framed, widest, tallest):
    """What the answer says of a Framed: {name: text or number}."""
    title = CONTROL.sub("", typography_plain(framed.title))
    width, height = min(WIDTH, widest or WIDTH), min(HEIGHT, tallest or HEIGHT)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": settings.WAGTAIL_SITE_NAME,
        "provider_url": request.build_absolute_uri("/"),
        "cache_age": A_DAY,
        # One bare frame: it is all that WordPress keeps of a provider that it does not know.
        # No style would be left, and a frame has a border by nature.
        "html": format_html(
            '<iframe src="{}" width="{}" height="{}" title="{}" frameborder="0"></iframe>',
            request.build_absolute_uri(framed.path),
            width,
            height,
            title,
        ),
        "width": width,
        "height": height,
    }
    if isinstance(framed.page, TopicPage):
        names = dict.fromkeys(one.signatory_name for one in framed.page.valid_sign_offs)
        answer["author_name"] = CONTROL.sub("", ", ".join(names))
    return answer | _thumbnail(request, framed.page, widest, tallest)


def _framed(found):
    """The Framed of a Found, with the partner and the options that its address names: in the
    language of the address, unless that asks for another or, by an empty one, for the reader's.
    A key that is nobody's is refused: a link that leads to the topic is better than a frame that
    shows nothing."""
    page, asked = found.page, found.asked
    key = asked.get(KEY_PARAMETER, "").strip()
    partner = Partner.objects.of_key(key)
    if key and partner is None:
        raise RefusedError(404, _("partenaire: this key is not valid any more."))
    options = {"language": "" if asked.get(LANGUAGE_PARAMETER) == "" else found.language}
    # What else an address may ask of an embed is not what stands at this one.
    counts = LOOK if found.is_topic else (*LOOK, "stage")
    asked = asked_for(asked, partner)
    options |= {name: value for name, value in asked.items() if name in counts}
    if found.is_topic:
        return Framed(embed_path(page.translation_key, partner, **options), page.title, page)
    return Framed(list_path(partner, **options | {"theme": page.slug}), page.title, page)


def _thumbnail(request, page, widest, tallest):
    """The picture of a topic or theme, the largest of those made for browsers that is not too
    large; {} without one."""
    name = "lead_illustration_id" if isinstance(page, TopicPage) else "picture_id"
    picture_id = getattr(page, name, None)
    picture = load_pictures({picture_id}).get(picture_id)
    if picture is None or picture.is_svg():
        return {}
    wanted = list({form.fallback(picture) for form in (FORMATS["lead"], FORMATS["card"])})
    fitting = [
        made
        for made in (renditions_or_none(picture, wanted) or {}).values()
        if made.width <= (widest or made.width) and made.height <= (tallest or made.height)
    ]
    if not fitting:
        return {}
    largest = max(fitting, key=lambda made: made.width)
    return {
        "thumbnail_url": request.build_absolute_uri(largest.url),
        "thumbnail_width": largest.width,
        "thumbnail_height": largest.height,
    }


def _as_xml(answer):
    root = ET.Element("oembed")
    for name, value in answer.items():
        ET.SubElement(root, name).text = str(value)
    text = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="text/xml; charset=utf-8")
