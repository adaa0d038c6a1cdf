"""The demo, from an empty folder to a served site: `make demo`.

Prepares the database in this process, serves from a child process, and does every minute
what time brings. Ctrl-C ends all of it.
"""

import contextlib
import copy
import ctypes
import fcntl
import logging
import multiprocessing
import os
import signal
import sys
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

from config.startup import VAR, choose_settings

from tools.local_site import serve_beside

LOCK = VAR / "demo-running"
START_SECONDS = 60
RUN_DUE_SECONDS = 60
PR_SET_PDEATHSIG = 1  # Linux: a signal for when the parent ends, however it ends

logger = logging.getLogger(__name__)


def main(port):
    """Serve the demo on `port` of localhost until interrupted."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    address = f"http://localhost:{port}".removesuffix(":80")
    with alone(address):
        (VAR / "demo-address").write_text(address)
        print("Preparing the demo …", flush=True)
        prepare(int(port))
        with server(port) as process:
            wait_until_ready(process, port)
            announce(address, partner_site(address, int(port) + 1))
            run_due_until_end(process)


@contextlib.contextmanager
def alone(address):
    """Hold the demo's database for one server, or end with a line that says who has it."""
    VAR.mkdir(parents=True, exist_ok=True)
    with open(LOCK, "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            sys.exit(f"The demo is running already: {lock.read()}")
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield


def prepare(port):
    """Bring the database, the static files, the content and Wagtail's site up to date."""
    choose_settings()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    # The audit lines on standard output are for what people do, not for the content's making.
    logging.disable(logging.INFO)
    call_command("load_demo")
    logging.disable(logging.NOTSET)
    set_site(port)


def set_site(port):
    """Have Wagtail's default site give addresses with the port that is served."""
    from wagtail.models import Site

    site = Site.objects.get(is_default_site=True)
    if (site.hostname, site.port) != ("localhost", port):
        site.hostname, site.port = "localhost", port
        site.save()


@contextlib.contextmanager
def server(port):
    """The server's process, ended with the block."""
    from django.db import connections

    connections.close_all()  # a connection must not be shared with the fork
    # A fork has everything imported already: a second start has five seconds.
    process = multiprocessing.get_context("fork").Process(target=serve, args=[int(port)])
    process.start()
    try:
        yield process
    finally:
        process.terminate()
        process.join()


def serve(port):
    """Serve the site on `port` of localhost until told to stop."""
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # In a session of its own: Ctrl-C is for the parent, which stops the server in order.
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    Granian(
        "config.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        workers_kill_timeout=5,  # seconds
        log_level=LogLevels.warning,
        log_dictconfig=copy.deepcopy(settings.LOGGING),
    ).serve()


def wait_until_ready(process, port):
    """Return once the site answers that it is ready; end if its process does, or in a minute."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.is_alive():
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/ready", timeout=5).close()
            return
        time.sleep(0.1)
    sys.exit("The demo's server did not start.")


def partner_site(address, port):
    """Serve the small site of a partner on `port`: its address, or why it is not there."""
    from demo.town_hall import write_town_hall

    if not write_town_hall(VAR / "town-hall", address):
        return "not there: its partner is not."
    try:
        serve_beside(VAR / "town-hall", port)
    except (OSError, OverflowError):
        return f"not there: port {port} is taken."
    return f"http://localhost:{port}/"


def announce(address, partner):
    """Print where the demo is, its `partner`'s site too, and who may log in."""
    from django.conf import settings
    from django.contrib.auth import get_user_model

    emails = get_user_model().objects.filter(email__endswith="@demo.invalid", is_active=True)
    accounts = "".join(f"  {user.email:<32}{user}\n" for user in emails.order_by("pk"))
    print(
        f"\nParents:  {address}/\n"
        f"Editors:  {address}/admin/\n"
        f"Mails:    {address}/demo/courriers/\n"
        f"Partner:  {partner}\n"
        f"\nPassword of every account: {settings.DEMO_PASSWORD}\n{accounts}"
        "\nCtrl-C stops the demo; what you edit is kept. make demo-reset starts over.",
        flush=True,
    )


def run_due_until_end(process):
    """Do what time brings until the server's process ends: `manage.py run_due` every minute,
    `manage.py send_reminders` once a day."""
    from django.core.management import call_command
    from django.db import close_old_connections
    from django.utils import timezone

    reminded_on = None
    while process.is_alive():
        today = timezone.localdate()
        try:
            call_command("run_due")
            if reminded_on != today:
                call_command("send_reminders")
                reminded_on = today
        except Exception:
            logger.exception("What time brings failed; it is tried again in a minute.")
        close_old_connections()
        process.join(timeout=RUN_DUE_SECONDS)
    sys.exit("The demo's server has ended.")


if __name__ == "__main__":
    # A closed terminal or Ctrl-C is how a demo ends, not an error.
    with contextlib.suppress(KeyboardInterrupt):
        main(*sys.argv[1:])
