"""A parent goes from French to Arabic and back; a translation goes from its request to parents."""

from django.urls import reverse
from playwright.sync_api import expect

from pages.models import TopicPage
from tests.browser.axe import assert_axe_clean
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import WAGTAILS_OWN
from workgroups.models import EditorialRecord

TOPIC = "/sommeil/coucher-bebe-en-securite/"
TO_TRANSLATE = "mon-bebe-se-reveille-la-nuit"


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_from_french_to_arabic_and_back(page, demo):
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.goto(f"/fr{TOPIC}")
    title = page.locator("h1").inner_text()
    choice = page.locator(".language-switch")
    expect(choice.locator("a")).to_have_count(5)
    choice.get_by_role("link", name="العربية").click()
    page.wait_for_url(f"**/ar{TOPIC}")
    root = page.locator("html")
    expect(root).to_have_attribute("lang", "ar")
    expect(root).to_have_attribute("dir", "rtl")
    expect(page.locator("h1")).to_have_text("كيف تضع طفلك لينام بأمان")
    # Read from the right; a number to call is still read from the left.
    start = page.locator(".text-block").first.evaluate("e => getComputedStyle(e).direction")
    call = page.locator(".call").first.evaluate("e => getComputedStyle(e).direction")
    assert (start, call) == ("rtl", "ltr")
    fits(page)
    assert_axe_clean(page)
    page.locator(".site-header__brand").click()
    page.wait_for_url("**/ar/")
    fits(page)
    page.go_back()
    page.locator(".language-switch").get_by_role("link", name="Français").click()
    page.wait_for_url(f"**/fr{TOPIC}")
    expect(page.locator("h1")).to_have_text(title)


def test_a_translation_from_request_to_signature(page, enter_as):
    code = "en"
    topic = TopicPage.objects.get(slug=TO_TRANSLATE, locale__language_code="fr")
    page.goto(f"/fr/sommeil/{TO_TRANSLATE}/")
    expect(page.locator(".language-switch details a")).to_have_count(4)

    enter_as("coordinatrice")
    page.goto(reverse("editorial_translations", args=[topic.pk]))
    page.locator(f'form:has([value="{code}"]) button[type=submit]').click()
    page.wait_for_load_state()
    draft = TopicPage.objects.get(slug=TO_TRANSLATE, locale__language_code=code)
    assert_axe_clean(page, besides=WAGTAILS_OWN)

    enter_as("traductrice")
    desk = reverse("editorial_translate", args=[draft.pk])
    page.goto(reverse("wagtailadmin_home"))
    page.locator(f'.waiting a[href="{desk}"]').click()
    page.wait_for_url(f"**{desk}")
    assert_axe_clean(page, besides=WAGTAILS_OWN)
    page.set_viewport_size({"width": PHONE, "height": 800})
    fits(page)
    page.locator(".translate textarea").first.fill("Too early")
    page.locator('[name=do][value="hand_on"]').click()
    page.wait_for_load_state()
    assert EditorialRecord.objects.get(page=draft.pk).stage == "draft"
    page.evaluate(
        """() => document.querySelectorAll(".translate textarea").forEach(area => {
            const source = area.parentElement.querySelector(".translate__source");
            area.value = area.value || "EN " + source.textContent;
        })"""
    )
    page.locator('[name=do][value="hand_on"]').click()
    page.wait_for_url(f"**{reverse('wagtailadmin_home')}")
    assert EditorialRecord.objects.get(page=draft.pk).stage == "sign_off"

    enter_as("validateur")  # who reads no English
    page.goto(reverse("wagtailadmin_home"))
    address = reverse("editorial_sign_off", args=[draft.pk])
    expect(page.locator(f'.waiting a[href="{address}"]')).to_have_count(0)
    enter_as("validatrice")
    page.goto(address)
    page.locator("[name=statement]").check()
    page.locator("main form:has([name=statement]) [type=submit]").click()
    page.wait_for_url(f"**{reverse('wagtailadmin_home')}")
    page.context.clear_cookies()
    page.goto(f"/en/sommeil/{TO_TRANSLATE}/")
    expect(page.locator("h1")).to_have_text("Too early")
    expect(page.locator(".signed-by")).to_contain_text("Claire Vasseur")
