"""A parent finds her topic: by a question, and by her child's day of birth."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import assert_axe_clean
from tests.browser.conftest import HEIGHT, PHONE


def test_from_a_question_and_from_a_date_to_a_topic(demo, page):
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    page.goto("/fr/")
    field = page.locator("input[type=search]")
    field.press_sequentially("reveil", delay=20)
    under = page.locator("[data-suggestions] a")
    expect(under.first).to_contain_text("réveille")
    expect(page.locator("[data-suggested]")).not_to_be_empty()  # told to those who do not see
    assert under.first.evaluate("link => link.getBoundingClientRect().height") >= 44
    field.press("Escape")
    expect(under).to_have_count(0)

    field.fill("alaitement")
    field.press("Enter")
    page.wait_for_url("**/recherche/?q=alaitement*")
    expect(page.locator(".result mark").first).to_be_visible()
    page.locator(".filters summary").click()
    assert_axe_clean(page)
    page.set_viewport_size({"width": 320, "height": HEIGHT})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator(".result a", has_text="allaitement").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("allaitement")
    page.locator(".next-topics li a").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Débuter")
    page.goto("/fr/recherche/?q=xylophone")
    assert_axe_clean(page)

    page.goto("/fr/")
    date = page.locator("#day-of-birth")
    button = page.locator("[data-age] button")
    today = timezone.localdate()
    date.fill(f"{today - timedelta(days=4000):%Y-%m-%d}")
    button.click()
    expect(page.locator("[data-said]")).not_to_be_empty()
    for days, slug in ((20, "0-3-mois"), (-30, "grossesse")):
        date.fill(f"{today - timedelta(days=days):%Y-%m-%d}")
        button.click()
        page.wait_for_url(f"**/?etape={slug}#sujets")
        assert page.url.endswith(f"/fr/?etape={slug}#sujets")
        assert_axe_clean(page)
        page.go_back()
        expect(date).to_have_value("")
    page.go_forward()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []
    page.locator("#sujets .topic-card a").first.click()
    expect(page.locator(".signed-by")).to_be_visible()
