"""A real Chromium that looks at the served site, and notices what a person would not."""

import os
from urllib.parse import urlsplit

import pytest

from tools import browser as chromium

# Playwright keeps an event loop in the tests' thread; Django would refuse its queries there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE, TABLET, DESKTOP = 360, 768, 1280  # CSS pixels
HEIGHT = 900


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
def page(page, page_problems, live_server):
    """A page that fails its test on a script error, a console message of warning or worse
    (a blocked script among them), an HTTP error, or a request to anywhere but the site."""
    site = urlsplit(live_server.url).netloc

    def on_console(message):
        if message.type in {"error", "warning"}:
            page_problems.append(f"console {message.type}: {message.text} ({page.url})")

    def on_request(request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != site:
            page_problems.append(f"request to elsewhere: {request.url}")

    def on_response(response):
        if response.status >= 400:
            page_problems.append(f"{response.status}: {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: page_problems.append(f"script error: {error}"))
    page.on("request", on_request)
    page.on("response", on_response)
    page.set_default_timeout(15_000)  # milliseconds
    yield page
    assert page_problems == []


@pytest.fixture(params=[PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
def at_each_width(request, page):
    """Run the test at the width of a phone, a tablet and a desktop; give the width."""
    page.set_viewport_size({"width": request.param, "height": HEIGHT})
    return request.param
