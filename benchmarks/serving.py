"""The demo's database behind a server as production has it, for what looks at pages from
outside. `make demo` must have run once."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60


@contextlib.contextmanager
def as_in_production():
    """Serve the demo on the port BENCH_PORT (8099): (address, {kind: path})."""
    port = os.environ.get("BENCH_PORT", "8099")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DEMO": "1",
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
    }
    environment.pop("DATABASE_URL", None)
    os.environ.update(environment)
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django
    from django.core.management import call_command

    django.setup()
    from benchmarks.page_types import BOTH_DIRECTIONS, page_types

    call_command("collectstatic", interactive=False, verbosity=0)
    kinds = page_types(BOTH_DIRECTIONS)
    program = Path(sys.executable).with_name("granian")
    command = [program, "--interface", "wsgi", "--port", port, "--log-level", "warning"]
    server = subprocess.Popen([*command, "config.wsgi:application"], cwd=ROOT, env=environment)
    try:
        address = f"http://localhost:{port}"
        _wait(port)
        yield address, kinds
    finally:
        server.terminate()
        server.wait()


def _wait(port):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://localhost:{port}/sante/ready", timeout=5).close()
            return
        time.sleep(0.1)
    sys.exit("The server did not start.")
