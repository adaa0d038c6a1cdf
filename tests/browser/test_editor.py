"""What authors may rely on while they write."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from pages.models import ThemePage, TopicPage
from tests.browser.conftest import PATIENCE
from tests.browser.editor import Editor
from tests.conftest import DEMO_PASSWORD
from tests.factories.media import IllustrationFactory
from workgroups.models import EditorialRecord

WATCHED_AFTER = 2_500  # milliseconds; from then on, Wagtail notices changes


def test_what_is_typed_while_the_draft_is_being_kept_is_kept_too(page, enter_as):
    """On a bad line the answer to an autosave comes after the sentence's last words."""
    enter_as("autrice")
    draft = TopicPage.objects.get(locale__language_code="fr", slug="la-sieste")
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])

    page.goto(address)
    editor = Editor(page)
    page.wait_for_timeout(WATCHED_AFTER)
    held = []

    def hold(route):
        held.append(route)

    page.route(lambda url: urlsplit(url).path == address, hold, times=1)
    editor.field("key_message").fill("Une sieste")
    while not held:
        page.wait_for_timeout(50)
    answer = held[0].fetch()
    editor.field("key_message").fill("Une sieste se respecte")
    held[0].fulfill(response=answer)

    editor.wait_until_kept("Une sieste se respecte", field="key_message")


@pytest.fixture
def posts(page):
    """What the editor sends, in order: `kept` for an autosave, `sent` for a button. Each
    answer is held back until the test says `posts.answer(number)`."""
    return Posts(page)


class Posts:
    def __init__(self, page):
        self.page = page
        self.kinds = []
        self._routes = []
        page.route(re.compile(r"/admin/pages/(\d+/edit|add/.*)/$"), self._hold)

    def _hold(self, route):
        if route.request.method != "POST":
            route.fallback()
            return
        autosave = route.request.headers["accept"] == "application/json"
        self.kinds.append("kept" if autosave else "sent")
        self._routes.append(route)

    def answer(self, number):
        """Let the request of that number (from 0) reach the site, once it is there."""
        self._wait_for(number).fallback()

    def reach_the_site(self, number):
        """Let the site answer the request; gives what hands the answer to the browser."""
        route = self._wait_for(number)
        answer = route.fetch()
        return lambda: route.fulfill(response=answer)

    def _wait_for(self, number):
        for _ in range(PATIENCE // 50):
            if len(self._routes) > number:
                break
            self.page.wait_for_timeout(50)
        return self._routes[number]


def open_draft(page, slug="la-sieste"):
    draft = TopicPage.objects.get(locale__language_code="fr", slug=slug)
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    page.wait_for_timeout(WATCHED_AFTER)
    return Editor(page)


def test_a_button_waits_for_the_draft_that_is_being_kept(page, enter_as, posts):
    enter_as("autrice")
    editor = open_draft(page)
    editor.fill(key_message="Une sieste")
    while not posts.kinds:
        page.wait_for_timeout(50)
    editor.fill(key_message="Une sieste se respecte")
    editor.press_save()
    page.wait_for_timeout(1_000)
    assert posts.kinds == ["kept"]
    with page.expect_navigation():
        posts.answer(0)
        posts.answer(1)
    assert posts.kinds == ["kept", "sent"]
    assert editor.field("key_message").input_value() == "Une sieste se respecte"


def test_nothing_is_kept_while_the_answer_to_a_button_is_awaited(page, enter_as, posts):
    """It would be a version that the next page knows nothing of, and would not save over."""
    enter_as("autrice")
    editor = open_draft(page)
    editor.field("key_message").click()
    page.keyboard.press("Control+s")
    page.keyboard.type("Une sieste")
    page.wait_for_timeout(2_000)
    assert posts.kinds == ["sent"]
    with page.expect_navigation():
        posts.answer(0)
    page.wait_for_timeout(WATCHED_AFTER)
    editor.fill(key_message="Une sieste se respecte")
    posts.answer(1)
    editor.wait_until_kept("Une sieste se respecte", field="key_message")


def test_a_new_topic_is_made_once(page, enter_as, posts):
    """However quickly one saves what the editor is saving by itself."""
    enter_as("autrice")
    theme = ThemePage.objects.get(locale__language_code="fr", slug="sommeil")
    page.goto(reverse("wagtailadmin_pages:add", args=["pages", "topicpage", theme.pk]))
    page.wait_for_timeout(WATCHED_AFTER)
    editor = Editor(page)
    editor.fill(title="Le lit à barreaux", key_message="Un lit sûr est un lit vide.")
    made = TopicPage.objects.filter(draft_title="Le lit à barreaux")
    hand_over_answer = posts.reach_the_site(0)
    assert made.count() == 1  # which the browser does not know yet
    editor.press_save()
    page.locator("footer .action-save").click(force=True, no_wait_after=True)
    page.wait_for_timeout(1_000)
    with page.expect_navigation():
        hand_over_answer()
        posts.answer(1)
    page.wait_for_url("**/edit/")
    assert made.count() == 1
    assert posts.kinds == ["kept", "sent"]


def test_what_somebody_else_saved_meanwhile_is_asked_about_first(
    page, enter_as, posts, page_problems
):
    """The hand-over waits for an autosave that is refused: nothing goes out, and a press of
    another button does not hand on after all."""
    enter_as("autrice")
    editor = open_draft(page)
    draft = TopicPage.objects.get(locale__language_code="fr", slug="la-sieste")
    editor.fill(key_message="Une sieste se respecte")
    while not posts.kinds:
        page.wait_for_timeout(50)
    editor.press_hand_on()
    draft.save_revision(user=User.objects.get(email="auteur@demo.invalid"))
    with page.expect_response(lambda response: response.status == 400):
        posts.answer(0)
    page.wait_for_timeout(1_000)
    assert posts.kinds == ["kept"]
    page_problems.clear()

    editor.press_save()
    question = page.locator("#w-save-confirmation-dialog")
    with page.expect_navigation():
        question.locator("[data-w-dialog-target=confirm]").click(no_wait_after=True)
        posts.answer(1)
    assert posts.kinds == ["kept", "sent"]
    assert EditorialRecord.objects.get(page=draft).stage == "draft"
    kept = TopicPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert kept.key_message == "Une sieste se respecte"


def log_out_elsewhere(page):
    """In another tab; gives that tab."""
    page.context.clear_cookies()
    return page.context.new_page()


def log_in(tab, name):
    tab.goto("/admin/login/")
    tab.locator("[name=username]").fill(f"{name}@demo.invalid")
    tab.locator("[name=password]").fill(DEMO_PASSWORD)
    tab.locator("[name=password]").press("Enter")
    tab.wait_for_url(lambda url: "/login/" not in url)


def test_without_a_session_the_text_stays_until_one_is_back(page, enter_as, page_problems):
    """Logged out in another tab, one is told; logged in again there, one goes on here."""
    enter_as("autrice")
    editor = open_draft(page)
    tab = log_out_elsewhere(page)
    editor.fill(key_message="Une sieste se respecte")
    told = page.locator(".messages .error")
    expect(told).to_be_visible()
    editor.press_save()
    page.wait_for_timeout(1_000)
    assert editor.field("key_message").input_value() == "Une sieste se respecte"
    assert page.url.endswith("/edit/")

    log_in(tab, "autrice")
    page.bring_to_front()
    with page.expect_navigation():
        editor.press_save()
    assert editor.field("key_message").input_value() == "Une sieste se respecte"
    editor.wait_until_kept("Une sieste se respecte", field="key_message")
    page_problems.clear()  # what the site answered without a session


def test_nothing_is_saved_in_the_name_of_who_logged_in_since(page, enter_as, page_problems):
    enter_as("autrice")
    editor = open_draft(page)
    before = TopicPage.objects.get(locale__language_code="fr", slug="la-sieste").latest_revision_id
    tab = log_out_elsewhere(page)
    log_in(tab, "coordinatrice")
    page.bring_to_front()
    editor.fill(key_message="Une sieste se respecte")
    expect(page.locator(".messages .error")).to_be_visible()
    editor.press_save()
    page.wait_for_timeout(1_000)
    assert editor.field("key_message").input_value() == "Une sieste se respecte"
    assert (
        TopicPage.objects.get(locale__language_code="fr", slug="la-sieste").latest_revision_id
        == before
    )
    page_problems.clear()  # what the site answered to the other's token


def test_a_picture_proposes_its_words_and_overwrites_none(page, enter_as):
    enter_as("autrice")
    draft = TopicPage.objects.get(locale__language_code="fr", slug="la-sieste")
    collection = draft.workgroup.collection
    IllustrationFactory(title="Feston", description="", is_decorative=True, collection=collection)
    IllustrationFactory(title="Lapin", description="Un lapin dort.", collection=collection)

    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    editor = Editor(page)
    block = f"{editor.add_block('body', 'picture')}-value-picture"
    at_the_top = ("lead_illustration", "lead_alt_text", "lead_is_decorative")
    in_the_text = (f"{block}-image", f"{block}-alt_text", f"{block}-decorative")
    for name, *beside in (at_the_top, in_the_text):
        text, box = map(editor.field, beside)
        text.fill("")
        editor.choose_picture(name, "Feston")
        expect(box).to_be_checked()
        expect(text).to_have_value("")
        editor.choose_picture(name, "Lapin")
        expect(box).not_to_be_checked()
        expect(text).to_have_value("Un lapin dort.")
        text.fill("Un lapin et un ours.")
        editor.choose_picture(name, "Feston")
        expect(box).not_to_be_checked()
        expect(text).to_have_value("Un lapin et un ours.")
        text.fill("")
        box.check()
        editor.choose_picture(name, "Lapin")
        expect(box).to_be_checked()
