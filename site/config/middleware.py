"""Middleware of the site as a whole."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.middleware.gzip import GZipMiddleware


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
