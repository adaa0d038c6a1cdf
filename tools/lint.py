"""Every check of `make lint`, one after the other; the exit status is 1 if one finds something."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# Enough for production's settings to load: no value here is used for anything.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "bebe.example",
    "DATABASE_URL": "sqlite:///:memory:",
}
BIN = Path(sys.executable).parent
MANAGE = (sys.executable, "manage.py")

COMMANDS = {
    "Style": (BIN / "ruff", "check", "--quiet", "--output-format", "concise"),
    "Format": (BIN / "ruff", "format", "--check", "--output-format", "concise"),
    "Layers": (BIN / "lint-imports", "--no-logo"),
    "Migrations": (*MANAGE, "makemigrations", "--check", "--dry-run"),
    "Production settings": (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"),
}


def main():
    """Run every check and end with 1 if any of them found something."""
    environment = os.environ | PRODUCTION | {"PYTHONPATH": "site"}
    environment.pop("DEMO", None)
    failed = [name for name, command in COMMANDS.items() if not passes(name, command, environment)]
    failed += [name for name, lines in found_in_process(environment) if not clean(name, lines)]
    if failed:
        sys.exit(f"make lint found problems: {', '.join(failed)}")
    print("make lint found nothing.")


def passes(name, command, environment):
    """Run one command; show what it says only if it fails."""
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    print(f"{name}: {'failed' if result.returncode else 'ok'}", flush=True)
    if result.returncode:
        print(result.stdout + result.stderr, flush=True)
    return result.returncode == 0


def found_in_process(environment):
    """The project's own checks: (name, the lines that each one yields)."""
    os.environ.update(environment)
    sys.path.insert(0, str(ROOT / "site"))
    import django

    django.setup()
    from tools import lock, messages, templates

    yield "Locked dependencies", list(lock.problems())
    yield "Templates", list(templates.problems())
    yield "Translations", list(messages.problems())


def clean(name, lines):
    """Show the lines of one check."""
    print(f"{name}: {'failed' if lines else 'ok'}")
    for line in lines:
        print(f"  {line}")
    return not lines


if __name__ == "__main__":
    main()
