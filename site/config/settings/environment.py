"""Every value that the site reads from the environment, typed, in this one place.

A secret has no default here. A variable that is missing or cannot be read ends the process
with one line that names it and never shows its value.
"""

import contextlib
import os
import secrets
import warnings
from pathlib import Path
from urllib.parse import urlsplit

import environ

_env = environ.Env()


class EnvironmentProblem(SystemExit):
    """The environment does not allow a start: its message goes to standard error, the exit
    status is 1, and there is no traceback, whatever command or server reads the settings."""


def require(*names):
    """Raise EnvironmentProblem naming all of `names` that are not set, or set to nothing: to
    spaces, or to the commas of a list without a word."""
    missing = [name for name in names if not words(name)]
    if missing:
        raise EnvironmentProblem(
            f"Missing in the environment: {', '.join(missing)}. (For a trial, set DEMO=1.)"
        )


@contextlib.contextmanager
def _naming(name):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # environ's shows the password
            yield
    except Exception:
        # Not chained, not shown: the value may hold a password.
        raise EnvironmentProblem(f"The environment's {name} cannot be read.") from None


def text(name, default=""):
    """The variable `name` as text."""
    return os.environ.get(name, "").strip() or default


def words(name, default=()):
    """The variable `name` as a list: its parts between commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def address(name, default):
    """The variable `name`, or else `default`, as the address of a site (`https://…`), without
    a slash at its end."""
    with _naming(name):
        found = text(name, default).rstrip("/")
        parts = urlsplit(found)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
            raise ValueError("no site's address")
    return found


def tiles(name):
    """The variable `name` as the address of a map's tiles, "https://…{z}…{x}…{y}…", or ""."""
    found = text(name)
    if found:
        with _naming(name):
            parts = urlsplit(found)
            if parts.scheme not in ("http", "https") or not parts.hostname or "{" in parts.netloc:
                raise ValueError("no address")
            if not all(part in found for part in ("{z}", "{x}", "{y}")):
                raise ValueError("no tiles")
    return found


def number(name, default):
    """The variable `name` as a whole number, zero or more."""
    with _naming(name):
        found = int(text(name, str(default)))
        if found < 0:
            raise ValueError("less than zero")
    return found


def switch(name):
    """Whether the variable `name` is 1, true, yes or on (not set: no)."""
    with _naming(name):
        return _env.bool(name, default=False)


def database(default):
    """Django's settings of the database that DATABASE_URL names, or else of the URL `default`."""
    with _naming("DATABASE_URL"):
        found = environ.Env.db_url_config(text("DATABASE_URL", default))
        if not found["ENGINE"].endswith((".sqlite3", ".postgresql")):
            raise ValueError("neither SQLite nor PostgreSQL")
    return found


def mail(default):
    """Django's EMAIL_… settings from EMAIL_URL, or else from the URL `default`."""
    with _naming("EMAIL_URL"):
        return environ.Env.email_url_config(text("EMAIL_URL", default))


def file_stores():
    """Django's STORAGES of files: "local", the disk; "s3", the bucket that S3_BUCKET names,
    where the environment has one; and "default", the one of the two that is in use."""
    stores = {"local": {"BACKEND": "media.storages.LocalStorage"}}
    names = ("S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY")
    if any(text(name) for name in (*names, "S3_ENDPOINT_URL", "S3_REGION")):
        require(*names)
        endpoint = text("S3_ENDPOINT_URL") and address("S3_ENDPOINT_URL", "")
        options = {
            "bucket_name": text("S3_BUCKET"),
            "endpoint_url": endpoint or None,
            "region_name": text("S3_REGION") or None,
            "access_key": text("S3_ACCESS_KEY_ID"),
            "secret_key": text("S3_SECRET_ACCESS_KEY"),
        }
        stores["s3"] = {"BACKEND": "media.storages.ObjectStorage", "OPTIONS": options}
    return {"default": stores.get("s3") or stores["local"], **stores}


def kept_secret(path: Path, length):
    """The text kept in the file `path`; made at random (`length` bytes) the first time, and
    readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w") as new:
            new.write(secrets.token_urlsafe(length) + "\n")
    return path.read_text().strip()


def machine_translator():
    """wagtail-localize's setting, from MACHINE_TRANSLATOR (the path of a class, off where it
    is not set) and MACHINE_TRANSLATOR_OPTIONS (`name=value`, between commas)."""
    path = text("MACHINE_TRANSLATOR")
    if not path:
        return None
    with _naming("MACHINE_TRANSLATOR_OPTIONS"):
        options = dict(word.split("=", 1) for word in words("MACHINE_TRANSLATOR_OPTIONS"))
    return {"CLASS": path, "OPTIONS": options}
