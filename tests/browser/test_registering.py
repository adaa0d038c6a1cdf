"""A midwife registers on her phone, without an account; she is accepted, takes her badge, moves,
and is reviewed again."""

import re

from django.urls import reverse

from professionals import states
from professionals.badges.signing import badge_of
from professionals.models import Professional
from professionals.models.choices import State
from professionals.moderation.mails import filled_in
from professionals.moderation.mails import send as send_mail
from tests.browser.axe import assert_axe_clean
from tests.browser.conftest import HEIGHT, PHONE
from tests.factories.accounts import UserFactory


def is_good(page):
    assert_axe_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def send(page, leads_to=""):
    page.locator("[name=go][value=next]").click()
    if leads_to:
        page.wait_for_url(f"**/{leads_to}/")
        is_good(page)


def correct_two_errors(page):
    """They are summed up, the page opens there, and each line leads to its field."""
    page.fill("[name=email]", "awa@")
    send(page)
    errors = page.locator(".form-errors")
    assert errors.evaluate("box => box === document.activeElement")
    assert errors.locator("a").count() == 2
    is_good(page)
    for name, right in (("kind", None), ("email", "awa@exemple.invalid")):
        errors.locator(f"a[href='#id_{name}']").click()
        field = page.locator(f"[name={name}]")
        assert field.evaluate("field => field === document.activeElement")
        field.fill(right) if right else field.select_option(index=2)


def read_in_another_language_and_look_back(page):
    """Neither loses the place, nor what was typed."""
    page.fill("[name=description]", "Je viens chez vous.")
    page.locator(".language-switch a[hreflang=ar]").click()
    page.wait_for_url("**/ar/**/offre/")
    is_good(page)
    page.locator(".language-switch a[hreflang=fr]").click()
    page.wait_for_url("**/fr/**/offre/")
    page.locator(".steps button[value=ou]").click()
    page.wait_for_url("**/ou/")
    page.locator(".steps button[value=offre]").click()
    page.wait_for_url("**/offre/")
    assert page.input_value("[name=description]") == "Je viens chez vous."


def move_the_point(page):
    """Back at her address, with the keyboard alone, and by a button."""
    page.goto(page.url.replace("/contact/", "/ou/"))
    page.locator(".fold summary").click()
    page.locator("[data-open]").press("Enter")
    mark = page.locator(".point__mark")
    mark.wait_for()
    mark.press("ArrowUp")
    north = float(page.input_value("[name=latitude]"))
    mark.press("ArrowUp")
    assert float(page.input_value("[name=latitude]")) > north
    east = float(page.input_value("[name=longitude]"))
    page.locator("[data-step='1,0']").click()
    assert float(page.input_value("[name=longitude]")) > east
    is_good(page)
    send(page, "offre")


def send_no_reason(page):
    """A report from a browser that lets it go without one."""
    page.locator("main form").evaluate("form => { form.noValidate = true }")
    page.locator("main form button").click()
    page.wait_for_selector("#why-error")
    is_good(page)


def be_accepted_and_take_the_badge(page, entry, mailoutbox, base_url):
    """The mail of her acceptance leads her to a link, the link to her badge."""
    moderator = UserFactory(roles=["directory_moderator"])
    accepted = states.accept(entry, moderator).entry
    send_mail(accepted, *filled_in("accept", accepted))
    public, ask = re.findall(rf"{base_url}/\S+", mailoutbox[-1].body)
    page.goto(public)
    is_good(page)
    page.goto(ask)
    page.locator("main button").click()
    page.wait_for_selector("[data-asked]")
    (link,) = re.findall(rf"{base_url}/\S+", mailoutbox[-1].body)
    page.goto(link)
    page.locator("main button").click()
    page.wait_for_selector("[data-state=published]")
    is_good(page)
    with page.expect_download() as download:
        page.locator("a[href$='badge.png']").click()
    assert download.value.suggested_filename == f"badge-{entry.slug}.png"


def move(page):
    """Another place waits until somebody has looked at it, as the page says."""
    page.locator("a[href$='/ou/']").click()
    page.wait_for_url("**/ou/")
    page.fill("[name=address]", "3 rue des Martyrs")
    page.fill("[name=postal_code]", "75018")
    page.fill("[name=commune_name]", "")
    is_good(page)
    page.locator("main form .button--main").click()
    page.wait_for_selector("[data-for-review]")
    is_good(page)


def fill_in(page):
    """Four of the five steps, with two errors on the way and a look at another language."""
    page.goto("/fr/professionnels/inscription/")
    is_good(page)
    page.fill("[name=name]", "Awa Diallo, sage-femme")
    page.check("[name=is_natural_person][value=yes]")
    correct_two_errors(page)
    send(page, "ou")
    page.fill("[name=address]", "12 rue des Lilas")
    page.fill("[name=postal_code]", "69007")
    page.press("[name=postal_code]", "Enter")
    page.wait_for_url("**/offre/")
    is_good(page)
    read_in_another_language_and_look_back(page)
    page.locator("[name=priorities]").nth(1).check()
    page.locator(".fold summary").first.click()
    page.fill("[name=hours_mo]", "9h-12h")
    is_good(page)
    send(page, "critere")
    page.locator("[name=grounds]").nth(2).check()
    page.fill("[name=public_body]", "Assurance maladie du Rhône")
    page.check("[name=listing]")
    page.check("[name=details]")
    send(page, "contact")


def test_a_midwife_registers_on_a_phone(page, mailoutbox, base_url):
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    fill_in(page)
    move_the_point(page)
    page.goto(page.url.replace("/offre/", "/contact/"))
    is_good(page)
    page.fill("[name=contact_name]", "Awa Diallo")
    page.locator("[name=go][value=next]").dblclick()
    page.wait_for_url("**/envoye/")
    is_good(page)

    (link,) = re.findall(rf"{base_url}/\S+", mailoutbox[-1].body)
    page.goto(link)
    is_good(page)
    page.locator("main button").click()
    page.wait_for_selector("[data-state=in_review]")
    is_good(page)
    entry = Professional.objects.get(email="awa@exemple.invalid")
    assert (entry.state, entry.commune.name) == (State.IN_REVIEW, "Lyon 7e Arrondissement")
    assert entry.point_is_exact
    assert len(mailoutbox) == 3
    be_accepted_and_take_the_badge(page, entry, mailoutbox, base_url)
    move(page)
    assert list(Professional.objects.queue().filter(pk=entry.pk)) == [entry]
    entry.refresh_from_db()
    assert entry.is_public
    assert entry.postal_code == "69007"  # until somebody has looked at it
    page.goto(reverse("professional_report", args=[entry.slug]))
    is_good(page)
    send_no_reason(page)
    for address in (reverse("change_request"), badge_of(entry).verification_url):
        page.goto(address)
        is_good(page)
    assert page.context.cookies() == []
