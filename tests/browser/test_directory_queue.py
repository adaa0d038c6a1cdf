"""A moderator at her queue: she takes an entry on, reads, accepts it, and the next one follows."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from professionals.changes import apply_change
from professionals.models import Professional
from professionals.models.choices import State
from professionals.states import By, submit
from tests.browser.axe import assert_axe_clean, assert_good_at_each_width
from tests.browser.test_accessibility import WAGTAILS_OWN
from tests.factories.professionals import ProfessionalFactory


@pytest.fixture
def entries(demo):
    """One new registration, and a change that waits."""
    Professional.objects.awaiting_moderators().delete()
    new = submit(ProfessionalFactory(state=State.CONFIRMED, name="Les Lucioles")).entry
    changed = ProfessionalFactory(published=True, name="La Marelle")
    apply_change(changed, {"name": "La Grande Marelle", "ages": "0–3 ans"}, By.MAIL)
    return new, changed


def test_a_moderators_queue(page, enter_as, entries):
    new, changed = entries
    enter_as("annuaire")
    page.goto("/admin/")
    page.locator(f'.waiting__others a[href="{reverse("directory_queue")}"]').click()
    assert_good_at_each_width(page, besides=WAGTAILS_OWN)
    page.locator(".moderation__row a").first.click()
    page.wait_for_url(f"**{reverse('directory_desk', args=[new.pk])}")
    page.locator(".moderation__decisions form button").first.click()
    expect(page.locator(".moderation__decisions [name=give_back]")).to_be_visible()
    assert_good_at_each_width(page, besides=WAGTAILS_OWN)
    page.locator(f'a[href^="{reverse("directory_decide", args=[new.pk, "accept"])}"]').click()
    page.locator("[name=text]").fill("Bienvenue dans l’annuaire !")
    assert_axe_clean(page, besides=WAGTAILS_OWN)
    page.locator("main form [type=submit], main form button.button").first.click()

    page.wait_for_url(f"**{reverse('directory_desk', args=[changed.pk])}")
    assert Professional.objects.get(pk=new.pk).is_public
    expect(page.locator(".moderation__differences td strong").first).to_have_text(
        "La Grande Marelle"
    )
    assert_axe_clean(page, besides=WAGTAILS_OWN)
    edit = Professional.snippet_viewset.get_url_name("edit")
    page.goto(reverse(edit, args=[changed.pk]))
    page.locator("[name=notes-0-text]").wait_for()
    assert_axe_clean(page, within="main", besides=WAGTAILS_OWN)
