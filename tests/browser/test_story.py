"""From "Nouveau sujet" to the parent's page: five people, one after the other, each with a
browser of her own."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from pages.models import Stage, ThemePage, TopicPage
from tests.browser.conftest import HEIGHT, PHONE
from tests.browser.editor import Editor
from tests.conftest import DEMO_PASSWORD
from tests.factories.media import picture_bytes
from workgroups.models import EditorialRecord, SignOff

TITLE = "Le doudou au fond du lit"


@pytest.fixture
def come(watch, new_context):
    """Come as the demo's account of that name, through the login form; gives the page."""

    def enter(name, address="/admin/"):
        page = watch(new_context()).new_page()
        page.goto(address)
        page.locator("[name=username]").fill(f"{name}@demo.invalid")
        page.locator("[name=password]").fill(DEMO_PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    return enter


def address_for(name):
    """The one address in the last mail to the demo's account of that name."""
    received = [message for message in mail.outbox if message.to == [f"{name}@demo.invalid"]]
    (address,) = re.findall(r"http\S+", received[-1].body)
    return address


def stage_of(topic):
    return EditorialRecord.objects.get(page_id=topic.pk).stage


def test_from_a_new_topic_to_the_parents_page(come, watch, new_context):
    topic = begin(come("autrice"))
    correct_and_hand_on(come("auteur"), topic)
    illustrate_and_hand_on(come("illustratrice", address_for("illustratrice")), topic)
    sign(come("validatrice", address_for("validatrice")), topic)
    read(watch(new_context()).new_page())


def begin(page):
    """The first author begins; her half-written sentence is kept by itself."""
    page.locator(f'a[href="{reverse("pages_new_topic")}"]').click()
    theme = ThemePage.objects.get(locale__language_code="fr", slug="sommeil")
    page.locator("main").get_by_role("link", name=theme.title).click()
    editor = Editor(page)
    editor.fill(title=TITLE, key_message="Un doudou aide à se séparer.")
    for point in ("Il le choisit seul.", "Il le garde au lit après un an."):
        editor.fill(**{f"{editor.add_block('in_brief')}-value": point})
    text = editor.add_block("body", "text")
    editor.write(f"{text}-value", "Vers huit mois, il s'attache.", "Le doudou sent la mai")
    editor.wait_until_kept("Le doudou sent la mai")
    page.wait_for_url("**/edit/")

    page.reload()
    written = page.locator("[data-streamfield-child] [contenteditable=true]")
    expect(written.first).to_contain_text("Le doudou sent la mai")
    page.context.close()
    topic = TopicPage.objects.get(title=TITLE)
    assert stage_of(topic) == "draft"
    return topic


def correct_and_hand_on(page, topic):
    """The second author finds the topic, ends the sentence and hands on: refused at first,
    with what is missing said at its field."""
    page.locator("#waiting-section").get_by_role("link", name=TITLE).click()
    editor = Editor(page)
    editor.write("body-0-value", "son.")
    block = editor.add_block("body", "do_dont")
    editor.fill(
        **{
            f"{block}-value-do-0-value": "Lui en laisser un seul.",
            f"{block}-value-dont-0-value": "Le laver trop souvent.",
        }
    )
    editor.hand_on()
    expect(editor.panel("stages").locator(".error-message")).to_be_visible()
    expect(editor.panel("sources").locator(".help-critical")).to_be_visible()
    assert stage_of(topic) == "draft"

    stage = Stage.objects.get(slug="4-11-mois")
    page.locator(f'[name=stages][value="{stage.pk}"]').check()
    source = editor.add_block("sources")
    editor.fill(
        **{
            f"{source}-value-title": "Le sommeil de l'enfant",
            f"{source}-value-publisher": "Ameli",
            f"{source}-value-url": "https://www.ameli.fr/",
            f"{source}-value-read_on": "2026-10-01",
        }
    )
    editor.close_calendar()
    editor.hand_on()
    expect(page.locator(".messages")).to_contain_text("Inès Karoui")  # who has it now
    assert stage_of(topic) == "illustration"
    page.context.close()


def illustrate_and_hand_on(page, topic):
    """The illustrator comes from the mail and uploads the picture in the chooser."""
    editor = Editor(page)
    editor.hand_on()
    expect(editor.panel("lead_illustration").locator(".error-message").first).to_be_visible()
    assert stage_of(topic) == "illustration"

    editor.upload_picture(
        "lead_illustration",
        {"name": "doudou.png", "mimeType": "image/png", "buffer": picture_bytes(size=(800, 600))},
        title="Le doudou",
        credit_user="Inès Karoui",
        licence="full_rights",
        collection="Sommeil et rythmes",
    )
    editor.fill(lead_alt_text="Un enfant dort, son doudou contre lui.")
    editor.hand_on()
    expect(page.locator(".messages")).to_contain_text("Claire Vasseur")
    assert stage_of(topic) == "sign_off"
    page.context.close()


def sign(page, topic):
    """The signatory comes from the mail, reads, ticks and signs, with a double click."""
    as_parents_see_it = page.frame_locator("iframe")
    expect(as_parents_see_it.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(as_parents_see_it.get_by_text("Le doudou sent la maison.")).to_be_visible()
    page.locator("[name=statement]").check()
    button = page.locator("form:has([name=statement]) [type=submit]")
    button.dblclick()
    page.wait_for_url("**/admin/")
    expect(page.locator(".messages .success")).to_have_count(1)
    expect(page.locator("#waiting-section").get_by_role("link", name=TITLE)).to_have_count(0)
    assert SignOff.objects.filter(page=topic.pk).count() == 1
    assert stage_of(topic) == "published"
    page.context.close()


def read(page):
    """A parent finds the topic by the child's age and reads who signed it, and when."""
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    page.goto("/fr/")
    page.locator(".age", has_text="4–11 mois").click()
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(page.get_by_alt_text("Un enfant dort, son doudou contre lui.")).to_be_visible()
    expect(page.get_by_text("Illustration : Inès Karoui")).to_be_visible()
    signed = page.locator(".signed-by")
    sign_off = SignOff.objects.get(page__title=TITLE)
    expect(signed).to_contain_text("Claire Vasseur, puéricultrice")
    expect(signed).to_contain_text(f"{sign_off.signed_at:%Y}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
