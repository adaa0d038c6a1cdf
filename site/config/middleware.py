"""Middleware of the site as a whole."""

import re

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from pages.site_languages import languages_on

# The first part of an address that can only be meant as a language: /xx/, /pt-br/.
LIKE_A_LANGUAGE = re.compile(r"^/[a-z]{2,3}(-[a-z0-9]+)*(/|$)", re.IGNORECASE)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Send the strict policy with public pages and the admin's own policy below ADMIN_PATH."""

    def process_response(self, request, response):
        if request.path_info.startswith(settings.ADMIN_PATH):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return super().process_response(request, response)


class PublicPagesGZipMiddleware(GZipMiddleware):
    """Send public pages compressed: lines are bad at 3 in the morning. Not the admin's, whose
    answers hold secrets beside what a request says (the BREACH attack), and no files, which
    are compressed already."""

    def process_response(self, request, response):
        text = response.get("Content-Type", "").startswith(("text/", "application/"))
        if request.path_info.startswith(settings.ADMIN_PATH) or response.streaming or not text:
            return response
        return super().process_response(request, response)


class LanguageMiddleware(LocaleMiddleware):
    """The language of the address, where it is switched on; that of the browser only where
    the address is `/`, which has none. Everything else is said in French, and the admin in
    the language that each person chose."""

    def process_request(self, request):
        # Whatever breaks below is not said in the language of whoever asked before.
        translation.activate(settings.LANGUAGE_CODE)
        code = translation.get_language_from_path(request.path_info)
        if code not in (None, settings.LANGUAGE_CODE) and code not in languages_on(request):
            code = None  # and no address below it is found
        elif request.path_info == "/":
            code = _preferred(request)
        translation.activate(code or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        said = "Content-Language" in response.headers  # by a view that chose it
        if said or LIKE_A_LANGUAGE.match(request.path_info):
            # Not led to the same address in French, where it is not found either.
            response.headers.setdefault("Content-Language", translation.get_language())
            return response
        return super().process_response(request, response)


def _preferred(request):
    """The first language that the browser asks for among those that are on, or None."""
    offered = languages_on(request)
    for asked, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        for code in (asked, asked.split("-")[0]):
            if code in offered:
                return code
    return None
