"""Where the tests' Chromium comes from: Debian packages it, Ubuntu's package is a stub
that needs snap."""

import sys

import pytest

from tools import browser, system

pytestmark = pytest.mark.any_database

DEBIAN = "chromium:\n  Installed: (none)\n  Candidate: 142.0.7444.59-1~deb12u1\n"
UBUNTU = "chromium:\n  Installed: (none)\n  Candidate: (none)\n"
UBUNTU_STUB = "chromium:\n  Installed: (none)\n  Candidate: 2:1snap1-0ubuntu2\n"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine on which nothing but these programs is found: machine(name, shell script)."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    def has(name, script):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return str(path)

    return has


@pytest.fixture
def as_root(machine, monkeypatch):
    """Root, on a machine whose packages say this of Chromium; what is run is returned as
    a list that grows."""
    monkeypatch.setattr(system, "as_root", list)
    machine("apt-get", 'echo "$@" >> "${0%/*}/asked"')
    machine("env", 'while [ "$1" != "${1#*=}" ]; do shift; done; exec "$@"')

    def says(policy):
        machine("apt-cache", f"echo '{policy}'")

    return says


def test_a_browser_is_one_that_starts(machine):
    machine("chromium", "echo 'requires the chromium snap' >&2; exit 1")
    assert browser.chromium() is None
    other = machine("google-chrome", "echo 142")
    assert browser.chromium() == other


def test_debian_brings_its_own(as_root, tmp_path, capsys):
    as_root(DEBIAN)
    browser.install_what_is_missing()
    assert (tmp_path / "asked").read_text().endswith("chromium fonts-dejavu-core firefox-esr\n")


@pytest.mark.parametrize("policy", [UBUNTU, UBUNTU_STUB])
@pytest.mark.parametrize("fetched", [True, False])
def test_ubuntu_has_it_from_playwright(as_root, monkeypatch, tmp_path, policy, fetched):
    as_root(policy)
    playwright = tmp_path / "python"
    playwright.write_text(
        f'#!/bin/sh\ncase "$3" in install) echo "$@" >> "{tmp_path}/playwright"; '
        f"exit {0 if fetched else 1};; esac\n"
    )
    playwright.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(playwright))
    if fetched:
        browser.install_what_is_missing()
    else:
        with pytest.raises(SystemExit, match="-m playwright install --with-deps chromium"):
            browser.install_what_is_missing()
    asked = (tmp_path / "playwright").read_text()
    assert asked == "-m playwright install --with-deps chromium\n"


def test_what_playwrights_driver_needs_comes_first(as_root, monkeypatch, tmp_path):
    as_root(DEBIAN)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    browser.install_what_is_missing()
    assert "install --no-install-recommends libatomic1\n" in (tmp_path / "asked").read_text()


def test_one_line_says_what_to_install(machine, monkeypatch):
    monkeypatch.setattr(system, "as_root", lambda: None)
    with pytest.raises(SystemExit, match=r"apt-get install chromium .* firefox-esr"):
        browser.install_what_is_missing()
