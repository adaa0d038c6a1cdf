"""Settings shared by every way of running the site. Values come from the
environment, read in one typed place; a secret has no default here."""

from datetime import timedelta

from config.startup import ROOT, VAR

from . import environment
from .roles import ROLE_PERMISSIONS  # noqa: F401
from .security import *

DEMO = False
DEBUG = False

INSTALLED_APPS = [
    "demo",
    "partners",
    "pages",
    "workgroups",
    "professionals",
    "media",
    "accounts",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtailmedia",
    "wagtail.contrib.settings",
    # Old addresses lead on, once a topic or theme has another slug or stands elsewhere.
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.images",
    # wagtail-localize imports its models.
    "wagtail.documents",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "csp",
    "django_tasks_db",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.PublicPagesGZipMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "workgroups.gate.OtherGroupsTopics",
    "axes.middleware.AxesMiddleware",
    "media.failures.FilesOfRequests",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": environment.database(f"sqlite:///{VAR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: two writers queue for the lock instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# A person who mistypes waits; another person at another address does not.
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "accounts.login.attempted_email"
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

WAGTAILADMIN_USER_LOGIN_FORM = "accounts.login.LoginForm"
# People choose their own passwords: from an invitation, then in "your account".
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

LANGUAGE_CODE = "fr"
# Every language whose catalogue of public texts ships (docs/languages.md), each by its own
# name, French first; which of them parents find is switched in the admin.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("fr", "Français"),
    ("en", "English"),
    ("ar", "العربية"),
    ("uk", "Українська"),
    ("tr", "Türkçe"),
]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES[:2]
TIME_ZONE = "Europe/Paris"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [ROOT / "site" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "site" / "static"]
# Files have this address wherever they are kept: see media.serving.
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
# Booklets that were made, each under the hash of all that it says: none is missed if it goes.
BOOKLETS_FOLDER = VAR / "booklets"
STORAGES = {
    **environment.file_stores(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CACHES = {
    # In the database: Wagtail's routes hold across processes.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    },
    # So do limits (accounts/limits.py), which a full table would make void: Django's own
    # 300 rows are a few families.
    "limits": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # In each process: a rendition never changes once made.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
    },
    # In files, for a nightly command to read: a search writes nothing to the database.
    "fruitless": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache" / "fruitless",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    # In files as well: how far an import is, while SQLite lets nobody else write.
    "progress": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache" / "progress",
    },
}

TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    # Slow work (mails, renditions); production puts the database's queue here.
    "slow": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
}

WAGTAIL_SITE_NAME = "Mes Infos Bébé"
# Who answers for the site's accessibility, and where one writes to.
ACCESSIBILITY_OWNER = environment.text("ACCESSIBILITY_OWNER", WAGTAIL_SITE_NAME)
ACCESSIBILITY_EMAIL = environment.text("ACCESSIBILITY_EMAIL", "accessibilite@demo.invalid")
WAGTAILADMIN_BASE_URL = environment.address("BASE_URL", "http://localhost:8000")
WAGTAILIMAGES_IMAGE_MODEL = "media.Illustration"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.IllustrationForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "svg"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 * 1024 * 1024  # bytes
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 128_000_000
WAGTAILMEDIA = {
    "MEDIA_MODEL": "media.Recording",
    "MEDIA_FORM_BASE": "media.forms.RecordingForm",
    "AUDIO_EXTENSIONS": ["mp3", "ogg", "m4a"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
# Wagtail mails comments to all who ever took part, those who left the group among them.
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "pages.rich_text.TopicTextArea"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "workgroups.finish.leave_publication_to_sign_off"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# None: no machine proposes translations. What one proposes, a translator confirms.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = environment.machine_translator()

# Days before its review date on which a topic's signatories and group are reminded.
REVIEW_REMINDERS = (60, 14)
# Days after that date from which parents read that the topic is being read again.
REVIEW_GRACE_DAYS = environment.number("REVIEW_GRACE_DAYS", 91)
# Days after which what parents wrote under "Was this useful?" is deleted.
OPINION_SENTENCE_DAYS = environment.number("OPINION_SENTENCE_DAYS", 180)
# The list of communes that the directory knows, loaded after every migrate that finds it changed.
COMMUNES_FILE = ROOT / "professionals" / "data" / "communes.csv.gz"
# Who finds the point of an address: "ban", the public address service, or nobody.
GEOCODER = environment.text("GEOCODER")
GEOCODER_ADDRESS = "https://data.geopf.fr/geocodage"
GEOCODER_SECONDS = 2
# The ground of the directory's map, once it is opened; without it, the outlines of départements.
MAP_TILES_URL = environment.tiles("MAP_TILES_URL")
MAP_TILES_CREDIT = environment.text("MAP_TILES_CREDIT", "IGN-F/Géoportail")
allow_tiles(MAP_TILES_URL)
# How many invented entries the demo's directory has, besides those for its moderators.
DEMO_PROFESSIONALS = environment.number("DEMO_PROFESSIONALS", 2000)
# Seconds between two times that a process writes the views of embeds which it has counted;
# 0: nobody writes them.
EMBED_COUNT_SECONDS = 5
# Seconds between two addresses of public services that are asked whether they answer.
DESTINATION_PAUSE = 2

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "bare": {"format": "{message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        # What people did, one JSON object a line, for whoever collects standard output.
        "audit": {
            "class": "logging.StreamHandler",
            "formatter": "bare",
            "stream": "ext://sys.stdout",
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},
        # It warns of each place on the high sea, which whoever typed it is told.
        "opening_hours": {"level": "ERROR"},
    },
}
