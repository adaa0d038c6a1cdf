"""A parent finds a place for children and parents near 69007, and telephones."""

import pytest
from playwright.sync_api import expect

from professionals import finding
from professionals.models import Professional
from tests.browser.axe import assert_axe_clean, assert_good_at_each_width
from tests.browser.conftest import DESKTOP, HEIGHT, PHONE
from tests.factories.professionals import ProfessionalFactory

TELEPHONE = "+33472123456"


@pytest.fixture
def entries(demo):
    """A LAEP in the 7th, one further on, another kind beside it, and one on an island; none of
    the demo's."""
    Professional.objects.all().delete()
    shared = {"published": True, "opening_hours": "24/7", "languages": ["fr", "ar"]}
    ProfessionalFactory(
        **shared, name="La Bulle", telephone=TELEPHONE, latitude=45.745, longitude=4.84
    )
    ProfessionalFactory(**shared, name="Le Nid", commune_code="69034")
    ProfessionalFactory(**shared, name="La crèche", kind_slug="mode-accueil", is_verified=False)
    ProfessionalFactory(**shared, name="Zistoir", commune_code="97411")


def test_without_javascript(entries, browser, watch, base_url):
    context = watch(browser.new_context(java_script_enabled=False, base_url=base_url))
    page = context.new_page()
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    page.goto("/fr/")
    page.locator('.site-header a[href="/fr/professionnels/"]').click()
    page.locator("#lieu").fill("69007")
    page.locator("[name=choix]").click()
    assert "lieu=69007" in page.url  # what was typed goes along
    page.locator("[name=type][value=laep]").check()
    page.locator(".finder__more button").click()
    assert "lieu=69007" in page.url
    cards = page.locator(".professional-card")
    expect(cards).to_have_count(2)
    expect(page.locator("[data-open]")).to_be_hidden()  # no map that would not open
    call = cards.first.locator('a[href^="tel:"]')
    assert call.get_attribute("href") == f"tel:{TELEPHONE}"
    assert call.bounding_box()["height"] >= 44
    cards.first.locator("h3 a").click()
    expect(page.locator(f'a[href="tel:{TELEPHONE}"]')).to_be_visible()
    expect(page.locator(".small-map circle")).to_be_visible()
    assert context.cookies() == []
    context.close()


def tab_to(page, selector, most=90):
    """Go on with the Tab key until something of that selector has the focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"No {selector} on the way of the Tab key.")


def test_with_the_keyboard_alone_list_map_and_telephone(entries, page):
    page.goto("/fr/professionnels/")
    tab_to(page, "#lieu")
    page.keyboard.type("69007", delay=20)
    expect(page.locator("[data-place]").first).to_be_visible()
    expect(page.locator("[data-suggested]")).not_to_be_empty()
    tab_to(page, "[data-place]")
    page.keyboard.press("Enter")
    page.wait_for_url("**lieu=69007+Lyon**")
    expect(page.locator(".professional-card")).to_have_count(3)
    tab_to(page, "[name=choix]")
    page.keyboard.press("Enter")
    expect(page.locator(".finder__more summary")).to_be_focused()
    tab_to(page, "[name=type][value=laep]")
    page.keyboard.press("Space")
    tab_to(page, ".finder__more button")
    page.keyboard.press("Enter")
    expect(page.locator(".professional-card")).to_have_count(2)
    tab_to(page, "[data-open]")
    page.keyboard.press("Enter")
    expect(page.locator(".map__mark")).to_have_count(2)
    assert page.evaluate("document.activeElement.matches('[data-ground]')")
    page.keyboard.press("ArrowRight")  # the list follows
    page.wait_for_url("**zone=**")
    tab_to(page, f'a[href="tel:{TELEPHONE}"]')  # past the map: it holds nobody
    page.locator("[data-go]").first.focus()
    tab_to(page, "[data-zoom='-1']")
    page.keyboard.press("Enter")
    page.locator("[data-go]", has_text="Réunion").press("Enter")
    expect(page.locator(".professional-card h3")).to_have_text(["Zistoir"])
    mark = page.locator(".map__mark--one")
    mark.focus()
    mark.press("Enter")
    expect(page.locator(".professional-card--shown a").first).to_be_focused()


SHOWS = """([x, y]) => {
  const zone = new URL(location).searchParams.get("zone")?.split(",").map(Number);
  return zone && zone[0] < x && x < zone[2] && zone[1] < y && y < zone[3];
}"""


def test_the_map_waits_to_be_opened_and_says_what_the_list_says(
    entries, page, settings, monkeypatch
):
    monkeypatch.setattr(finding, "MOST_IN_WIDE_ZONE", 3)
    # Beside the view, in a cell that is in view.
    ProfessionalFactory(published=True, name="Au bord", latitude=45.75, longitude=4.93)
    settings.MAP_TILES_URL = "/tuiles/{z}/{x}/{y}.png"
    asked = []
    page.route("**/tuiles/**", lambda route: route.fulfill(status=200, body=b""))
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/fr/professionnels/?lieu=69007&rayon=5")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if any(w in url for w in ("tuiles", "leaflet", "carte"))]
    page.locator("[data-open]").click()
    expect(page.locator(".map__mark").first).to_be_visible()
    assert [url for url in asked if "/tuiles/" in url]
    # The wheel over the map scrolls the page, and moves no map.
    before = page.evaluate("scrollY")
    page.locator("[data-ground]").hover()
    page.mouse.wheel(0, 150)
    page.wait_for_function(f"() => scrollY > {before}")
    assert "zone=" not in page.url
    said, count = page.locator("[data-said]"), page.locator("[data-count]")
    page.locator("[data-pan='-1,0']").click()
    page.wait_for_url("**zone=**")
    expect(said).to_contain_text(count.get_attribute("data-total"))
    # Over the sea nobody is left from where one was.
    page.locator("[data-go]", has_text="Martinique").press("Enter")
    page.wait_for_function(SHOWS, arg=[-61.0, 14.65])
    expect(page.locator(".professional-card")).to_have_count(0)
    expect(said).to_have_text(said.get_attribute("data-none"))
    # Nor where there are more than one reads.
    page.locator("[data-go]").first.press("Enter")
    expect(page.locator("[data-count]")).to_have_count(0)
    expect(said).to_contain_text("4")
    assert "zone=" not in page.url
    for name, place in (
        ("Guadeloupe", [-61.5, 16.2]),
        ("Guyane", [-53.0, 4.0]),
        ("Mayotte", [45.2, -12.8]),
    ):
        page.locator("[data-go]", has_text=name).press("Enter")
        page.wait_for_function(SHOWS, arg=place)


# How far the page is scrolled, once it is still; and where the first mark stands in the map.
STANDS = """() => new Promise((resolve) => {
  const top = (selector) => document.querySelector(selector).getBoundingClientRect().top;
  let last = NaN;
  const look = () => {
    const mark = Math.round(top(".map__mark") - top("[data-ground]"));
    if (scrollY === last) return resolve([last, mark]);
    last = scrollY;
    setTimeout(look, 100);
  };
  look();
})"""


def fingers(page, begin, by, steps=8):
    """Put fingers on the screen at the points *begin*, move them *by* (x, y), and lift them."""
    session = page.context.new_cdp_session(page)

    def send(kind, step=None):
        points = [] if step is None else [
            {"x": x + by[0] * step / steps, "y": y + by[1] * step / steps, "id": number}
            for number, (x, y) in enumerate(begin)
        ]  # fmt: skip
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", 0)
    for step in range(1, steps + 1):
        send("touchMove", step)
    send("touchEnd")


def test_one_finger_scrolls_the_page_and_two_move_the_map(entries, browser, watch, base_url):
    screen = {"width": PHONE, "height": HEIGHT}
    context = watch(browser.new_context(has_touch=True, viewport=screen, base_url=base_url))
    page = context.new_page()
    page.goto("/fr/professionnels/?lieu=69007&rayon=5")
    page.locator("[data-open]").tap()
    expect(page.locator(".map__mark").first).to_be_visible()

    def middle():
        box = page.locator("[data-ground]").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    before, stood = page.evaluate(STANDS)
    fingers(page, [middle()], (0, -120))
    page.wait_for_function(f"() => scrollY > {before} + 60")
    before, now = page.evaluate(STANDS)
    assert now == stood
    assert "zone=" not in page.url
    x, y = middle()
    fingers(page, [(x - 40, y), (x + 40, y)], (0, 60))
    page.wait_for_url("**zone=**")
    scrolled, now = page.evaluate(STANDS)
    assert scrolled == before
    assert now != stood
    context.close()


@pytest.mark.with_the_browsers
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_axe_finds_nothing_on_list_entry_and_open_map(entries, page, language):
    page.goto(f"/{language}/professionnels/?lieu=69007&cout=free")  # nobody
    assert_axe_clean(page)
    page.goto(f"/{language}/professionnels/?lieu=69007")
    fetched = []
    page.on("request", lambda asked: "choix=" in asked.url and fetched.append(asked.url))
    page.locator("[name=choix]").dblclick()
    page.locator("[data-open]").click()
    expect(page.locator(".map__mark").first).to_be_visible()
    expect(page.locator(".finder__more summary")).to_be_visible()
    assert len(fetched) == 1
    assert_good_at_each_width(page)
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    assert_axe_clean(page)
    page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})
    page.locator(".professional-card h3 a").first.click()
    assert_good_at_each_width(page)
    page.locator('a[href$="/signaler/"]').click()
    assert_good_at_each_width(page)
