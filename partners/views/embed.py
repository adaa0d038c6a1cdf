"""A topic in a frame of a partner's page."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from pages.topic_context import text_context, topic_url
from partners import scripts
from partners.addresses import path_back, topic_path
from partners.counting import count
from partners.frames import for_frames
from partners.topics import (
    is_withdrawn,
    language_of_message,
    topic_for,
    topic_key,
    wanted_languages,
)

# What a message is about; the template says it.
UNKNOWN_TOPIC, UNKNOWN_KEY, WITHDRAWN = "unknown_topic", "unknown_key", "withdrawn"
UNKNOWN_PAGE = "unknown_page"
STATUS = {UNKNOWN_TOPIC: 404, UNKNOWN_KEY: 404, WITHDRAWN: 410, UNKNOWN_PAGE: 403}


@for_frames
def embed(request, asking, key):
    """The topic whose translation key is *key*, as parents read it, in the language that is
    wanted; where it cannot be shown, a page that says so and leads to the site."""
    if asking.has_unknown_key:
        return message(request, asking, UNKNOWN_KEY)
    known = topic_key(key)
    page = known and topic_for(known, wanted_languages(request, asking.options))
    if page is None:
        gone = known is not None and is_withdrawn(known)
        return message(request, asking, WITHDRAWN if gone else UNKNOWN_TOPIC)
    if asking.needs_page:
        return message(request, asking, UNKNOWN_PAGE, topic_path(known))
    code = page.locale.language_code
    count(request, asking, code, topic_key=known)
    with override(code):
        url = request.build_absolute_uri(topic_url(page.url_path))
        context = text_context(page, url) | framed_context(asking) | {"page": page, "self": page}
        context["list_path"] = path_back(asking.options, asking.partner, asking.around)
        return answer(request, "partners/embed/topic.html", context, code)


def framed_context(asking):
    """What every template of an embed gets besides its own."""
    return {
        "in_frame": True,
        "style_url": scripts.style_path(),
        "wash": asking.options.wash,
        "partner": asking.partner,
        "options": asking.options,
        "without_pictures": not asking.options.pictures,
    }


def message(request, asking, about, path=""):
    """A page that says what is the matter, in a language that parents find the site in. *path*:
    of the page that shows the same; without one, home."""
    code = language_of_message(request, asking.options)
    with override(code):
        url = request.build_absolute_uri(path or reverse("wagtail_serve", args=[""]))
        context = framed_context(asking) | {"about": about, "home_url": url}
        return answer(request, "partners/embed/message.html", context, code, STATUS[about])


def answer(request, template, context, code, status=200):
    """The page in the language *code*, which is active; rendered now, while it is."""
    html = render_to_string(template, context, request)
    return HttpResponse(html, status=status, headers={"Content-Language": code})
