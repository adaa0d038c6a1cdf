"""Make .venv and keep it in step with one locked requirements file.

Run with the system's Python, before anything is installed: the standard library
only, and a syntax that an old Python still reads far enough to refuse kindly.

    python3 tools/venv.py requirements.txt
"""

import ctypes
import hashlib
import importlib.util
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from tools import system

VENV = ".venv"
# What sets letters in a booklet's PDF (WeasyPrint): {library: Debian's package}.
LETTERS = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def main(requirements):
    """Install `requirements` (a file's name) unless it has not changed since last time."""
    system.require_python()
    python = os.path.join(VENV, "bin", "python")
    # pip comes last: without it, an interruption left half of an environment there.
    if not all(os.path.exists(path) for path in (python, os.path.join(VENV, "bin", "pip"))):
        create()
    stamp = os.path.join(VENV, "installed-" + requirements)
    with open(requirements, "rb") as file:
        wanted = hashlib.sha256(file.read()).hexdigest()
    if read(stamp) != wanted:
        print("Installing the Python packages of " + requirements + " …", flush=True)
        pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        # Python compiles a module when it is first used, and most of them never are.
        pip.append("--no-compile")
        if subprocess.call(pip + ["--require-hashes", "-r", requirements]):
            sys.exit("The Python packages of " + requirements + " could not be installed.")
        with open(stamp, "w") as file:
            file.write(wanted)
    bring_letters()


def bring_letters():
    """Install what booklets need. Where that cannot be done one line says so: the site does
    without, and whoever asks for a booklet is told."""
    missing = [LETTERS[library] for library in LETTERS if not loads(library)]
    problem = system.try_to_install(*missing) if missing else ""
    if problem:
        print("For booklets. " + problem, flush=True)


def loads(library):
    """Whether this machine has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def create():
    """Create the virtual environment, with Debian's python3-venv where it is lacking."""
    if importlib.util.find_spec("ensurepip") is None:
        system.install("python3-venv")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]):
        sys.exit("The virtual environment {} could not be made.".format(VENV))


def read(path):
    """The text of the file at `path`, or None where there is none."""
    try:
        with open(path) as file:
            return file.read()
    except FileNotFoundError:
        return None


if __name__ == "__main__":
    main(*sys.argv[1:])
