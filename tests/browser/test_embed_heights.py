"""What a reader looks at stays where it is while an embed comes into its page; and what a frame
does without a request, a window or a bar of its own."""

import re
import time
from contextlib import closing

import pytest
from playwright.sync_api import expect

from benchmarks.framed_view import REQUESTS
from pages.models import TopicPage
from partners import scripts
from partners.addresses import embed_path, list_path, topic_path
from partners.lines import Lines
from partners.origins import parse
from tests.browser.conftest import DESKTOP, HEIGHT, PATIENCE, PHONE
from tests.browser.firefox import Firefox
from tests.browser.test_embeds import (
    A_LINE,
    SAFE_SLEEP,
    frame_in,
    link,
    partner,  # noqa: F401
    partner_site,  # noqa: F401
    script,
    settled,
    visit,  # noqa: F401
)
from tools import browser as browsers

TOPIC = f"fr/{SAFE_SLEEP}"
# `seen`: where what follows the link has stood on the screen, from the first picture on.
FOLLOWS = """<p id='next'>Ce qui suit.</p><script>
const seen = [], look = () => {
    const y = Math.round(document.getElementById('next').getBoundingClientRect().top);
    if (seen.at(-1) !== y) seen.push(y);
    requestAnimationFrame(look);
};
look();
</script>"""
FRAME = "document.querySelector('iframe').getBoundingClientRect()"
TO_WHAT_FOLLOWS = "document.getElementById('next').scrollIntoView({behavior: 'instant'})"
SCREENS = "<p>Un mot de la mairie.</p>" * 50


def our_line(base_url, partner):  # noqa: F811
    """As it is copied: room for the link, the link, and the script."""
    topic = TopicPage.objects.get(slug=SAFE_SLEEP.split("/")[1], locale__language_code="fr")
    key = topic.translation_key
    page_url = base_url + topic_path(key)
    return Lines(base_url, embed_path(key, partner), "Le coucher", page_url).with_script


class Late:
    """What matches a pattern comes to the page only once it is let through."""

    def __init__(self, page, pattern):
        self.held, self._is_open = [], False
        page.route(pattern, self._take)

    def _take(self, route, request):
        if self._is_open:
            self._send(route)
        else:
            self.held.append(route)

    def _send(self, route):
        if re.search(r"/embed[/-]", route.request.url):
            route.continue_()
            return
        answer = route.fetch()
        # What the tests' own server for static files does not say, and the site does.
        headers = answer.headers | {"access-control-allow-origin": "*"}
        route.fulfill(response=answer, headers=headers)

    def come(self):
        self._is_open = True
        for route in self.held:
            self._send(route)


def test_what_is_being_read_stays_while_a_frame_comes(
    visit, partner, partner_site, base_url  # noqa: F811
):  # fmt: skip
    """On a phone and a computer, with the link in what is seen, below it and above it. Pictures
    come last, and letters so late, on a phone, that the frame does not wait for them."""
    line = link(base_url, TOPIC, partner, "Le coucher") + FOLLOWS + SCREENS + script(base_url)
    first = partner_site.show(f"<body>{line}</body>", "/first")
    later = partner_site.show(f"<body>{SCREENS}{line}</body>", "/later")
    page = visit("about:blank")
    for width, last in ((PHONE, "**/*.{woff2,jpg,webp,avif}"), (DESKTOP, "**/*.{jpg,webp,avif}")):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for where, address in (("in", first), ("below", later), ("above", later)):
            late = Late(page, "**/embed/**" if where == "above" else last)
            page.goto(address, wait_until="domcontentloaded")
            if where == "above":
                page.wait_for_selector("iframe", state="attached")
                page.evaluate(TO_WHAT_FOLLOWS)
                page.wait_for_function("seen.at(-1) === 0")
                page.evaluate("seen.length = 0")
                while not late.held:
                    page.wait_for_timeout(PATIENCE / 1000)
                late.come()
            expect(page.locator("a")).to_have_count(0)
            element = page.locator("iframe")
            assert element.bounding_box()["height"] > HEIGHT
            if where != "above":
                late.come()
            frame = element.element_handle().content_frame()
            frame.wait_for_load_state("networkidle")
            places = page.evaluate("seen")
            if where == "in":
                # It makes room once, as soon as the script is there, and goes out of sight.
                assert all(y > HEIGHT for y in places[1:]), places
            elif where == "below":
                assert all(y > HEIGHT for y in places), places
            else:
                assert all(abs(y) <= A_LINE for y in places), places
            element.scroll_into_view_if_needed()
            settled(page, frame)


def test_nothing_that_is_seen_moves_with_the_line_that_we_offer(
    visit, partner, partner_site, base_url  # noqa: F811
):  # fmt: skip
    """However late its script is; nor with a link alone, where the script stands right below it
    and the page waits for it."""
    bare = link(base_url, TOPIC, partner, "Le coucher") + script(base_url).replace(" async", "")
    page = visit("about:blank")
    for path, line in (("/whole", our_line(base_url, partner)), ("/bare", bare)):
        address = partner_site.show(f"<body>{line}{FOLLOWS}{SCREENS}</body>", path)
        late = Late(page, "**/embed-*.js" if path == "/whole" else "**/*.jpg")
        page.goto(address, wait_until="commit")
        page.wait_for_function("document.getElementById('next') && seen.length")
        late.come()
        expect(page.locator("a")).to_have_count(0)
        _element, frame = frame_in(page)
        frame.wait_for_load_state("networkidle")
        assert settled(page, frame)["content"] > HEIGHT
        places = page.evaluate("seen")
        assert all(y >= HEIGHT for y in places), (path, places)

    # Where it may not be shown the link stays, without room that nobody needs.
    partner.set_origins([])
    page.goto(f"{partner_site.url}/whole")
    page.wait_for_selector("iframe", state="attached")
    page.wait_for_selector("iframe", state="detached")
    assert page.locator("#next").bounding_box()["y"] < HEIGHT / 2

    # Without any script a frame that scrolls stands in the room.
    partner.set_origins([parse(partner_site.url)])
    page = visit(f"{partner_site.url}/whole", java_script_enabled=False)
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    expect(page.locator("a")).to_be_visible()


@pytest.mark.skipif(browsers.firefox() is None, reason="No Firefox on this machine.")
def test_in_firefox_it_stays_as_well(partner, partner_site, base_url, tmp_path):  # noqa: F811
    line = link(base_url, TOPIC, partner, "Le coucher") + FOLLOWS + SCREENS
    address = partner_site.show(f"<body>{SCREENS}{line}</body>")
    whole = f"<body>{our_line(base_url, partner)}{FOLLOWS}{SCREENS}</body>"
    offered = partner_site.show(whole, "/offered")
    add = f"""document.body.append(Object.assign(document.createElement('script'), {{
        src: '{base_url}{scripts.script_path()}', crossOrigin: 'anonymous',
        integrity: '{scripts.PUBLISHED[scripts.NEWEST]}'}}))"""
    with closing(Firefox(tmp_path)) as firefox:
        firefox.resize(PHONE, HEIGHT)
        firefox.goto(offered)
        wait_until_it_came(firefox)
        height = firefox.evaluate("innerHeight")
        assert firefox.evaluate(f"{FRAME}.height") > height
        places = firefox.evaluate("seen")
        assert all(y >= height for y in places), places
        for width in (PHONE, DESKTOP):
            firefox.resize(width, HEIGHT)
            firefox.goto(address)
            # She came back to where she was.
            firefox.evaluate(TO_WHAT_FOLLOWS)
            firefox.evaluate("seen.length = 0")
            firefox.evaluate(add)
            wait_until_it_came(firefox)
            assert firefox.evaluate(f"{FRAME}.height") > HEIGHT
            assert firefox.evaluate(f"{FRAME}.bottom") <= A_LINE
            places = firefox.evaluate("seen")
            assert all(abs(y) <= A_LINE for y in places), places


def wait_until_it_came(firefox):
    for _attempt in range(100):
        if firefox.evaluate("document.querySelectorAll('a').length") == 0:
            break
        time.sleep(PATIENCE / 1000 / 100)


def test_a_topic_opens_at_its_top_and_leads_back_to_its_list(
    visit, partner, partner_site, base_url  # noqa: F811
):  # fmt: skip
    address = base_url + list_path(partner, theme="sommeil", language="fr")
    line = f'<p><a data-mes-infos-bebe href="{address}">Le sommeil</a></p>{script(base_url)}'
    page = visit(partner_site.show(f"<body>{line}{SCREENS}</body>"))
    expect(page.locator("a")).to_have_count(0)
    element, frame = frame_in(page)
    card = frame.locator(".topic-card a").last
    card.scroll_into_view_if_needed()
    title = card.inner_text()
    page.evaluate("scrollBy(0, document.querySelector('iframe').getBoundingClientRect().top + 99)")
    card.click()
    shown = page.frame_locator("iframe")
    expect(shown.locator("h1")).to_have_text(title)
    page.wait_for_function("document.querySelector('iframe').getBoundingClientRect().top === 0")
    assert settled(page, frame)["content"] > HEIGHT
    back = frame.locator(".embed__back")
    assert back.first.bounding_box()["y"] < HEIGHT / 2
    back.last.click()
    expect(shown.locator(".topic-card").first).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').getBoundingClientRect().top >= 0")
    assert element.bounding_box()["y"] < HEIGHT


def test_a_film_costs_nothing_before_it_is_seen(
    visit, partner, partner_site, base_url  # noqa: F811
):  # fmt: skip
    """In every topic that has one."""
    topics = TopicPage.objects.filter(live=True, locale__language_code="fr")
    films = [one for one in topics if any(part.block_type == "recording" for part in one.body)]
    assert films
    for topic in films:
        page = visit("about:blank")
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(request))
        line = link(base_url, topic.get_url().strip("/"), partner, "Sujet") + script(base_url)
        page.goto(partner_site.show(f"<body>{line}</body>"), wait_until="networkidle")
        _element, frame = frame_in(page)
        settled(page, frame)
        inside = [request.url for request in asked if request.frame != page.main_frame]
        assert len(inside) <= REQUESTS, inside
        film = frame.locator("video")
        film.scroll_into_view_if_needed()
        expect(film).to_have_attribute("poster", film.get_attribute("data-poster"))
        film.evaluate("film => film.dispatchEvent(new Event('play'))")
        assert film.evaluate("film => film.textTracks[0].mode") == "showing"


def test_in_a_frame_that_may_open_nothing(visit, partner, partner_site, base_url):  # noqa: F811
    """As WordPress shows it: its own script opens our pages, and numbers are there to be read."""
    topic = TopicPage.objects.get(slug=SAFE_SLEEP.split("/")[1], locale__language_code="fr")
    source = f"{base_url}{embed_path(topic.translation_key, partner)}#?secret=a1B2"
    said = "<script>const said = []; addEventListener('message', (e) => said.push(e.data))</script>"
    frame = f"<iframe src='{source}' sandbox='allow-scripts' width='320' height='500'></iframe>"
    page = visit(partner_site.show(f"<body>{said}{frame}</body>"))
    shown = page.frame_locator("iframe")
    # The frame is too short: the way to the whole page is in view all the same.
    full = shown.locator(".embed__full")
    expect(full).to_be_in_viewport()
    full.click()
    link_of = "said.find(({message}) => message === 'link')"
    page.wait_for_function(link_of)
    assert page.evaluate(link_of) == {
        "message": "link",
        "value": f"{base_url}{topic.get_url()}",
        "secret": "a1B2",
    }
    number = shown.locator(".call").first
    assert number.get_attribute("href") is None
    assert number.inner_text().strip()
    assert number.evaluate("(it) => getComputedStyle(it).backgroundColor") == "rgba(0, 0, 0, 0)"
