"""Forget the demo's database, uploads, booklets, mails and what was searched: `make demo-reset`."""

import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from tools import demo


def main():
    """Remove what the demo keeps, unless it is running."""
    with demo.alone("being reset"):
        for name in ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm"):
            (demo.VAR / name).unlink(missing_ok=True)
        for name in ("media", "booklets", "cache", "mails", "town-hall"):
            shutil.rmtree(demo.VAR / name, ignore_errors=True)
    print("The demo starts over with the next: make demo")


if __name__ == "__main__":
    main()
