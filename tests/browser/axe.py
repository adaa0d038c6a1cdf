"""Accessibility rules, run by axe-core inside the page."""

import json
from pathlib import Path

from tests.browser.conftest import DESKTOP, HEIGHT, PHONE, TABLET

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()


# Colours count once they have come: a message fades in. What pulses for ever is not waited for.
SETTLED = """() => Promise.all(document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().iterations !== Infinity)
    .map(animation => animation.finished.catch(() => null))).then(() => null)"""
# Wagtail's editor brings an axe of its own, which is set to say less.
IS_THERE = "() => Boolean(window.axe) && window.axe === window.axeOfTheTests"
RUN = """async ({where, besides}) => {
    const {violations} = await axe.run(where ?? document, {resultTypes: ["violations"]});
    for (const rule of violations) {
        const accepted = besides[rule.id];
        rule.nodes = rule.nodes.filter(
            node => !accepted || !document.querySelector(node.target[0])?.matches(accepted));
    }
    return violations.filter(rule => rule.nodes.length);
}"""


def assert_good_at_each_width(page, besides=None):
    """Fail where the page is wider than a phone, a tablet or a desktop, or where axe finds
    something on the narrowest or the widest. `besides` is as in `assert_axe_clean`. Ends on
    the desktop."""
    page.wait_for_load_state()
    for width in (PHONE, TABLET, DESKTOP):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
        # What a tablet shows is laid out as one of the other two.
        if width != TABLET:
            assert_axe_clean(page, besides=besides)


def assert_axe_clean(page, within=None, besides=None):
    """Fail with each rule that `page` breaks and where.

    `within` is a CSS selector that narrows the check to one part of the page; `besides` holds
    {rule: CSS selector} of the elements that may break a rule.
    """
    # A link that was pressed leads to a page that may have only begun to come.
    page.wait_for_load_state()
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE)
        page.evaluate("() => { window.axeOfTheTests = window.axe; }")
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
