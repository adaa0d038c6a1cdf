"""The README's pictures, taken from a running demo: `make screens`.

Start `make demo` in another terminal first; PORT= names its port.
"""

import io
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tools import browser, demo

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screens"
COLOURS = 128  # of each picture's palette: the files stay small
PHONE = {"width": 360, "height": 780}  # CSS pixels
DESKTOP = {"width": 1280, "height": 860}

# name, who looks (None: a parent), size, and where
SCREENS = (
    ("topic", None, PHONE, "/fr/sommeil/mon-bebe-se-reveille-la-nuit/"),
    ("home", None, DESKTOP, "/fr/"),
    ("search", None, PHONE, "/fr/recherche/?q=bebe+dort+pas"),
    ("topic-ar", None, PHONE, "/ar/sommeil/coucher-bebe-en-securite/"),
    ("directory", None, PHONE, "/fr/professionnels/?lieu=69007+Lyon"),
    ("queue", "annuaire@demo.invalid", DESKTOP, "/admin/annuaire/"),
    ("board", "coordinatrice@demo.invalid", DESKTOP, "/admin/tableau/"),
    ("waiting", "validatrice@demo.invalid", DESKTOP, "/admin/"),
    ("editor", "auteur@demo.invalid", DESKTOP, "La sieste"),
    ("sign-off", "validateur@demo.invalid", DESKTOP, "Les premiers aliments"),
    ("room", "autrice@demo.invalid", DESKTOP, "/admin/mes-groupes/"),
    ("desk", "illustratrice@demo.invalid", DESKTOP, "/admin/dessins/"),
)


def main(port):
    """Take every screen from the demo on `port` of localhost."""
    address = f"http://localhost:{port}"
    password = (demo.VAR / "demo-password").read_text().strip()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.chromium(), args=browser.FLAGS
        )
        for name, email, size, place in SCREENS:
            context = chromium.new_context(locale="fr-FR", viewport=size)
            page = context.new_page()
            if email:
                log_in(page, address, email, password)
            if place.startswith("/"):
                page.goto(address + place)
            else:
                page.get_by_role("link", name=re.compile(re.escape(place))).first.click()
            page.wait_for_load_state("networkidle")
            save(page.screenshot(), FOLDER / f"{name}.png")
            context.close()
        chromium.close()


def log_in(page, address, email, password):
    """Enter the admin as `email`; its home shows what waits for that person."""
    page.goto(f"{address}/admin/login/")
    page.fill("[name=username]", email)
    page.fill("[name=password]", password)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url(f"{address}/admin/")


def save(png, path):
    """Keep the bytes of a screenshot with a palette of its own."""
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(path.relative_to(ROOT), path.stat().st_size // 1024, "KB")


if __name__ == "__main__":
    main(*sys.argv[1:])
