"""Middleware of the site as a whole."""

from csp.middleware import CSPMiddleware
from django.conf import settings


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Send the strict policy with public pages and the admin's own policy below ADMIN_PATH."""

    def process_response(self, request, response):
        if request.path_info.startswith(settings.ADMIN_PATH):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return super().process_response(request, response)
