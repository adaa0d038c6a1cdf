"""axe finds nothing on the screens that people use."""

import pytest

from pages.models import TopicPage
from tests.browser.axe import assert_axe_clean

TOPIC = "/fr/sommeil/mon-bebe-se-reveille-la-nuit/"

# On its home Wagtail has two search forms of the same name (landmark-unique), the sidebar's
# and this part's: the part is looked at alone, the sidebar on every other screen.
HOME = "/admin/"
HOMES_OWN_PART = ".w-dashboard"


@pytest.mark.parametrize("address", ["/fr/", "/fr/sommeil/", TOPIC], ids=["home", "theme", "topic"])
def test_parents_pages(demo, page, at_each_width, address):
    page.goto(address)
    for question in page.locator("details").all():
        question.locator("summary").click()
    assert_axe_clean(page)


def test_a_page_that_does_not_exist(demo, page, page_problems):
    page.goto("/fr/sommeil/rien/")
    assert_axe_clean(page)
    page_problems.clear()  # the 404 that was asked for


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/password_reset/"])
def test_the_way_in(demo, page, at_each_width, address):
    page.goto(address)
    assert_axe_clean(page)


def test_the_authors_screens(demo, page, enter_as):
    enter_as("autrice")
    draft = TopicPage.objects.get(slug="la-sieste").pk
    live = TopicPage.objects.get(url_path__endswith=TOPIC.removeprefix("/fr")).pk
    for address in (
        HOME,
        f"/admin/pages/{draft}/edit/",
        f"/admin/pages/{draft}/history/",
        f"/admin/sujets/{live}/reviser/",
    ):
        page.goto(address)
        assert_axe_clean(page, within=HOMES_OWN_PART if address == HOME else None)


def test_the_signatorys_screens(demo, page, enter_as, at_each_width):
    enter_as("validateur")
    second_round = TopicPage.objects.get(slug="les-premiers-aliments").pk
    page.goto(f"/admin/sujets/{second_round}/validation/")
    assert page.locator("ins").count()
    assert_axe_clean(page)
    live = TopicPage.objects.get(slug="parler-a-son-bebe").pk
    page.goto(f"/admin/sujets/{live}/retirer/")
    assert_axe_clean(page)


def test_the_coordinators_screens(demo, page, enter_as):
    enter_as("coordinatrice")
    for address in (HOME, "/admin/groupes/", "/admin/numeros/", "/admin/users/"):
        page.goto(address)
        assert_axe_clean(page, within=HOMES_OWN_PART if address == HOME else None)
