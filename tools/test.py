"""Every test: `make test`. On SQLite, then on PostgreSQL together with the browser tests.

The second run's closing line ends the output; the exit status is 1 if either failed.
"""

import os
import signal
import subprocess
import sys

from tools import browser, postgres, system

NOTHING_COLLECTED = 5
# One more than two cores: each waits now and then, for a browser, a store, a database.
WORKERS = "3"
# What a developer's shell may hold and the tests choose for themselves.
OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DEMO", "BASE_URL", "EMAIL_URL", "VAR_FOLDER")


def main(arguments):
    """Run pytest twice with `arguments` added; end with the worse outcome."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    install_what_is_missing()
    results = [pytest("SQLite", {}, ["--ignore=tests/browser", *arguments])]
    with postgres.private_server() as url:
        results.append(pytest("PostgreSQL and Chromium", {"DATABASE_URL": url}, arguments))
    # Narrowed by hand, one of the two may have nothing to do.
    fine = {0, NOTHING_COLLECTED} if arguments else {0}
    sys.exit(any(result not in fine for result in results))


def install_what_is_missing():
    """Install the PostgreSQL server and Chromium where the machine lacks them."""
    browser.install_what_is_missing()
    if postgres.binaries() is None:
        with postgres.no_cluster_of_its_own():
            system.install("postgresql")


def pytest(title, variables, arguments):
    """Run pytest with `variables` in its environment; its exit status."""
    print(f"\n=== {title}", flush=True)
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith("PG")
    }
    command = [sys.executable, "-m", "pytest", "-n", WORKERS, "--dist", "worksteal", *arguments]
    return subprocess.call(command, env=inherited | variables)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
