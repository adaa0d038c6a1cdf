"""A PostgreSQL server for the tests alone: in a temporary folder, with no port and no
password, gone when the tests are."""

import contextlib
import glob
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tools import system

START_SECONDS = 30
# A crash may lose these data: nothing waits for the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "50",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    # The tests' tables are small and never analysed: its guesses cost more than they save.
    "jit": "off",
}


def binaries():
    """The folder of the newest server's programs, or None. Debian keeps them off the PATH,
    where a wrapper of the same name may stand instead."""
    found = [Path(path).parent for path in glob.glob("/usr/lib/postgresql/*/bin/initdb")]
    if elsewhere := shutil.which("initdb"):
        found.append(Path(elsewhere).resolve().parent)
    return max(found, key=version_in, default=None)


def version_in(folder):
    """The numbers in a folder's name, to compare 9.6 with 15."""
    return [int(number) for number in re.findall(r"\d+", str(folder))]


@contextlib.contextmanager
def no_cluster_of_its_own():
    """Keep Debian's package from making and starting a server of the machine's own."""
    setting = "/etc/postgresql-common/createcluster.d/no-main-cluster.conf"
    root = system.as_root()
    if root is None:
        yield
        return
    write = [*root, "install", "-D", "-m", "644", "/dev/stdin", setting]
    subprocess.run(write, input=b"create_main_cluster = false\n", check=True)
    try:
        yield
    finally:
        subprocess.check_call([*root, "rm", "-f", setting])


@contextlib.contextmanager
def private_server():
    """Run a server for as long as the block lasts and give its DATABASE_URL.

    PostgreSQL refuses to run as root: there it runs as `postgres` or `nobody`. It is told to
    end with this process, however this process ends.
    """
    folder = Path(tempfile.mkdtemp(prefix="mib-pg-"))
    prefix = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() == 0:
        account = unprivileged_account()
        os.chown(folder, account.pw_uid, account.pw_gid)
        prefix += [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    data = folder / "data"
    programs = binaries()
    run = {"cwd": folder, "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}}
    try:
        subprocess.run(
            [*prefix, programs / "initdb", "-D", data, "-U", "tests", "-A", "trust", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            **run,
        )
        options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with open(folder / "log", "w") as log:
            server = subprocess.Popen(
                [*prefix, programs / "postgres", "-D", data, "-k", folder, *options],
                stdout=log,
                stderr=log,
                # Ctrl-C is for the tests; the server stops after them.
                start_new_session=True,
                **run,
            )
        try:
            wait_until_ready(server, folder, programs)
            yield f"postgres:///{folder}/tests?user=tests"
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's word for "now, in order"
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged_account():
    """The account of PostgreSQL's package, or the one that owns nothing."""
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("Neither an account postgres nor nobody is there to run the server.")


def wait_until_ready(server, folder, programs):
    """Return once `server` answers on the socket in `folder`; raise with its log if it ends."""
    for _ in range(START_SECONDS * 10):
        ready = subprocess.call([programs / "pg_isready", "-q", "-h", folder])
        if ready == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start:\n" + (folder / "log").read_text())
