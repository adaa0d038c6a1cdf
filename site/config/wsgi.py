"""The WSGI entry point that servers load."""

from django.core.wsgi import get_wsgi_application

from .startup import choose_settings

choose_settings()
application = get_wsgi_application()
