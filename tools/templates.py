"""Hold every template of this repository to its rules. `make lint` prints what breaks them.

- It compiles.
- It carries no inline style, script or event handler: the public policy allows none, and the
  admin's allows them for Wagtail alone. JSON blocks are data, not scripts.
- It never says `|safe`: what editors wrote is escaped, or was cleaned where it was saved.
- Something uses it.
"""

import re
from pathlib import Path

from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("site", "accounts", "media", "professionals", "workgroups", "pages", "partners", "demo")

FORBIDDEN = {
    r"\sstyle\s*=": "an inline style",
    r"<style\b": "an inline style sheet",
    r"<[^>]*\son[a-z]+\s*=": "an inline event handler",
    r"""<script\b(?![^>]*(?:\ssrc\s*=|type=["']application/(?:ld\+)?json))""": "an inline script",
    r"""(?:href|src|action)\s*=\s*["']?\s*javascript:""": "a script as an address",
    r"\|\s*safe\b": "|safe",
}
# Django and Wagtail look for these by name.
FOUND_BY_NAME = re.compile(r"^(?:\d{3}(?:_csrf)?\.html|django/.*|.*/panels/.*)$")


def our_templates():
    """Each template of this repository: (the name it is loaded by, its file)."""
    folders = [ROOT / "templates", *(ROOT / room / "templates" for room in ROOMS)]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield str(path.relative_to(folder)), path


def problems():
    """One line for each template that breaks a rule."""
    used = _names_in_use()
    for name, path in our_templates():
        place = path.relative_to(ROOT)
        try:
            get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist) as problem:
            yield f"{place}: {problem}"
        text = re.sub(r"(?s)\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text())
        for pattern, what in FORBIDDEN.items():
            if re.search(pattern, text, re.IGNORECASE):
                yield f"{place}: {what}"
        if path.suffix == ".html" and re.search(r"autoescape\s+off", text):
            yield f"{place}: autoescape off"
        if (
            not used.fullmatch(name)
            and not FOUND_BY_NAME.match(name)
            and not _replaces_another(name)
        ):
            yield f"{place}: nothing uses it"


def _names_in_use():
    """A pattern of every name that the code, another template or Wagtail's models mention; a
    part in braces stands for any word."""
    # Needs the apps loaded, which those who only list templates do without.
    from wagtail.models import get_page_models

    sources = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    sources += [path for _, path in our_templates()]
    quoted = re.compile(r"""["']([\w./{}-]+\.(?:html|txt|json|xml|js))["']""")
    names = {name for path in sources for name in quoted.findall(path.read_text())}
    names |= {model.template for model in get_page_models()}
    patterns = (re.sub(r"\\{.*?\\}", r"[\\w-]+", re.escape(name)) for name in names)
    return re.compile("|".join(patterns))


def _replaces_another(name):
    """Whether an installed app brings a template of the same name, which ours stands in for."""
    ours = {path for _, path in our_templates()}
    found = (
        Path(origin.name)
        for loader in engines["django"].engine.template_loaders
        for inner in getattr(loader, "loaders", [loader])
        for origin in inner.get_template_sources(name)
    )
    return any(path.exists() and path not in ours for path in found)
