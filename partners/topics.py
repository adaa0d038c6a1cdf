"""Which topic an embed shows, and in which language."""

import re
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Value, When
from django.utils.translation.trans_real import parse_accept_lang_header

from pages.models import SiteLanguage, TopicPage
from pages.site_languages import languages_on
from pages.views import with_its_text

# What a browser sends is a few lines; more is nobody's wish.
MOST_LANGUAGES = 20
KEY = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def topic_key(text):
    """The UUID that an address names, or None."""
    return UUID(text) if KEY.fullmatch(text) else None


def wanted_languages(request, options):
    """The codes of the site's languages in the order in which they are wanted, each once: that
    of the options, those of the browser, French, and the others."""
    known = dict(settings.LANGUAGES)
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    by_browser = [code for asked, _q in accepted[:MOST_LANGUAGES]
                  for code in (asked, asked.split("-")[0])]  # fmt: skip
    wanted = [options.language, *by_browser, settings.LANGUAGE_CODE, *known]
    return list(dict.fromkeys(code for code in wanted if code in known))


def language_of_message(request, options):
    """The first wanted language in which parents find the site."""
    on = languages_on(request)
    return next(code for code in wanted_languages(request, options) if code in on)


def topic_for(key, languages):
    """The TopicPage of that key, a UUID, that everybody may read, in the first of *languages*
    in which there is one, with what its text needs; or None. One query."""
    places = [When(locale__language_code=code, then=place) for place, code in enumerate(languages)]
    shown = SiteLanguage.objects.shown()
    topics = TopicPage.objects.readable().filter(translation_key=key, locale__in=shown)
    return with_its_text(topics).order_by(Case(*places, default=Value(len(places))), "pk").first()


def is_withdrawn(key):
    """Whether parents could read the topic of that key, and can in no language any more."""
    published = TopicPage.objects.filter(translation_key=key, first_published_at__isnull=False)
    online = list(published.values_list("live", flat=True))
    return bool(online) and not any(online)
