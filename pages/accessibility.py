"""The accessibility statement (article 47 of the law of 11 February 2005), from one data file."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

SOURCE = Path(__file__).with_name("accessibility.toml")
RGAA_CRITERIA = 106  # in 13 themes


@cache
def known():
    """What is known of the site's accessibility, as the data file holds it."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


@require_safe
def statement(request):
    context = {
        "known": known(),
        "owner": settings.ACCESSIBILITY_OWNER,
        "email": settings.ACCESSIBILITY_EMAIL,
    }
    return render(request, "pages/accessibility.html", context)


def as_markdown():
    """The same for people who work on the site: docs/accessibility.md."""
    found = known()
    lines = [
        f"# Accessibility, by the themes of {found['standard']}",
        "",
        "Written by `make accessibility` from `pages/accessibility.toml`, as is the statement that",
        "parents read (`/fr/accessibilite/`). WCAG 2.2 AA is what the tests hold the pages to.",
        "",
        found["state"],
        "",
        "| theme | criteria | how it was checked | what is left |",
        "| --- | ---: | --- | --- |",
    ]
    lines += [
        f"| {theme['number']}. {theme['name']} | {theme['criteria']} "
        f"| {theme['checked']} | {theme['left']} |"
        for theme in found["themes"]
    ]
    lines += ["", "## Known not to be accessible, or not looked at yet", ""]
    lines += [f"- {sentence}" for sentence in found["not_accessible"]]
    lines += ["", "## Tried with", ""]
    lines += [f"- {sentence}" for sentence in found["tools"]]
    return "\n".join(lines) + "\n"
