"""Write docs/accessibility.md from its one source: `make accessibility`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "accessibility.md"


def main():
    os.environ["DEMO"] = "1"
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    from config.startup import choose_settings

    choose_settings()
    from pages.accessibility import as_markdown

    DOCUMENT.write_text(as_markdown(), encoding="utf-8")
    print(DOCUMENT.relative_to(ROOT))


if __name__ == "__main__":
    main()
