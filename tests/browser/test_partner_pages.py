"""Somebody of a town hall makes a line, sees what parents will see, and copies it."""

from playwright.sync_api import expect

from partners.models import Partner
from tests.browser.conftest import HEIGHT, PHONE


def test_a_map_is_made_looked_at_and_copied(demo, page, context, base_url):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    partner = Partner.objects.active().order_by("pk").first()
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    page.goto("/fr/partenaires/integrer/")
    page.locator('[name=quoi][value="carte"]').check()
    page.locator(".assistant__form .button").click()
    page.locator("#departement").select_option("69")
    for _step in ("which", "language"):  # a map has no colour
        page.locator(".assistant__form .button").click()
    preview = page.frame_locator(".assistant__phone")
    page.locator(".assistant__phone").scroll_into_view_if_needed()
    expect(preview.locator("[data-count]")).to_be_visible()
    # As wide as the screens that they stand for; the keyboard moves the wider one.
    desktop = page.locator(".assistant__desktop")
    assert desktop.evaluate("frame => frame.clientWidth") == 1100
    assert page.locator(".assistant__phone").evaluate("frame => frame.clientWidth") == 360
    box = page.locator(".assistant__box", has=desktop)
    box.focus()
    expect(box).to_be_focused()
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    preview.locator("[data-open]").click()
    expect(preview.locator(".map__ground.leaflet-container")).to_be_visible()

    page.locator("#partenaire").fill(partner.key)
    page.locator(".assistant__form .button").click()
    frame = f"{base_url}/embed/carte/?partenaire={partner.key}"
    lines = page.locator("[data-copy]").all()
    link, whole = "<div data-mes-infos-bebe style=", f'<div><iframe src="{frame}'
    for line, begin in zip(lines, (link, whole, frame), strict=True):
        line.locator("button").click()
        expect(line.locator("[role=status]")).not_to_be_empty()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == line.locator("textarea").input_value()
        assert copied.startswith(begin)
        assert frame in copied
    assert context.cookies() == []
