"""`make demo` says in one line why it cannot start."""

import socket
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database


def check_port(word):
    """What `make demo PORT=word` asks first: (exit status, lines on standard error)."""
    result = subprocess.run(
        [sys.executable, "tools/port.py", word],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, result.stderr.splitlines()


@pytest.mark.parametrize("word", ["eighty", "0", "65536", "-1", "8 000", "", "٨٠٠٠"])
def test_a_port_that_is_no_port_is_named(word):
    status, lines = check_port(word)

    assert status == 1
    assert len(lines) == 1
    assert "PORT must be a number" in lines[0]


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])  # noqa: S104
def test_a_taken_port_is_named(address):
    with socket.create_server((address, 0)) as other:
        port = other.getsockname()[1]
        status, lines = check_port(str(port))

    assert status == 1
    assert len(lines) == 1
    assert f"Port {port} is taken" in lines[0]


def test_a_free_port_passes():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

    assert check_port(str(port)) == (0, [])
