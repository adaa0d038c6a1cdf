"""The way in, on every screen."""

from playwright.sync_api import expect

from tests.browser.axe import assert_axe_clean


def test_login_is_accessible_at_each_width(page, at_each_width):
    page.goto("/admin/login/")

    expect(page.get_by_role("button", name="S'identifier")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= at_each_width
    assert_axe_clean(page)
