"""A member in her group's room: she begins a topic there and finds what happened to it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pages.models import Stage, ThemePage, TopicPage
from tests.browser.axe import assert_axe_clean, assert_good_at_each_width
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import WAGTAILS_OWN
from workgroups.models import EditorialRecord, Workgroup

TITLE = "Le lit à barreaux"


def check(page):
    """Nothing is wider than the phone, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert_axe_clean(page, besides=WAGTAILS_OWN)


def begin_topic(page, group):
    """From the room to the editor, through the form, pressed as one does in a hurry."""
    page.locator(f'a[href="{reverse("pages_topic_in_room", args=[group.pk])}"]').click()
    theme = ThemePage.objects.get(locale__language_code="fr", slug="sommeil")
    if page.locator("select[name=theme]").input_value() != str(theme.pk):
        page.locator("select[name=theme]").select_option(str(theme.pk))
    page.locator("[name=title]").fill(TITLE)
    stage = Stage.objects.first()
    page.locator(f'[name=stages][value="{stage.pk}"]').check()
    check(page)
    form = page.locator("main form:has([name=writers])")
    form.locator("[type=submit]").dblclick(no_wait_after=True)
    page.wait_for_url("**/edit/")


def test_a_member_begins_a_topic_in_her_room(page, enter_as):
    page.set_viewport_size({"width": PHONE, "height": 800})
    enter_as("autrice")
    group = Workgroup.objects.get(memberships__user__email="autrice@demo.invalid")
    page.goto(reverse("workgroup_rooms"))
    page.wait_for_url(f"**{reverse('workgroup_room', args=[group.pk])}")
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator(".room__members li")).to_have_count(
        group.memberships.values("user").distinct().count()
    )
    check(page)

    begin_topic(page, group)
    topic = TopicPage.objects.get(draft_title=TITLE)
    assert EditorialRecord.objects.get(page=topic).workgroup == group
    assert page.locator("[name=title]").input_value() == TITLE
    chosen = page.locator("select[name=workgroup] option:checked")
    expect(chosen).to_have_attribute("value", str(group.pk))

    page.goto(reverse("workgroup_room", args=[group.pk]))
    timeline = reverse("editorial_timeline", args=[topic.pk])
    page.locator(f'.card a[href="{timeline}"]').click()
    lines = page.locator(".timeline li")
    expect(lines.first).to_be_visible()
    expect(page.locator(".timeline").get_by_text("Nadia Berthier").first).to_be_visible()
    check(page)


@pytest.mark.parametrize("who", ["autrice", "coordinatrice"])
def test_rooms_read_well_at_each_width(page, enter_as, who):
    enter_as(who)
    group = Workgroup.objects.get(memberships__user__email="autrice@demo.invalid")
    topic = TopicPage.objects.get(locale__language_code="fr", slug="mon-bebe-se-reveille-la-nuit")
    for address in (
        reverse("workgroup_rooms"),
        reverse("workgroup_room", args=[group.pk]),
        reverse("pages_topic_in_room", args=[group.pk]),
        reverse("editorial_timeline", args=[topic.pk]),
    ):
        page.goto(address)
        page.locator("main").first.wait_for()
        assert_good_at_each_width(page, besides=WAGTAILS_OWN)
