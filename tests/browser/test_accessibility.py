"""axe finds nothing on the screens that people use."""

from django.urls import reverse

from benchmarks.page_types import BOTH_DIRECTIONS, page_types
from pages.models import TopicPage
from tests.browser.axe import assert_axe_clean, assert_good_at_each_width
from tests.browser.conftest import HEIGHT, PHONE
from tests.browser.editor import Editor
from workgroups.models import Meeting

THUMB = 44  # pixels
TOPIC = "/fr/sommeil/mon-bebe-se-reveille-la-nuit/"

# Wagtail's sidebar and the head of its lists each hold a search form of the same name; the
# sidebar's is made by its script, the other by the view, and neither takes another name.
WAGTAILS_OWN = {"landmark-unique": "form[role=search]"}

# And what it adds to a list that is narrowed: how many are left, and by how many filters.
WAGTAILS_NARROWED = {
    **WAGTAILS_OWN,
    "aria-allowed-role": "h2[role=alert]",
    "label-content-name-mismatch": ".w-slim-header-action-button",
}


def open_all(page, address):
    page.goto(address)
    for question in page.locator("details").all():
        question.locator("summary").click()


def test_parents_pages(demo, page):
    """Each kind of page, in each language that has some; those in French turned from right to
    left, too, which needs no second look in other languages."""
    for kind, address in page_types(BOTH_DIRECTIONS).items():
        open_all(page, address)
        assert_good_at_each_width(page)
        if kind.endswith(")"):
            continue
        page.set_viewport_size({"width": PHONE, "height": HEIGHT})
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert_axe_clean(page)


def test_whoever_needs_help_finds_it_under_the_thumb(page):
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    page.goto(TOPIC)
    links = page.locator(".asking-for-help a, .help-numbers a")
    heights = links.evaluate_all("links => links.map(link => link.getBoundingClientRect().height)")
    assert len(heights) > 16
    assert min(heights) >= THUMB


def test_the_way_in(page):
    for address in ("/admin/login/", "/admin/password_reset/"):
        page.goto(address)
        assert_good_at_each_width(page)


def check_each(page, addresses, ready="main"):
    for address in addresses:
        page.goto(address)
        page.locator(ready).first.wait_for()
        assert_good_at_each_width(page, besides=WAGTAILS_OWN)


def address(name, slug):
    return reverse(name, args=[TopicPage.objects.get(locale__language_code="fr", slug=slug).pk])


def test_the_authors_screens(page, enter_as):
    enter_as("autrice")
    check_each(
        page,
        [
            "/admin/",
            reverse("pages_new_topic"),
            reverse("pages_guide"),
            address("wagtailadmin_pages:history", "la-sieste"),
            address("editorial_revise", "mon-bebe-se-reveille-la-nuit"),
        ],
    )


def test_the_editor(page, enter_as):
    """With texts to write, refused for what it lacks, and locked."""
    enter_as("autrice")
    written = ".Draftail-Editor [role=textbox][aria-labelledby]"
    check_each(page, [address("wagtailadmin_pages:edit", "la-sieste")], ready=written)
    Editor(page).hand_on()
    page.locator(written).first.wait_for()
    page.locator(".messages .error, .error-message").first.wait_for()
    assert_good_at_each_width(page, besides=WAGTAILS_OWN)
    check_each(page, [address("wagtailadmin_pages:edit", "parler-a-son-bebe")], ready=written)


def test_the_picture_chooser(page, enter_as):
    enter_as("autrice")
    page.goto(address("wagtailadmin_pages:edit", "la-sieste"))
    Editor(page).open_chooser("lead_illustration")
    assert_axe_clean(page, within=".modal-content")


def test_the_signatorys_screens(page, enter_as):
    enter_as("validateur")
    check_each(page, [address("editorial_sign_off", "les-premiers-aliments")], ready="ins")
    check_each(page, [address("editorial_withdraw", "parler-a-son-bebe")])


def test_the_coordinators_screens(page, enter_as):
    enter_as("coordinatrice")
    check_each(page, ["/admin/", "/admin/groupes/", "/admin/numeros/", "/admin/users/"])


def test_the_rights_of_pictures(page, enter_as):
    """Of every file, then of what ends soon and of what lacks its text."""
    enter_as("coordinatrice")
    report = reverse("media_rights")
    check_each(page, [report], ready="tbody tr")
    for narrowed in ("fin=bientot", "manque=text"):
        page.goto(f"{report}?{narrowed}")
        page.locator("tbody tr").first.wait_for()
        assert_good_at_each_width(page, besides=WAGTAILS_NARROWED)


def test_the_board(page, enter_as):
    enter_as("coordinatrice")
    page.goto(reverse("editorial_board"))
    for missing in page.locator(".card details").all():
        missing.locator("summary").click()
    assert_good_at_each_width(page, besides=WAGTAILS_OWN)
    steps = [
        address("editorial_due_date", "la-sieste"),
        address("editorial_send_back", "jouer-ensemble-sans-acheter"),
    ]
    check_each(page, [reverse("editorial_list"), *steps])


def test_the_meetings(page, enter_as):
    """A group's meetings, to come, past and cancelled, and all that is done with them."""
    enter_as("autrice")
    meetings = {row.title: row for row in Meeting.objects.all()}
    coming = Meeting.objects.coming().held().get().pk
    past = meetings["Point du trimestre"]
    check_each(
        page,
        [
            reverse("meetings"),
            reverse("meeting_add"),
            reverse("meeting", args=[coming]),
            reverse("meeting_edit", args=[coming]),
            reverse("meeting_cancel", args=[coming]),
            reverse("meeting", args=[past.pk]),
            reverse("meeting", args=[meetings["Choisir les images"].pk]),
            reverse("decision_edit", args=[past.decisions.first().pk]),
            reverse("decision_as_remark", args=[past.decisions.first().pk]),
            reverse("given_hours"),
            reverse("given_hours_add"),
            reverse("my_calendar"),
            address("topic_remarks", "jouer-ensemble-sans-acheter"),
        ],
    )
    page.get_by_role("button", name="Enregistrer la remarque").click()
    assert_good_at_each_width(page, besides=WAGTAILS_OWN)
    page.goto(reverse("my_calendar"))
    page.locator("main form button").click()
    page.locator("#calendar-address").wait_for()
    assert_good_at_each_width(page, besides=WAGTAILS_OWN)
