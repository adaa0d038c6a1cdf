"""The demo, served as a public server serves: compressed files under names that change."""

from config.settings.demo import *

STATIC_ROOT = VAR / "static-compressed"
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
