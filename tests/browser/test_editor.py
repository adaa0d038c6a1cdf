"""What authors may rely on while they write."""

from urllib.parse import urlsplit

from django.urls import reverse

from pages.models import TopicPage
from tests.browser.editor import Editor


def test_what_is_typed_while_the_draft_is_being_kept_is_kept_too(page, enter_as):
    """On a bad line the answer to an autosave comes after the sentence's last words."""
    enter_as("autrice")
    draft = TopicPage.objects.get(slug="la-sieste")
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])

    page.goto(address)
    editor = Editor(page)
    page.wait_for_timeout(2_500)  # from then on, Wagtail watches for changes
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
