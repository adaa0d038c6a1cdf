"""What a page of the parents' site may cost, on a phone, with the demo's own content."""

import pytest

from pages.models import HomePage, ThemePage, TopicPage
from tests.browser.conftest import HEIGHT, PHONE

REQUESTS = 15
BYTES = 250 * 1024
NODES = 300


def public_pages():
    """The address of every live page that parents can open."""
    found = [*HomePage.objects.live(), *ThemePage.objects.live(), *TopicPage.objects.live()]
    return [page.get_url() for page in found]


@pytest.fixture
def phone(page):
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    return page


@pytest.fixture
def transferred(phone):
    """The encoded bytes of each request since the last clear().

    A film's controls are pictures that the browser holds itself: `data:`, and no request.
    """
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    loads, sent = [], set()

    def on_request(event):
        if event["request"]["url"].startswith("http"):
            sent.add(event["requestId"])

    def on_finished(event):
        if event["requestId"] in sent:
            loads.append(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", on_request)
    session.on("Network.loadingFinished", on_finished)
    return loads


def test_every_page_is_light_and_sets_no_cookie(demo, phone, transferred):
    over = []
    for address in public_pages():
        transferred.clear()
        phone.goto(address, wait_until="networkidle")
        if sum(transferred) > BYTES:
            over.append(f"{address}: {sum(transferred)} bytes")
    assert over == []
    assert phone.context.cookies() == []


def test_a_topic_takes_few_requests_and_few_nodes(demo, phone, transferred):
    over = []
    for topic in TopicPage.objects.live():
        transferred.clear()
        phone.goto(topic.get_url(), wait_until="networkidle")
        nodes = phone.evaluate("document.querySelectorAll('*').length")
        if len(transferred) > REQUESTS or nodes > NODES:
            over.append(f"{topic.slug}: {len(transferred)} requests, {nodes} nodes")
    assert over == []


def test_nothing_moves_while_pictures_and_fonts_arrive(demo, phone):
    phone.add_init_script(
        """window.moved = 0;
        new PerformanceObserver(list => {
            for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({type: "layout-shift", buffered: true});"""
    )
    for address in public_pages():
        phone.goto(address, wait_until="networkidle")
        assert phone.evaluate("window.moved") < 0.01, address


def test_no_page_scrolls_sideways_on_the_smallest_phone(demo, page):
    page.set_viewport_size({"width": 320, "height": 640})
    for address in public_pages():
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, address


def test_everything_is_there_without_javascript(demo, browser, watch, base_url):
    context = watch(browser.new_context(base_url=base_url, java_script_enabled=False))
    page = context.new_page()
    topic = TopicPage.objects.get(slug="mon-bebe-se-reveille-la-nuit")
    page.goto(topic.get_url())
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_text("Claire Vasseur").first.is_visible()
    page.locator("summary").first.click()
    assert page.locator("details[open]").count()
    context.close()


def test_the_keyboard_reaches_the_content_first(demo, page):
    page.goto("/fr/")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getAttribute('href')")
    assert skip.startswith("#")
    assert page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle !== 'none' "
        "|| getComputedStyle(document.activeElement).boxShadow !== 'none'"
    )
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == skip


def test_colours_of_ones_own_and_less_movement_are_respected(page):
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto("/fr/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    for card in (".age", ".theme-card"):
        edges = page.locator(card).first.evaluate("card => getComputedStyle(card).borderTopStyle")
        assert edges == "solid", card
