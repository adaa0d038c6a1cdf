"""A coordinator's morning on the board."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from workgroups.models import EditorialRecord


def card(page, title):
    return page.locator(".card", has=page.get_by_role("link", name=title, exact=True))


def record_of(slug):
    return EditorialRecord.objects.get(locale__language_code="fr", page__slug=slug)


def test_a_coordinators_morning(page, enter_as):
    """She sees what is late and what it lacks, gives it more time, hands on what is ready,
    and takes the list along."""
    enter_as("coordinatrice")
    page.goto("/admin/")
    page.get_by_role("link", name="Tableau", exact=True).click()
    late = card(page, "Les premières dents")
    expect(late.get_by_text("de retard")).to_be_visible()
    late.locator("summary").click()
    expect(late.locator("details li").first).to_be_visible()

    page.get_by_label("Seulement les retards").check()
    page.get_by_role("button", name="Afficher", exact=True).click()
    page.wait_for_url("**retard=on**")
    expect(page.locator(".card")).to_have_count(2)  # the other one's review is late
    late.get_by_role("link", name="Déplacer l’échéance").click()
    day = timezone.localdate() + timedelta(days=14)
    page.locator("[name=due_on]").fill(day.isoformat())
    page.locator("[name=reason]").click()
    page.locator("[name=reason]").fill("Inès revient de congé lundi.")
    page.get_by_role("button", name="Déplacer l’échéance").click()
    page.wait_for_url("**retard=on**")
    expect(page.locator(".card")).to_have_count(1)
    assert record_of("les-premieres-dents").due_on == day

    page.get_by_role("link", name="Tout afficher").click()
    ready = card(page, "Reprendre le travail").get_by_role("button")
    ready.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages .success")).to_contain_text("Reprendre le travail")
    assert record_of("reprendre-le-travail").stage == "illustration"
    expect(card(page, "Reprendre le travail").get_by_role("button")).to_have_count(0)

    page.get_by_role("link", name="Liste", exact=True).click()
    page.wait_for_url(f"**{reverse('editorial_list')}")
    expect(page.locator(".board-list tbody tr")).to_have_count(EditorialRecord.objects.count())
    page.locator("header").get_by_role("button", name="Actions").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "sujets.csv"


def test_an_author_sees_her_own_topics_on_a_phone(page, enter_as):
    page.set_viewport_size({"width": 360, "height": 800})
    enter_as("autrice")
    page.goto(reverse("editorial_board"))
    expect(card(page, "La sieste")).to_be_visible()
    expect(card(page, "Les premières dents")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
