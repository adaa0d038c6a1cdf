"""What every process does first, before Django reads its settings."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Where the site keeps what nothing else has a place for: database, uploads, mails, secrets.
# Not in settings/environment.py: `make demo-reset` reads it before anything is installed.
VAR = Path(os.environ.get("VAR_FOLDER", "").strip() or ROOT / "var").absolute()


def choose_settings():
    """Choose the settings unless DJANGO_SETTINGS_MODULE names them: the demo's where DEMO=1,
    production's otherwise; and let the rooms beside site/ be imported."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    demo = os.environ.get("DEMO") == "1"
    name = "demo" if demo else "production"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.settings.{name}")
