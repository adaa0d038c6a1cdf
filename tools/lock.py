"""Lock the dependencies of pyproject.toml, with hashes, for every Python that is supported,
and hold the locked files against it without asking any index.

`make lock` locks; `make lint` checks.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
USERS = ROOT / "requirements.txt"
DEVELOPERS = ROOT / "requirements-dev.txt"


def lock():
    """Write both files; requirements-dev.txt holds requirements.txt's versions and more."""
    compile_to(USERS)
    compile_to(DEVELOPERS, "--extra", "dev", "--constraint", USERS.name)


def compile_to(path, *options):
    """Let uv choose versions that fit each Python from the oldest one on, and write `path`.

    The file is begun anew: what it held before would keep uv from newer versions.
    """
    oldest = re.search(r"\d+\.\d+", project()["requires-python"])[0]
    subprocess.check_call(
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *options),
            *("--universal", "--python-version", oldest, "--generate-hashes"),
            *("--no-header", "--no-annotate", "--quiet", "--upgrade"),
            *("--output-file", path.name),
        ],
        cwd=ROOT,
    )


def project():
    """The [project] table of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def problems():
    """One line for each way in which the locked files do not fit pyproject.toml."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    declared = project()["dependencies"]
    extra = project()["optional-dependencies"]["dev"]
    for path, wanted in ((USERS, declared), (DEVELOPERS, declared + extra)):
        text = path.read_text()
        if "://" in text or "--index" in text or "--extra-index" in text:
            yield f"{path.name} names an index."
        versions = {}
        for name, version, rest in re.findall(r"(?m)^([\w.-]+)==(\S+)((?:.*\\\n)+.*)", text):
            versions.setdefault(canonicalize_name(name), []).append(version)
            if "--hash=sha256:" not in rest:
                yield f"{path.name} has no hash for {name}."
        for requirement in map(Requirement, wanted):
            locked = versions.get(canonicalize_name(requirement.name), [])
            if not locked or not all(requirement.specifier.contains(one) for one in locked):
                yield f"{path.name} does not fit {requirement}: make lock"


if __name__ == "__main__":
    lock()
