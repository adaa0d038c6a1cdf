"""Topics in the pages of another web site, on a port and host name of its own."""

import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from benchmarks.framed_view import look_in_frame
from pages.models import TopicPage
from partners import scripts
from partners.addresses import embed_path, map_path
from partners.models import Partner
from partners.origins import parse
from tests.browser.conftest import HEIGHT, PATIENCE, PHONE
from tests.browser.firefox import Firefox
from tools import browser as browsers
from workgroups import signing

SAFE_SLEEP, CRYING = "sommeil/coucher-bebe-en-securite", "parents/bebe-pleure-et-je-n-en-peux-plus"
A_LINE = 32  # CSS pixels


class PartnerSite:
    """Serves `pages`, {path: HTML}, from memory, at `url`."""

    def __init__(self):
        self.pages = pages = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                page = pages.get(self.path)
                body = (page or "").encode()
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def show(self, body, path="/"):
        head = '<meta charset="utf-8"><link rel="icon" href="data:,">'
        self.pages[path] = f"<!doctype html><html lang='fr'><head>{head}</head>{body}</html>"
        return self.url + path

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def partner_site():
    with closing(PartnerSite()) as site:
        yield site


@pytest.fixture
def partner(demo, partner_site):
    partner = Partner.objects.create(
        name="Mairie d’à côté", kind="commune", contact_email="com@mairie.example"
    )
    partner.set_origins([parse(partner_site.url)])
    return partner


@pytest.fixture
def visit(new_context):
    """Opens an address in a context of its own, where a refused frame is no problem."""

    def visit(address, **options):
        page = new_context(**options).new_page()
        page.set_viewport_size({"width": PHONE, "height": HEIGHT})
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        return page

    return visit


def link(base_url, place, partner, text):
    return (
        f'<p><a data-mes-infos-bebe href="{base_url}/{place}/" data-partenaire="{partner.key}">'
        f"{text}</a></p>"
    )


def script(base_url):
    integrity = scripts.PUBLISHED[scripts.NEWEST]
    address = base_url + scripts.script_path()
    return f'<script src="{address}" integrity="{integrity}" crossorigin async></script>'


def frame_in(page, number=0):
    """(element, Frame) of the page's frame of that number."""
    element = page.locator("iframe").nth(number)
    element.scroll_into_view_if_needed()
    return element, element.element_handle().content_frame()


# What a partner's page has for names, and what it hears: [number of the frame, origin, height].
KNOWN = """const known = Object.keys(window), said = [];
addEventListener('message', ({source, origin, data}) => {
    const frames = [...document.querySelectorAll('iframe')];
    said.push([frames.findIndex((frame) => frame.contentWindow === source), origin, data.value]);
});"""
MEASURES = """() => {
    const {height} = document.documentElement.getBoundingClientRect();
    const {clientHeight, scrollHeight, clientWidth} = document.documentElement;
    return {content: Math.ceil(height), frame: innerHeight, scrolls: scrollHeight > clientHeight,
            bar: clientWidth < innerWidth, wide: clientWidth};
}"""


def settled(page, frame):
    """The measures of a frame, once it is as tall as what it shows; fails where it never is."""
    for _attempt in range(100):
        measures = frame.evaluate(MEASURES)
        if measures["content"] == measures["frame"]:
            break
        page.wait_for_timeout(PATIENCE / 100)
    assert measures["content"] == measures["frame"]
    assert not measures["scrolls"]
    assert not measures["bar"]
    return measures


def test_three_frames_are_as_tall_as_what_they_show(visit, partner, partner_site, base_url):
    """With the script in it twice, which leaves nothing behind; one in Arabic."""
    places = (f"fr/{SAFE_SLEEP}", f"fr/{CRYING}", f"ar/{SAFE_SLEEP}")
    links = "".join(link(base_url, place, partner, f"Sujet {place}") for place in places)
    known = f"<script>{KNOWN}</script>"
    page = visit(partner_site.show(f"{known}<body>{links}{script(base_url) * 2}</body>"))

    expect(page.locator("iframe")).to_have_count(3)
    for number, place in enumerate(places):
        element, frame = frame_in(page, number)
        frame.wait_for_load_state("networkidle")
        frame.wait_for_selector("h1")
        measures = settled(page, frame)
        assert measures["content"] > HEIGHT
        assert frame.evaluate("document.documentElement.lang") == place[:2]
        assert element.get_attribute("title") == f"Sujet {place}"
        assert element.get_attribute("sandbox").startswith("allow-scripts")
        # Letters and pictures that come later move nothing.
        heights = [height for which, _origin, height in page.evaluate("said") if which == number]
        assert max(heights) - min(heights) <= A_LINE
    expect(page.locator("a")).to_have_count(0)
    left = page.evaluate("Object.keys(window).filter((name) => !known.includes(name))")
    assert left == ["0", "1", "2"]  # the frames
    assert page.context.cookies() == []

    _element, frame = frame_in(page, 0)
    before = settled(page, frame)
    details = frame.locator("summary").first
    details.click()
    opened = settled(page, frame)
    assert opened["content"] > before["content"]
    details.click()
    assert settled(page, frame)["content"] == before["content"]
    page.set_viewport_size({"width": 800, "height": PHONE})
    frame.wait_for_selector("h1")
    assert settled(page, frame)["wide"] > before["wide"]
    assert {origin for _which, origin, _height in page.evaluate("said")} == {"null"}

    topic = TopicPage.objects.get(slug=SAFE_SLEEP.split("/")[1], locale__language_code="fr")
    everywhere = TopicPage.objects.filter(translation_key=topic.translation_key, live=True)
    while shown := everywhere.first():
        signing.withdraw(shown, shown.valid_sign_offs[0].signatory, "Une erreur.")
    frame.goto(frame.url)
    expect(frame.locator(".message-page")).to_be_visible()
    assert settled(page, frame)["content"] < HEIGHT


@pytest.mark.skipif(browsers.firefox() is None, reason="No Firefox on this machine.")
def test_in_firefox_they_are_as_tall(partner, partner_site, base_url, tmp_path):
    """At once, with an opened answer, and on a phone that was turned."""

    def shown(place):
        """The frame of that link, scrolled to: it is fetched only then."""
        there = f"""document.querySelector('iframe[title="Sujet {place}"]')"""
        language = "document.querySelector('h1') && document.documentElement.lang"
        for _attempt in range(100):
            if firefox.evaluate(f"Boolean({there}?.scrollIntoView() ?? {there})"):
                found = [f for f in firefox.frames() if firefox.evaluate(language, f) == place[:2]]
                if found:
                    return found[0]
            time.sleep(PATIENCE / 1000 / 100)
        raise AssertionError(f"No frame with {place}.")

    def settled(frame):
        for _attempt in range(100):
            measures = firefox.evaluate(f"({MEASURES})()", frame)
            if measures["content"] == measures["frame"]:
                break
            time.sleep(PATIENCE / 1000 / 100)
        assert measures["content"] == measures["frame"]
        assert not measures["scrolls"]
        return measures

    places = (f"fr/{SAFE_SLEEP}", f"ar/{SAFE_SLEEP}")
    links = "".join(link(base_url, place, partner, f"Sujet {place}") for place in places)
    with closing(Firefox(tmp_path)) as firefox:
        firefox.resize(PHONE, HEIGHT)
        firefox.goto(partner_site.show(f"<body>{links}{script(base_url)}</body>"))
        for place in places:
            frame = shown(place)
            before = settled(frame)
            assert before["content"] > HEIGHT
            firefox.evaluate("document.querySelector('summary').click()", frame)
            assert settled(frame)["content"] > before["content"]
            firefox.resize(800, PHONE)
            assert settled(frame)["wide"] > before["wide"]
            firefox.resize(PHONE, HEIGHT)


def test_only_where_it_may_and_the_link_stays_elsewhere(visit, partner, partner_site, base_url):
    partner.set_origins([])
    body = link(base_url, f"fr/{SAFE_SLEEP}", partner, "Le coucher")
    body += link(base_url, "fr/sommeil/rien-de-tel", partner, "Rien")
    body += '<p><a data-mes-infos-bebe href="https://ailleurs.example/">Ailleurs</a></p>'
    address = partner_site.show(f"<body>{body}{script(base_url)}</body>")

    page = visit(address)
    page.wait_for_selector("iframe", state="attached")
    page.wait_for_selector("iframe", state="detached")
    assert page.locator("a").all_inner_texts() == ["Le coucher", "Rien", "Ailleurs"]

    partner.set_origins([parse(partner_site.url)])
    page.reload()
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    expect(page.locator("a")).to_have_text(["Rien", "Ailleurs"])


def test_in_a_sandbox_and_without_any_script(visit, partner, partner_site, base_url):
    topic = TopicPage.objects.get(slug=SAFE_SLEEP.split("/")[1], locale__language_code="fr")
    source = f'src="{base_url}{embed_path(topic.translation_key, partner)}" title="Sujet"'
    body = "".join(
        f'<iframe {source} width="320" height="500" {sandbox}></iframe>'
        for sandbox in ('sandbox="allow-scripts"', "sandbox", "")
    )
    address = partner_site.show(f"<body>{body}</body>")
    for options in ({}, {"java_script_enabled": False}):
        page = visit(address, **options)
        for number in range(3):
            frame = page.frame_locator("iframe").nth(number)
            expect(frame.locator("h1")).to_be_visible()
            assert page.locator("iframe").nth(number).bounding_box()["height"] >= 500


@pytest.mark.parametrize("place", [f"fr/{SAFE_SLEEP}", f"ar/{SAFE_SLEEP}", "fr/sommeil", "carte"])
def test_what_a_frame_costs_at_first_view(visit, partner, partner_site, base_url, place):
    """A topic, a theme's list of topics, or a département's professionals."""
    path = map_path(partner, departement="69")
    on_map = f'<iframe src="{base_url}{path}" title="Carte" width="100%" height="700"></iframe>'
    body = on_map if place == "carte" else link(base_url, place, partner, "Sujet")
    address = partner_site.show(f"<body>{body}{script(base_url)}</body>")
    page = visit("about:blank")
    view = look_in_frame(page, address)
    assert view.keeps_to_its_budget, (str(view), view.sizes)
    if place != "carte":
        return
    # What it left for later comes when somebody wants it.
    frame = page.frame_locator("iframe")
    frame.locator("[data-open]").click()
    expect(frame.locator(".map__mark").first).to_be_visible()
