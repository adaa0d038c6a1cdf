"""The Chromium that the browser tests and the screenshots use, and the Firefox of some tests."""

import os
import shutil
import subprocess
import sys

from tools import system

FETCH = ("-m", "playwright", "install", "--with-deps", "chromium")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

TURNED_OFF = [
    # The suggestions under the address bar are pages of their own, three in every new window:
    # nobody sees them here, and they took a sixth of what Chromium computes in the tests.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    # What Playwright turns off (its chromiumSwitches.ts): of two such lists the last one counts.
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]

# Nothing that leaves the machine: every name but localhost fails to resolve.
FLAGS = [
    "--disable-features=" + ",".join(TURNED_OFF),
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


def firefox():
    """The path of Firefox's program, or None."""
    paths = map(shutil.which, ("firefox-esr", "firefox"))
    return next((path for path in paths if path and _starts(path)), None)


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
    asked = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    path = asked.stdout.strip()
    return path if os.path.exists(path) else None


def install_what_is_missing():
    """Install what Playwright's driver needs, Firefox where the distribution packs one, and
    Chromium: Debian's own or, where there is none, as on Ubuntu, the one that Playwright
    fetches. Ends with one line where something cannot be had."""
    if subprocess.call([sys.executable, "-m", "playwright", "--version"], **QUIET):
        system.install("libatomic1")
    packages = []
    has_chromium = chromium() is not None
    if not has_chromium and system.offers("chromium"):
        packages += ["chromium", "fonts-dejavu-core"]
    if firefox() is None and system.offers("firefox-esr"):
        packages += ["firefox-esr"]
    if packages:
        system.install(*packages)
    if has_chromium or "chromium" in packages:
        return
    by_hand = "Chromium could not be installed; as root: .venv/bin/python " + " ".join(FETCH)
    if system.as_root() is None:
        sys.exit(by_hand)
    print("Installing Chromium …", flush=True)
    if subprocess.call([sys.executable, *FETCH], **QUIET):
        sys.exit(by_hand)
