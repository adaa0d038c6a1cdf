"""A real Chromium that looks at the served site, and notices what a person would not."""

import os
from urllib.parse import urlsplit

import pytest
from django.test import Client

from accounts.models import User
from benchmarks.page_types import MISSING
from tests import databases
from tests.browser.serving import Serving
from tools import browser as chromium

# Playwright keeps an event loop in the tests' thread; Django would refuse its queries there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE, TABLET, DESKTOP = 360, 768, 1280  # CSS pixels
HEIGHT = 900
PATIENCE = 15_000  # milliseconds


# The site: the demo, served


@pytest.fixture(scope="session")
def serving():
    serving = Serving()
    yield serving
    serving.stop()


@pytest.fixture(scope="session")
def base_url(serving):
    """The address at which every test finds the site: `page.goto("/fr/")` is enough."""
    return serving.url


@pytest.fixture
def db():
    """What these tests do is committed, in a copy of their own. pytest-django makes the tests'
    database, of which all others are copies, only for tests with a fixture of this name."""


@pytest.fixture
def demo(db, loaded_demo, serving, settings, django_db_blocker):
    """The demo as it was loaded, in a copy for this test alone."""
    settings.MEDIA_ROOT = loaded_demo.files
    settings.WAGTAILADMIN_BASE_URL = serving.url
    with (
        django_db_blocker.unblock(),
        databases.copied(loaded_demo.database, "test"),
        serving.opened(),
    ):
        yield


@pytest.fixture
def enter_as(demo, context, base_url):
    """Enter the admin as the demo's account of that name, past the login form."""

    def enter(name):
        client = Client()
        client.force_login(User.objects.get(email=f"{name}@demo.invalid"))
        context.clear_cookies()
        context.add_cookies(
            [
                {"name": key, "value": cookie.value, "url": base_url}
                for key, cookie in client.cookies.items()
            ]
        )

    return enter


# The browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = chromium.chromium()
    assert path, "No Chromium on this machine: make test installs it."
    return browser_type_launch_args | {"executable_path": path, "args": chromium.FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {
        "locale": "fr-FR",
        "timezone_id": "Europe/Paris",
        "viewport": {"width": DESKTOP, "height": HEIGHT},
    }


@pytest.fixture
def page_problems():
    """What the pages of this test complained of. A test that provokes one removes it."""
    return []


@pytest.fixture
def watch(demo, page_problems, base_url):
    """Have every page of a browser context fail its test on a script error, a console message
    of warning or worse (a blocked script among them), an HTTP error, or a request to anywhere
    but the site."""
    site = urlsplit(base_url).netloc

    def is_missing(address):
        """Whether it is the page that tests ask for because it is not there."""
        return urlsplit(address).path.endswith(f"/{MISSING}")

    def on_console(message):
        if message.type in {"error", "warning"} and not is_missing(message.location["url"]):
            page_problems.append(f"console {message.type}: {message.text}")

    def on_request(request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != site:
            page_problems.append(f"request to elsewhere: {request.url}")

    def on_response(response):
        if response.status >= 400 and not is_missing(response.url):
            page_problems.append(f"{response.status}: {response.url}")

    def watched(context):
        context.on("console", on_console)
        context.on("weberror", lambda problem: page_problems.append(f"script: {problem.error}"))
        context.on("request", on_request)
        context.on("response", on_response)
        context.set_default_timeout(PATIENCE)
        return context

    yield watched
    assert page_problems == []


@pytest.fixture
def context(watch, context):
    return watch(context)
