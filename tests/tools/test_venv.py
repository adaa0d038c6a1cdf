"""The virtual environment is made once, whatever interrupted the first attempt."""

import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database


@pytest.fixture
def install(tmp_path):
    """Run tools/venv.py in a folder of its own, for requirements that ask for nothing."""
    (tmp_path / "requirements.txt").write_text("# nothing\n")

    def run():
        script = settings.ROOT / "tools" / "venv.py"
        return subprocess.run(
            [sys.executable, script, "requirements.txt"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_an_environment_whose_making_was_interrupted_is_made_anew(tmp_path, install):
    environment = tmp_path / ".venv"
    subprocess.check_call([sys.executable, "-m", "venv", "--without-pip", environment])
    (environment / "left-over").touch()

    result = install()

    assert (result.returncode, result.stderr) == (0, "")
    assert (environment / "bin" / "pip").exists()
    assert not (environment / "left-over").exists()

    # What is finished stays, and nothing is installed twice.
    (environment / "mine").touch()
    again = install()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert (environment / "mine").exists()
