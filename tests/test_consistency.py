"""What holds across the whole repository, whoever wrote the part."""

import ast
import re
import subprocess

import pytest
from django.apps import apps
from django.conf import settings

from tools import lock, messages, templates

ROOT = settings.ROOT
# From the top to the ground: a room knows those after it, never those before.
LAYERS = ["config", "demo", "partners", "pages", "workgroups", "professionals", "media", "accounts"]
BESIDE = {"workgroups": {"professionals"}, "professionals": {"workgroups"}}
LONGEST_FILE = 400  # lines


def python_files():
    """Every Python file of the product and its tests, migrations aside."""
    for room in [*LAYERS, "site", "tests", "tools", "benchmarks"]:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def test_every_text_is_in_french():
    assert list(messages.problems()) == []


def test_every_template_keeps_the_rules():
    assert list(templates.problems()) == []


def test_locked_requirements_fit_what_is_declared_and_name_no_index():
    assert list(lock.problems()) == []


def test_no_file_grows_beyond_reading():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files()
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


@pytest.mark.parametrize("room", LAYERS)
def test_no_room_names_one_above_it_in_a_string(room):
    """A string that names a model or module of a higher room is an import in disguise."""
    above = set(LAYERS[: LAYERS.index(room)]) | BESIDE.get(room, set())
    if room == "config" or not (ROOT / room).is_dir():
        return
    # "Page" for an app's label: "pages.TopicPage", "workgroups.signing.sign".
    naming = re.compile(rf"(?:{'|'.join(above)})\.[A-Za-z_][\w.]*")
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and naming.fullmatch(node.value)
    ]
    assert found == []


def test_no_room_without_a_meaning():
    names = {path.stem for path in python_files()} | {path.parent.name for path in python_files()}
    assert not names & {"utils", "util", "helpers", "common", "core", "misc"}


def test_block_definitions_stay_out_of_migrations():
    for app in apps.get_app_configs():
        folder = ROOT / app.label / "migrations"
        for path in folder.glob("*.py") if folder.is_dir() else ():
            assert "Block(" not in path.read_text(), path


def test_site_is_no_package():
    """Python's own module `site` would hide it."""
    assert not (ROOT / "site" / "__init__.py").exists()


def test_what_a_machine_makes_is_not_in_git():
    if not (ROOT / ".git").exists():
        return
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    made = [name for name in listed if re.search(r"(^|/)(var|\.venv|__pycache__)/|\.sqlite3", name)]
    assert made == []
