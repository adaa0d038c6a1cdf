"""What every test gets: an empty, quick site that keeps nothing and reaches nobody."""

import gc
import os
import shutil
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.core.files.storage import storages
from django.db import connection
from django.test import override_settings
from django.utils import translation
from moto.server import ThreadedMotoServer
from PIL import AvifImagePlugin, Image

from demo.loading import load
from tests import databases
from tests.buckets import files_in_bucket
from tests.sites import _site_first, kept_site, site  # noqa: F401
from tests.strict_templates import StringIfInvalid

NOTHING_SKIPPED = os.environ.get("CI") == "true"
IS_ONE_OF_SEVERAL = "PYTEST_XDIST_WORKER" in os.environ


def pytest_configure(config):
    django_settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = StringIfInvalid()
    Image.register_save("AVIF", quick_avif)


def quick_avif(im, fp, filename, save_all=False):
    """Pillow's own, at its greatest speed: pictures are made by the hundred here."""
    im.encoderinfo.setdefault("speed", 10)
    AvifImagePlugin._save(im, fp, filename, save_all)


def pytest_collection_modifyitems(config, items):
    """Leave out the tests of the other database's own rules: they run in the other round;
    and what is the same on any database runs once. What takes long begins, and what needs the
    demo: one process loads it while the others test without it."""
    second = ("sqlite", "any_database")
    others = ("postgresql", "with_the_browsers") if connection.vendor == "sqlite" else second
    left_out = {item for item in items for other in others if item.get_closest_marker(other)}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    items.sort(
        key=lambda item: (
            item.get_closest_marker("long") is None,
            "loaded_demo" not in item.fixturenames,
        )
    )


def pytest_collection_finish(session):
    """What stands now stays to the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    return _no_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    return _no_skip(report)


def _no_skip(report):
    """Where CI=true, a skipped test is one that failed to find what it needs."""
    if NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, where nothing may be: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Test SQLite as it is served, from a file: in memory, connections share one lock."""
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)


@pytest.fixture(scope="session")
def meeting_place(tmp_path_factory):
    """A folder in which all processes that test find each other."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if IS_ONE_OF_SEVERAL else own


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_modify_db_settings, meeting_place):
    """The tests' database. Where several processes test, one migrates, and each has a copy."""
    blocker = request.getfixturevalue("django_db_blocker")
    if IS_ONE_OF_SEVERAL:
        with (
            blocker.unblock(),
            databases.shared(meeting_place, "migrated", databases.migrated) as name,
            databases.copied(name, os.environ["PYTEST_XDIST_WORKER"]),
            blocker.block(),
        ):
            yield
    else:
        request.getfixturevalue("django_db_setup")
        yield
        with blocker.unblock():
            databases.end_sessions(connection.settings_dict["NAME"])


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    """Uploads of one test are not those of the next; nor are renditions under the same key, nor
    the language in which the last page was answered, by which addresses are made."""
    settings.MEDIA_ROOT = tmp_path / "media"
    caches["renditions"].clear()
    translation.activate(settings.LANGUAGE_CODE)


# The demo

DEMO_PASSWORD = "dodo-panier-lune-42"


@pytest.fixture(scope="session")
def loaded_demo(django_db_setup, django_db_blocker, meeting_place, tmp_path_factory):
    """The demo, loaded once for all processes that test: the name of its `database`, and
    this process's own copies of its `files` and `mails`."""
    made, own = meeting_place / "demo", tmp_path_factory.mktemp("demo") / "own"

    def fill():
        shutil.rmtree(made, ignore_errors=True)
        with override_settings(
            DEMO=True,
            DEMO_PASSWORD=DEMO_PASSWORD,
            DEMO_PROFESSIONALS=60,
            EMAIL_BACKEND="demo.mails.EmailBackend",
            EMAIL_FILE_PATH=made / "mails",
            MEDIA_ROOT=made / "files",
            WAGTAILADMIN_BASE_URL="http://localhost:8000",
            ROOT_URLCONF="tests.demo.urls",
        ):
            load()

    def make():
        return databases.filled("demo", fill)

    with django_db_blocker.unblock(), databases.shared(meeting_place, "demo", make) as name:
        shutil.copytree(made, own, copy_function=os.link)
        yield SimpleNamespace(database=name, files=own / "files", mails=own / "mails")


# Files in a bucket


@pytest.fixture(scope="session")
def s3_server():
    """A server that speaks S3, on this machine: its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(settings, s3_server):
    """A new bucket of that server that keeps the site's files in this test: its storage."""
    yield from files_in_bucket(settings, s3_server)


# Which store it is does not depend on the database.
@pytest.fixture(params=["disk", pytest.param("bucket", marks=pytest.mark.any_database)])
def store(request):
    """Run the test with the files on the disk, and again with them in a bucket."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return storages["default"]
