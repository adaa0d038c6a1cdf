"""Settings of the tests: quick, with nothing kept and nothing sent."""

from .base import *

SECRET_KEY = "tests-only-" + "t" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A test of the lock-out turns it on; `client.login` has no request to count by.
AXES_ENABLED = False

DESTINATION_PAUSE = 0
EMBED_COUNT_SECONDS = 0
GEOCODER = ""

# A few communes: 35,000 in every test database would take longer than the tests.
COMMUNES_FILE = ROOT / "tests" / "professionals" / "communes.csv"

# No tiles, whatever the environment says: the policy without them is in security.py.
MAP_TILES_URL = ""

# Whatever the environment says: tests of a bucket bring their own.
STORAGES["default"] = STORAGES["local"]

# Static files come from their sources: there is nothing to collect first.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

for _in_files in ("fruitless", "progress"):
    CACHES[_in_files] = {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": _in_files,
    }
