"""A public server starts only with what it needs, and says in one line what is missing."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

REQUIRED = {
    "SECRET_KEY": "a secret for one test " * 4,
    "ALLOWED_HOSTS": "bebe.example, www.bebe.example",
    "DATABASE_URL": "postgres://user:hidden@db.example/site",
}


def python(*arguments, **variables):
    """Run Python in the project's root with `variables` and nothing else in the environment."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.ROOT,
        env={"PATH": os.defpath} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


WSGI = ("-c", "import sys; sys.path.insert(0, 'site'); import config.wsgi")
MANAGE = ("manage.py", "check")


@pytest.mark.parametrize("command", [MANAGE, WSGI, ("manage.py", "migrate")])
def test_nothing_set_names_everything_missing(command):
    result = python(*command, DJANGO_SETTINGS_MODULE="config.settings.production")

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL" in line


@pytest.mark.parametrize("missing", REQUIRED)
def test_one_missing_is_named_alone(missing):
    result = python(*WSGI, **REQUIRED | {missing: " "})

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert missing in line
    assert not any(name in line for name in REQUIRED if name != missing)


@pytest.mark.parametrize("hosts", [",", " , ,"])
def test_a_list_of_names_without_a_name_is_missing(hosts):
    result = python(*WSGI, **REQUIRED | {"ALLOWED_HOSTS": hosts})

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "Missing" in line
    assert "ALLOWED_HOSTS" in line


@pytest.mark.parametrize("hosts", [".bebe.example", "*", "*.bebe.example, bebe.example"])
def test_a_pattern_of_names_needs_an_address_for_mails(hosts):
    result = python(*WSGI, **REQUIRED | {"ALLOWED_HOSTS": hosts})

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "Missing" in line
    assert "BASE_URL" in line

    shown = show_settings(MAIL_SETTINGS, ALLOWED_HOSTS=hosts, BASE_URL="https://bebe.example:444/")
    assert shown.stdout.split()[0] == "https://bebe.example:444"
    assert "ne-pas-repondre@bebe.example>" in shown.stdout


MAIL_SETTINGS = "WAGTAILADMIN_BASE_URL, *CSRF_TRUSTED_ORIGINS, DEFAULT_FROM_EMAIL"


def test_mails_carry_the_first_name_unless_told_otherwise():
    shown = show_settings(MAIL_SETTINGS).stdout
    assert shown.split()[:2] == ["https://bebe.example"] * 2
    assert "ne-pas-repondre@bebe.example>" in shown


@pytest.mark.parametrize(
    "address",
    ["bebe.example", "ftp://bebe.example", "https://", "https://[", "https://bebe.example/site"],
)
def test_an_address_that_is_none_is_named(address):
    result = python(*WSGI, **REQUIRED | {"BASE_URL": address})

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "BASE_URL" in line


@pytest.mark.parametrize(
    "address", ["db.example", "mysql://user:hidden@db.example/site", "postgres://:hidden@h:x/y"]
)
def test_an_unreadable_database_is_named_without_its_password(address):
    result = python(*WSGI, **REQUIRED | {"DATABASE_URL": address})

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "DATABASE_URL" in line
    assert "hidden" not in result.stderr


@pytest.mark.parametrize("days", ["soon", "-1", "1.5"])
def test_a_number_of_days_that_is_none_is_named(days):
    result = python(*WSGI, **REQUIRED | {"REVIEW_GRACE_DAYS": days})

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "REVIEW_GRACE_DAYS" in line


def test_manage_and_server_are_production_unless_told_otherwise():
    assert "SECRET_KEY" in python(*MANAGE).stderr
    assert "SECRET_KEY" in python(*WSGI).stderr


def test_the_database_url_alone_chooses_the_database():
    name = "DATABASES['default']['ENGINE'], DATABASES['default']['NAME']"
    postgres = show_settings(name).stdout.split()
    sqlite = show_settings(name, DATABASE_URL="sqlite:////srv/site.sqlite3")

    assert postgres == ["django.db.backends.postgresql", "site"]
    assert sqlite.stdout.split() == ["django.db.backends.sqlite3", "/srv/site.sqlite3"]


def show_settings(expression, **variables):
    """What `expression` gives with the names of production's settings."""
    code = (
        "import sys; sys.path[:0] = ['site', '.'];"
        f"from config.settings.production import *; print({expression})"
    )
    return python("-c", code, **REQUIRED | variables)


BUCKET = {"S3_BUCKET": "bebe", "S3_ACCESS_KEY_ID": "key", "S3_SECRET_ACCESS_KEY": "hidden"}


def test_a_bucket_takes_the_uploads_and_keeps_them_private():
    made = (
        "(lambda s: (s.url('images/été 1.webp'), s.default_acl, s.file_overwrite, "
        "s.endpoint_url))(__import__('media.storages').storages.ObjectStorage("
        "**STORAGES['default']['OPTIONS']))"
    )
    configured = f"__import__('django.conf').conf.settings.configure(MEDIA_URL='/media/') or {made}"

    assert "LocalStorage" in show_settings("STORAGES['default']").stdout
    assert "s3" not in show_settings("STORAGES").stdout
    shown = show_settings(configured, **BUCKET, S3_ENDPOINT_URL="https://s3.example:9000/").stdout
    assert shown == (
        "('/media/images/%C3%A9t%C3%A9%201.webp', 'private', False, 'https://s3.example:9000')\n"
    )


@pytest.mark.parametrize("missing", BUCKET)
@pytest.mark.parametrize("kind", ["production", "demo"])
def test_half_a_bucket_is_refused_and_what_is_missing_named(missing, kind, tmp_path):
    result = python(
        *MANAGE,
        **REQUIRED | BUCKET | {missing: " "},
        DJANGO_SETTINGS_MODULE=f"config.settings.{kind}",
        VAR_FOLDER=str(tmp_path),
    )

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert missing in line
    assert not any(name in line for name in BUCKET if name != missing)
    assert "hidden" not in line


@pytest.mark.parametrize("alone", ["S3_ENDPOINT_URL", "S3_REGION"])
def test_a_place_without_a_bucket_is_refused(alone):
    result = show_settings("STORAGES", **{alone: "https://s3.example"})

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert all(name in line for name in BUCKET)


@pytest.mark.parametrize("endpoint", ["s3.example", "ftp://s3.example", "https://"])
def test_an_endpoint_that_is_no_address_is_named(endpoint):
    result = show_settings("STORAGES", **BUCKET, S3_ENDPOINT_URL=endpoint)

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "S3_ENDPOINT_URL" in line


def test_the_demo_makes_its_secrets_once_and_keeps_them_to_itself(tmp_path):
    make = (
        "-c",
        "import sys, pathlib; sys.path[:0] = ['site', '.'];"
        "from config.settings.environment import kept_secret;"
        f"print(kept_secret(pathlib.Path({str(tmp_path)!r}) / 'new' / 'secret', 50))",
    )

    first, second = python(*make).stdout, python(*make).stdout

    assert first == second
    assert len(first) > 50
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o777 == 0o600


TILES = "https://tuiles.example/plan?z={z}&x={x}&y={y}"


def test_a_maps_tiles_come_from_the_one_origin_that_is_set():
    show = (
        "import sys; sys.path.insert(0, 'site'); from config.settings import production as p; "
        "print(p.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"
    )
    assert "tuiles" not in python("-c", show, **REQUIRED).stdout
    with_tiles = python("-c", show, **REQUIRED, MAP_TILES_URL=TILES)
    assert "'https://tuiles.example'" in with_tiles.stdout
    for wrong in ("tuiles.example", "https://{s}.example/{z}/{x}/{y}", "https://tuiles.example/"):
        result = python("-c", show, **REQUIRED, MAP_TILES_URL=wrong)
        assert result.returncode == 1
        assert "MAP_TILES_URL" in result.stderr
