"""Accessibility rules, run by axe-core inside the page."""

import json
from pathlib import Path

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()


# Colours count once they have come: a message fades in. What pulses for ever is not waited for.
SETTLED = """() => Promise.all(document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().iterations !== Infinity)
    .map(animation => animation.finished.catch(() => null))).then(() => null)"""
RUN = """async ({where, besides}) => {
    const {violations} = await axe.run(where ?? document, {resultTypes: ["violations"]});
    for (const rule of violations) {
        const accepted = besides[rule.id];
        rule.nodes = rule.nodes.filter(
            node => !accepted || !document.querySelector(node.target[0])?.matches(accepted));
    }
    return violations.filter(rule => rule.nodes.length);
}"""


def assert_axe_clean(page, within=None, besides=None):
    """Fail with each rule that `page` breaks and where.

    `within` is a CSS selector that narrows the check to one part of the page; `besides` holds
    {rule: CSS selector} of the elements that may break a rule.
    """
    page.evaluate(AXE)
    page.evaluate(SETTLED)
    found = page.evaluate(RUN, {"where": within, "besides": besides or {}})
    report = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
        + "\n".join(
            f"    {json.dumps(node['target'])} {node['html'][:160]}" for node in rule["nodes"]
        )
        for rule in found
    ]
    assert not found, page.url + "\n" + "\n".join(report)
