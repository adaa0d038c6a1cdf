"""`make demo`, once Python's packages are there: from an empty folder to a served site, its
end, the next start, and over again with `make demo-reset`."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest
from django.conf import settings

pytestmark = [pytest.mark.sqlite, pytest.mark.long]

PATIENCE = 120  # seconds
LAST_WORDS = "make demo-reset starts over."


class Demo:
    """The demo's commands, as the Makefile starts them, with a folder of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {"PATH": os.defpath, "DEMO": "1", "VAR_FOLDER": str(folder / "var")}
        self.processes = []

    def command(self, *arguments):
        """Run a command that ends by itself: (exit status, what it prints, its errors)."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()

    def start(self, port):
        """Start the demo on ``port``: the process, and all that it printed until it was ready."""
        with open(self.folder / f"errors-{port}", "w") as errors:
            process = subprocess.Popen(
                # Ctrl-C reaches it even where these tests run in the background.
                ["env", "--default-signal=INT", sys.executable, "-m", "tools.demo", str(port)],
                cwd=settings.ROOT,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.processes.append(process)
        printed = []
        while not printed or LAST_WORDS not in printed[-1]:
            line = process.stdout.readline()
            assert line, "\n".join([*printed, self.errors(port)])
            printed.append(line.rstrip("\n"))
        return process, printed

    def errors(self, port):
        return (self.folder / f"errors-{port}").read_text()

    def stop_all(self):
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
            process.wait()
            process.stdout.close()


@pytest.fixture
def demo(tmp_path):
    found = Demo(tmp_path)
    yield found
    found.stop_all()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as other:
        return other.getsockname()[1]


def answers(port, place):
    """The status with which the site on ``port`` answers, or None where nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{place}", timeout=30) as response:
            return response.status
    except URLError:
        return None


def family_of(pid):
    """The process and everything that it started, by number."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += family_of(int(child))
    return found


def still_there(pid):
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_from_an_empty_folder_to_the_end_and_over_again(demo):
    port, other = free_port(), free_port()
    var = demo.folder / "var"

    # From nothing.
    process, printed = demo.start(port)
    assert answers(port, "/sante/ready") == 200
    for place in ("/", "/admin/", "/demo/courriers/"):
        assert any(line.endswith(f"http://localhost:{port}{place}") for line in printed)
        assert answers(port, place) == 200
    # A partner's own small site, one port further, with our topics in its pages.
    assert any(line.endswith(f"http://localhost:{port + 1}/") for line in printed)
    for place in ("/", "/sommeil.html", "/lien.html", "/cadre.html", "/style.css"):
        assert answers(port + 1, place) == 200
    with urllib.request.urlopen(f"http://127.0.0.1:{port + 1}/") as response:
        assert f'<script src="http://localhost:{port}/embed-' in response.read().decode()
    password = (var / "demo-password").read_text().strip()
    assert sum(line.endswith(f": {password}") for line in printed) == 1
    accounts = [line.split()[0] for line in printed if "@demo.invalid" in line]
    assert len(accounts) == len(set(accounts)) == 10
    assert {"autrice@demo.invalid", "admin@demo.invalid"} <= set(accounts)

    # What cannot be done meanwhile is said in one line, and does the running one no harm.
    status, said, errors = demo.command("tools/port.py", str(port))
    assert (status, said, len(errors)) == (1, [], 1)
    assert f"Port {port} is taken" in errors[0]
    for command in (("-m", "tools.demo", str(other)), ("tools/demo_reset.py",)):
        status, said, errors = demo.command(*command)
        assert (status, said, len(errors)) == (1, [], 1)
        assert f"running already: http://localhost:{port}" in errors[0]
    assert answers(port, "/sante/ready") == 200

    # Told to end, the clock ends and the server with it.
    family = family_of(process.pid)
    assert len(family) > 1
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert [pid for pid in family if still_there(pid)] == []
    assert answers(port, "/sante/live") is answers(port + 1, "/") is None
    assert demo.command("tools/port.py", str(port)) == (0, [], [])
    assert "Traceback" not in demo.errors(port)

    # What was edited is there at the next start, on another port; Ctrl-C is no error.
    with contextlib.closing(sqlite3.connect(var / "db.sqlite3")) as database, database:
        database.execute(
            "UPDATE accounts_user SET display_name = 'Édith Neuve' "
            "WHERE email = 'autrice@demo.invalid'"
        )
    process, printed = demo.start(other)
    assert any("autrice@demo.invalid" in line and "Édith Neuve" in line for line in printed)
    assert any(line.endswith(f"http://localhost:{other}/admin/") for line in printed)
    assert answers(other, "/sante/ready") == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    assert answers(other, "/sante/live") is None
    assert "Traceback" not in demo.errors(other)

    # On SQLite too, every topic that is online is what was signed.
    assert demo.command("manage.py", "verify_signoffs")[0] == 0

    # Over again: nothing of what the demo held or what was edited is left.
    (var / "media" / "added.txt").touch()
    status, said, errors = demo.command("tools/demo_reset.py")
    assert (status, len(said), errors) == (0, 1, [])
    left = {path.name for path in var.iterdir()}
    assert left == {"demo-address", "demo-password", "demo-running", "secret-key", "static"}
