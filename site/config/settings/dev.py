"""Settings of a developer's machine: errors are shown, mails are printed."""

from . import environment
from .base import *

DEBUG = True
SECRET_KEY = environment.kept_secret(VAR / "secret-key", 50)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
