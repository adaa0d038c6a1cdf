"""Accessibility rules, run by axe-core inside the page."""

import json
from pathlib import Path

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()


def assert_axe_clean(page, within=None):
    """Fail with each rule that `page` breaks and where.

    `within` is a CSS selector that narrows the check to one part of the page.
    """
    page.evaluate(AXE)
    found = page.evaluate(
        "where => axe.run(where ?? document, {resultTypes: ['violations']})", within
    )["violations"]
    report = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
        + "\n".join(
            f"    {json.dumps(node['target'])} {node['html'][:160]}" for node in rule["nodes"]
        )
        for rule in found
    ]
    assert not found, page.url + "\n" + "\n".join(report)
