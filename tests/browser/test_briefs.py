"""An illustrator's work: from a brief to the picture in its place, with a word from the authors
in between; and a line that breaks."""

import os
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from pages.models import TopicPage
from tests.browser.axe import assert_axe_clean, assert_good_at_each_width
from tests.browser.test_accessibility import WAGTAILS_OWN
from tests.factories.media import picture_bytes
from workgroups.models import BriefUpload, IllustrationBrief, PinnedRemark

SHOWS = "Un papa qui endort son bébé sur son ventre, l’après-midi."
PAUSES = 150
ALT = "Un père somnole sur le canapé, son bébé sur le ventre."


def picture(name, colour="teal", size=(600, 400)):
    content = picture_bytes(colour=colour, size=size)
    return {"name": name, "mimeType": "image/png", "buffer": content}


def topic_of(slug):
    return TopicPage.objects.get(locale__language_code="fr", slug=slug)


def newest():
    return IllustrationBrief.objects.order_by("pk").last()


def open_brief(page):
    page.goto(reverse("brief", args=[newest().pk]))


def send(page, kind, *files):
    """Choose files on the brief's card of the desk: they are sent at once."""
    page.goto(reverse("desk"))
    card = page.locator(f"#brief-{newest().pk}")
    card.locator("[name=kind]").select_option(kind)
    with page.expect_navigation():
        card.locator("[name=files]").set_input_files(list(files))
    expect(page.locator(".messages .success")).to_have_count(len(files))


def remark_on_the_picture(page, text, x, y):
    """Press on the newest version's picture at that point, fractions of it, and say `text`."""
    image = page.locator("[data-pinned] img").first
    image.scroll_into_view_if_needed()
    expect(page.locator(".pinned--open")).not_to_have_count(0)  # the picture has come
    box = image.bounding_box()
    image.click(position={"x": box["width"] * x, "y": box["height"] * y})
    expect(page.locator(".pin--new")).to_have_count(1)
    page.locator(".remark-form [name=text]").first.fill(text)
    page.locator(".remark-form [type=submit]").first.click()
    expect(page.locator(".remark", has_text=text)).to_be_visible()


def test_from_brief_to_accepted_picture(page, enter_as):
    """Two rounds of remarks, one pressed on the picture, one by the keyboard alone."""
    topic = topic_of("la-sieste")
    enter_as("autrice")
    ask(page, topic)

    enter_as("illustratrice")
    page.goto("/admin/")
    expect(page.locator(".waiting__others")).to_contain_text("La sieste")
    send(page, "sketch", picture("croquis.png", "silver"))

    enter_as("autrice")
    open_brief(page)
    remark_on_the_picture(page, "Le bébé est trop haut.", 0.25, 0.2)
    remark_by_keyboard(page, "La fenêtre plus grande.", "right")
    see_two_remarks(page)

    enter_as("illustratrice")
    open_brief(page)
    for number in (1, 2):
        form = page.locator(".remark__answer").first
        form.locator("[name=answer]").fill("C’est corrigé.")
        form.locator("button").click()
        expect(page.locator(".pin--answered")).to_have_count(number)
    send(page, "colour", picture("un.png", "coral"), picture("deux.png", "khaki"))
    assert [v.number for v in newest().versions.all()] == [1, 2, 3]

    enter_as("auteur")
    open_brief(page)
    remark_on_the_picture(page, "Parfait, un peu plus de lumière.", 0.9, 0.9)

    enter_as("illustratrice")
    send(page, "final", picture("finale.png", "plum"))
    assert newest().state == "final"

    enter_as("autrice")
    accept(page)
    see_it_in_the_draft(page, topic)


def ask(page, topic):
    page.goto(reverse("topic_briefs", args=[topic.pk]))
    page.locator(f'a[href="{reverse("brief_ask", args=[topic.pk])}"]').click()
    page.locator("[name=place]").wait_for()
    assert_axe_clean(page, besides=WAGTAILS_OWN)
    page.locator("[name=place]").select_option("lead")
    page.locator("[name=shows]").fill(SHOWS)
    page.locator("[name=illustrator]").select_option(label="Inès Karoui")
    page.locator("main form [type=submit]").click()
    expect(page.locator(".messages .success")).to_contain_text("Inès Karoui")


def remark_by_keyboard(page, text, zone):
    page.locator(".remark-form [name=text]").fill(text)
    page.locator(".remark-form [name=zone]").select_option(zone)
    page.locator(".remark-form [type=submit]").press("Enter")
    expect(page.locator(".remark", has_text=text)).to_be_visible()


def see_two_remarks(page):
    expect(page.locator(".pin")).to_have_count(2)
    expect(page.locator(".remark").first).to_contain_text("En haut à gauche")
    first, second = PinnedRemark.objects.filter(version__brief=newest().pk)
    assert abs(first.x - 0.25) < 0.01
    assert abs(first.y - 0.2) < 0.01
    assert (second.x, second.y) == (0.8333, 0.5)
    assert_axe_clean(page, besides=WAGTAILS_OWN)


def accept(page):
    """First without saying what one sees."""
    open_brief(page)
    page.locator(f'a[href="{reverse("brief_accept", args=[newest().pk])}"]').click()
    page.locator("[name=alt_text]").wait_for()
    assert_axe_clean(page, besides=WAGTAILS_OWN)
    page.locator("main form [type=submit]").click()
    expect(page.locator(".error-message").first).to_be_visible()
    page.locator("[name=alt_text]").fill(ALT)
    page.locator("main form [type=submit]").click()
    page.wait_for_url(f"**{reverse('brief', args=[newest().pk])}")


def see_it_in_the_draft(page, topic):
    drawn = newest().illustration
    draft = topic_of("la-sieste").get_latest_revision_as_object()
    assert draft.lead_illustration == drawn
    assert drawn.credit_name == "Inès Karoui"
    page.goto(reverse("wagtailadmin_pages:edit", args=[topic.pk]))
    expect(page.locator("[name=lead_alt_text]")).to_have_value(ALT)
    expect(page.locator("[name=lead_illustration]")).to_have_value(str(drawn.pk))


def noise(size=(1300, 900)):
    """A picture of several pieces."""
    stream = BytesIO()
    Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3)).save(stream, "PNG")
    return {"name": "grande.png", "mimeType": "image/png", "buffer": stream.getvalue()}


@pytest.fixture
def broken_line(page, page_problems):
    """Lets one piece through, then none until `mend` is called."""
    sent = []

    def answer(route):
        if route.request.method == "PATCH":
            sent.append(route.request.headers["upload-offset"])
            if len(sent) > 1:
                route.abort()
                return
        route.continue_()

    address = "**/commandes/envois/**"
    page.route(address, answer)

    def mend():
        page.unroute(address)
        page_problems.clear()  # the interruption that was asked for

    return mend


def begin_and_break(page):
    brief = IllustrationBrief.objects.open().get(page__slug="les-premieres-dents")
    page.clock.install()
    page.goto(reverse("desk"))
    card = page.locator(f"#brief-{brief.pk}")
    card.locator("[name=files]").set_input_files(BIG)
    for _pause in range(PAUSES):
        page.clock.run_for(9000)  # milliseconds, more than the page's longest pause
        page.wait_for_timeout(100)
        if card.locator(".deliver__file button").count():
            break
    expect(card.locator(".deliver__file button")).to_have_count(2)
    return brief, card


BIG = noise()


def test_a_picture_that_has_not_come_yet_takes_no_pin(page, enter_as):
    """Its box has another size by then: the pin would stand somewhere else."""
    enter_as("autrice")
    ask(page, topic_of("la-sieste"))
    enter_as("illustratrice")
    send(page, "sketch", picture("croquis.png", "silver"))
    enter_as("autrice")
    held = []
    pictures = f"**{reverse('brief_version', args=[newest().pk, newest().versions.get().pk])}"
    # Playwright marks what it is given, which a list's own method does not bear.
    page.route(pictures, lambda route: held.append(route))  # noqa: PLW0108
    page.goto(reverse("brief", args=[newest().pk]), wait_until="commit")
    image = page.locator("[data-pinned] img").first
    image.click(position={"x": 5, "y": 5})
    image.click(position={"x": 5, "y": 5})
    expect(page.locator(".pin--new")).to_have_count(0)
    while held:
        held.pop().continue_()
    remark_on_the_picture(page, "Ici.", 0.5, 0.5)
    remark = PinnedRemark.objects.get(version__brief=newest().pk)
    assert abs(remark.x - 0.5) < 0.01


def test_an_interrupted_upload_goes_on(page, enter_as, broken_line):
    enter_as("illustratrice")
    brief, card = begin_and_break(page)
    upload = BriefUpload.objects.get()
    assert 0 < upload.received < upload.size
    assert_axe_clean(page, besides=WAGTAILS_OWN)
    broken_line()
    with page.expect_navigation():
        card.locator(".deliver__file button").first.click()
    version = brief.versions.last()
    with default_storage.open(version.file.name) as kept:
        assert kept.read() == BIG["buffer"]


def test_the_page_was_closed_meanwhile(page, enter_as, broken_line):
    """Chosen again, the file goes on from where it stopped."""
    enter_as("illustratrice")
    brief, _card = begin_and_break(page)
    received = BriefUpload.objects.get().received
    broken_line()
    offsets = []
    page.on(
        "request",
        lambda request: (
            request.method == "PATCH" and offsets.append(int(request.headers["upload-offset"]))
        ),
    )
    page.goto(reverse("desk"))
    card = page.locator(f"#brief-{brief.pk}")
    expect(card.locator(".deliver__interrupted")).to_contain_text("grande.png")
    with page.expect_navigation():
        card.locator("[name=files]").set_input_files(BIG)
    assert offsets[0] == received
    assert brief.versions.last().number == 3


def test_an_interrupted_upload_can_be_dropped(page, enter_as, broken_line):
    enter_as("illustratrice")
    brief, card = begin_and_break(page)
    broken_line()
    card.locator(".deliver__file button").last.click()
    expect(card.locator(".deliver__file button")).to_have_count(0)
    assert not BriefUpload.objects.exists()
    assert brief.versions.count() == 2


def test_files_can_be_dropped_on_the_card(page, enter_as):
    enter_as("illustratrice")
    page.goto(reverse("desk"))
    brief = IllustrationBrief.objects.open().get(page__slug="les-premieres-dents")
    content = list(picture_bytes(colour="navy"))
    data = page.evaluate_handle(
        """content => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(content)], "glissee.png", {type: "image/png"}));
            return data;
        }""",
        content,
    )
    with page.expect_navigation():
        page.locator(f"#brief-{brief.pk} [data-drop-zone]").dispatch_event(
            "drop", {"dataTransfer": data}
        )
    assert brief.versions.count() == 3


def test_what_is_no_picture_is_said_beside_it(page, enter_as, page_problems):
    enter_as("illustratrice")
    page.goto(reverse("desk"))
    brief = IllustrationBrief.objects.open().get(page__slug="les-premieres-dents")
    card = page.locator(f"#brief-{brief.pk}")
    file = {"name": "notes.png", "mimeType": "image/png", "buffer": b"ceci n'est pas une image"}
    card.locator("[name=files]").set_input_files(file)
    expect(card.locator(".deliver__file strong")).to_be_visible()
    assert not BriefUpload.objects.exists()
    page_problems.clear()  # the refusal that was asked for


def test_without_scripts(browser, browser_context_args, watch, enter_as, context, base_url):
    """The same by plain forms: a file, a remark in a zone, an answer."""
    brief = IllustrationBrief.objects.open().get(page__slug="les-premieres-dents")
    enter_as("illustratrice")
    cookies = context.cookies()
    plain = watch(browser.new_context(**browser_context_args, java_script_enabled=False))
    plain.add_cookies(cookies)
    page = plain.new_page()
    page.goto(f"{base_url}{reverse('desk')}")
    card = page.locator(f"#brief-{brief.pk}")
    card.locator("[name=files]").set_input_files(picture("simple.png", "navy"))
    card.locator("[data-without-scripts]").click()
    page.wait_for_url(f"**{reverse('brief', args=[brief.pk])}")
    expect(page.locator("#version-3-section")).to_be_attached()
    expect(page.locator(".pin")).to_have_count(3)
    plain.close()


def test_the_desk_and_the_lists_hold_to_the_rules(page, enter_as):
    enter_as("illustratrice")
    brief = IllustrationBrief.objects.open().get(page__slug="les-premieres-dents")
    for address in (
        reverse("desk"),
        reverse("brief", args=[brief.pk]),
        reverse("briefs"),
        reverse("topic_briefs", args=[brief.page_id]),
    ):
        page.goto(address)
        page.locator("main").first.wait_for()
        assert_good_at_each_width(page, besides=WAGTAILS_OWN)
    enter_as("coordinatrice")
    for name in ("brief_change", "brief_give_up"):
        page.goto(reverse(name, args=[brief.pk]))
        page.locator("main form").first.wait_for()
        assert_good_at_each_width(page, besides=WAGTAILS_OWN)
