"""Settings of a public server. Everything that differs between two of them, and every
secret, comes from the environment: docs/operations.md lists the variables."""

from urllib.parse import urlsplit

from . import environment
from .base import *

environment.require("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")

SECRET_KEY = environment.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
if ALLOWED_HOSTS[0].startswith((".", "*")):
    environment.require("BASE_URL")  # a pattern is no address
WAGTAILADMIN_BASE_URL = environment.address("BASE_URL", f"https://{ALLOWED_HOSTS[0]}")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}  # seconds

SECURE_SSL_REDIRECT = True
# Probes come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
if environment.switch("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Behind a proxy everybody has its address: six wrong passwords for an account would
    # lock its owner out from everywhere.
    AXES_CLIENT_IP_CALLABLE = "accounts.login.visitors_address"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

TASKS["slow"] = {"BACKEND": "django_tasks_db.DatabaseBackend"}

vars().update(environment.mail("smtp://localhost:25"))
DEFAULT_FROM_EMAIL = environment.text(
    "DEFAULT_FROM_EMAIL",
    f"{WAGTAIL_SITE_NAME} <ne-pas-repondre@{urlsplit(WAGTAILADMIN_BASE_URL).hostname}>",
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ACCESSIBILITY_EMAIL = environment.text(
    "ACCESSIBILITY_EMAIL", f"accessibilite@{urlsplit(WAGTAILADMIN_BASE_URL).hostname}"
)
