"""What a machine may lack and Debian's or Ubuntu's packages bring."""

import os
import re
import shutil
import subprocess
import sys

OLDEST_PYTHON = (3, 11)


def require_python():
    """End with one line where the Python that runs is too old for the site."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            "Python {}.{} or newer is needed; this one is {}.{}. "
            "Name another with: make PYTHON=/path/to/python3".format(
                *(OLDEST_PYTHON + tuple(sys.version_info[:2]))
            )
        )


def install(*packages):
    """Install Debian packages; where that cannot be done, end with one line that names them."""
    if problem := try_to_install(*packages):
        sys.exit(problem)


def try_to_install(*packages):
    """Install Debian packages; where that cannot be done, return one line that names them."""
    names = " ".join(packages)
    apt = apt_get()
    if apt is None:
        return "Missing on this machine; as root: apt-get install " + names
    print("Installing " + names + " …", flush=True)
    subprocess.call(apt + ["-qq", "update"], stdout=subprocess.DEVNULL)
    if subprocess.call(
        apt + ["-qq", "-y", "install", "--no-install-recommends"] + list(packages),
        stdout=subprocess.DEVNULL,
    ):
        return "These could not be installed: " + names
    return ""


def offers(package):
    """Whether this machine's own packages hold a real `package`: one that Ubuntu gives
    by snap alone has no version there, or says so in it."""
    if apt_get() is None:
        return True  # install() will say what is missing
    subprocess.call([*apt_get(), "-qq", "update"], stdout=subprocess.DEVNULL)
    found = subprocess.run(
        ["env", "LC_ALL=C", "apt-cache", "policy", package],
        capture_output=True,
        text=True,
        check=False,
    )
    candidate = re.search(r"Candidate: (\S+)", found.stdout)
    return bool(candidate) and candidate[1] != "(none)" and "snap" not in candidate[1]


def as_root():
    """The words to put before a command to run it as root, or None where nothing does."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    # Without a person at a terminal nobody can type a password.
    sudo = ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]
    return sudo if subprocess.call(sudo + ["-v"], stderr=subprocess.DEVNULL) == 0 else None


def apt_get():
    """The start of an apt-get command that asks no questions, or None."""
    root = as_root() if shutil.which("apt-get") else None
    if root is None:
        return None
    return root + ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
