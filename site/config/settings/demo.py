"""Settings of the demo: as production wherever a visitor could tell the difference, with
what production takes from the environment made here and kept in var/."""

from . import environment
from .base import *

DEMO = True
SECRET_KEY = environment.kept_secret(VAR / "secret-key", 50)
DEMO_PASSWORD = environment.text("DEMO_PASSWORD") or environment.kept_secret(
    VAR / "demo-password", 9
)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

# Written at each start: commands run beside the server give the same addresses.
DEMO_ADDRESS_FILE = VAR / "demo-address"
if DEMO_ADDRESS_FILE.exists():
    WAGTAILADMIN_BASE_URL = DEMO_ADDRESS_FILE.read_text().strip()

EMAIL_BACKEND = "demo.mails.EmailBackend"
EMAIL_FILE_PATH = VAR / "mails"
DEFAULT_FROM_EMAIL = f"{WAGTAIL_SITE_NAME} <ne-pas-repondre@demo.invalid>"

STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
}
