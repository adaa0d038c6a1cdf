"""The Chromium that the browser tests and the screenshots use."""

import os
import shutil
import subprocess
import sys

from tools import system

PLAYWRIGHT_INSTALL = (".venv/bin/python", "-m", "playwright", "install", "--with-deps", "chromium")

# Nothing that leaves the machine: every name but localhost fails to resolve.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def chromium():
    """The path of the browser's program (CHROMIUM= names another one), or None."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    paths = [path for name in names if name and (path := shutil.which(name))]
    return next(filter(_starts, paths), None) or _playwrights_own()


def _starts(path):
    """Ubuntu's package holds a stub that needs snap, which not every machine has."""
    return not subprocess.run([path, "--version"], capture_output=True, check=False).returncode


def _playwrights_own():
    """The path of the Chromium that Playwright has fetched, or None."""
    # Asked apart: a test's own Playwright bears no second one in its process.
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    path = subprocess.check_output([sys.executable, "-c", code], text=True).strip()
    return path if os.path.exists(path) else None


def install():
    """Install Chromium: Debian's own or, where there is none, as on Ubuntu, the one
    that Playwright fetches. Ends with one line where neither can be had."""
    if system.offers("chromium"):
        system.install("chromium", "fonts-dejavu-core")
        return
    if system.as_root() is None:
        sys.exit("Missing on this machine; as root: " + " ".join(PLAYWRIGHT_INSTALL))
    print("Installing Chromium …", flush=True)
    if subprocess.call([sys.executable, *PLAYWRIGHT_INSTALL[1:]], stdout=subprocess.DEVNULL):
        sys.exit("Chromium could not be installed: " + " ".join(PLAYWRIGHT_INSTALL))
