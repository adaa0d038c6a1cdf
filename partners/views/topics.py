"""A topic by its key, for people; and what answers where an embed's address is none."""

from django.http import Http404, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from pages.versions import address
from partners.addresses import (
    KEY_PARAMETER,
    LANGUAGE_PARAMETER,
    kept_parameters,
    with_parameters,
)
from partners.frames import for_frames
from partners.models import Partner
from partners.options import options_of
from partners.topics import topic_for, topic_key, wanted_languages
from partners.views.embed import UNKNOWN_TOPIC, message


@require_safe
def by_key(request, key):
    """To the topic's page as it is addressed now, in the language in which a frame would show
    it. Partner and look go on, for programs that ask the page how it is embedded."""
    known = topic_key(key)
    partner = Partner.objects.of_key(request.GET.get(KEY_PARAMETER, "").strip())
    languages = wanted_languages(request, options_of(request.GET, partner))
    page = known and topic_for(known, languages)
    if page is None:
        raise Http404
    asked = kept_parameters(request.GET)
    if asked:
        # Said, so that the language to which a reader was led is not that of all others.
        asked.setdefault(LANGUAGE_PARAMETER, "")
    path = address(page.locale.language_code, page.url_path)
    response = HttpResponseRedirect(with_parameters(path, asked))
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Language",))
    return response


@for_frames
def no_embed(request, asking):
    """What stands in a frame whose address names no embed."""
    return message(request, asking, UNKNOWN_TOPIC)
