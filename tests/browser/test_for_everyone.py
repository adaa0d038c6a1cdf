"""The same page for whoever has no JavaScript, no pictures, no mouse, a small phone, large
letters, colours of their own, or does not bear movement."""

import pytest

from benchmarks.page_types import BOTH_DIRECTIONS, NOT_FOUND, page_types
from pages.models import TopicPage
from tests.browser.conftest import DESKTOP, HEIGHT

SMALLEST = {"width": 320, "height": 640}  # CSS pixels
WIDTH = "document.documentElement.scrollWidth"
UNSEEN_BORDER = """elements => elements.filter(element => {
    const { borderTopStyle, borderTopWidth } = getComputedStyle(element);
    return element.checkVisibility() && (borderTopStyle === "none" || borderTopWidth === "0px");
}).map(element => element.outerHTML)"""


@pytest.fixture
def topic(demo):
    return TopicPage.objects.get(locale__language_code="fr", slug="mon-bebe-se-reveille-la-nuit")


@pytest.fixture
def looks(browser, watch, base_url):
    """Give a function: settings of a browser context → a new page in it."""
    contexts = []

    def look(**settings):
        contexts.append(watch(browser.new_context(base_url=base_url, locale="fr-FR", **settings)))
        return contexts[-1].new_page()

    yield look
    for context in contexts:
        context.close()


def test_no_page_scrolls_sideways_on_the_smallest_phone_or_enlarged(demo, page):
    """200 % in a window of 1280 pixels is a window of 640 (WCAG 1.4.4), 400 % one of 320
    (WCAG 1.4.10); in either direction of reading."""
    for kind, address in page_types().items():
        page.goto(address)
        for size in (SMALLEST, {"width": DESKTOP // 2, "height": HEIGHT // 2}):
            page.set_viewport_size(size)
            for direction in ("rtl", "ltr"):
                page.evaluate(f"document.documentElement.dir = '{direction}'")
                assert page.evaluate(WIDTH) <= size["width"], f"{kind} {direction} {size}"


def test_letters_twice_as_large_hide_nothing(topic, page):
    """Text alone enlarged, as phones do."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(topic.get_url())
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate(WIDTH) <= 360
    cut = page.locator("main :is(h1, h2, h3, p, li, a, button)").evaluate_all(
        "all => all.filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1"
        " && getComputedStyle(e).overflowX === 'hidden').map(e => e.textContent)"
    )
    assert cut == []


def test_everything_is_there_without_javascript(topic, looks):
    page = looks(java_script_enabled=False)
    for kind, address in page_types(BOTH_DIRECTIONS).items():
        assert page.goto(address).ok is not kind.startswith(NOT_FOUND), kind
        assert page.get_by_role("heading", level=1).first.is_visible(), kind
        assert page.locator(".help-numbers__tel").first.is_visible(), kind
        # A button that only a script answers is not shown.
        for button in page.locator("button:visible").all():
            assert button.evaluate("b => b.form !== null"), kind
    page.goto(topic.get_url())
    assert page.get_by_text("Claire Vasseur").first.is_visible()
    page.locator("summary").first.click()
    assert page.locator("details[open]").count()


def test_without_pictures_their_words_stand_in_their_place(topic, looks, page_problems):
    page = looks()
    page.route("**/*", lambda route: route.abort() if is_picture(route) else route.continue_())
    page.goto(topic.get_url())
    words = page.locator("main img").evaluate_all("all => all.map(img => img.alt)")
    assert words[0] == topic.lead_alt_text.replace("'", "’")
    assert page.evaluate(WIDTH) <= page.viewport_size["width"]
    page_problems.clear()  # the pictures that did not come


def is_picture(route):
    return route.request.resource_type == "image"


def test_colours_of_ones_own_and_less_movement_are_respected(demo, looks):
    page = looks(forced_colors="active", reduced_motion="reduce")
    for kind, address in page_types(BOTH_DIRECTIONS).items():
        page.goto(address)
        scroll = page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
        assert scroll == "auto", kind
        assert page.evaluate("document.getAnimations().length") == 0, kind
        pressed = page.locator("button, .button, .age, .theme-card, .topic-card, .call")
        assert pressed.evaluate_all(UNSEEN_BORDER) == [], kind


def test_the_keyboard_reaches_the_content_first_and_every_link_after(topic, page):
    page.goto(topic.get_url())
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getAttribute('href')")
    assert skip.startswith("#")
    assert page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle !== 'none' "
        "|| getComputedStyle(document.activeElement).boxShadow !== 'none'"
    )
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == skip
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
