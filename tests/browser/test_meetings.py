"""A meeting, from its invitation to the hours in a file."""

import csv
import io
from datetime import timedelta

import time_machine
import vobject
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.editor import Editor
from workgroups.models import Meeting, Remark

MEMBERS = {"autrice@demo.invalid", "auteur@demo.invalid", "illustratrice@demo.invalid"}
DECISION = "Ajouter un passage sur la sieste à la crèche."


def invitations():
    """{address: the event in the mail's calendar}, and no mail without one."""
    found = {}
    for message in mail.outbox:
        parts = message.message().walk()
        (text,) = {
            part.get_payload(decode=True).decode()
            for part in parts
            if part.get_content_type() == "text/calendar"
        }
        found[message.to[0]] = vobject.readOne(text).vevent
    return found


def call_meeting(page, start):
    """A coordinator calls a meeting of the group that writes about sleep."""
    page.goto("/admin/")
    page.get_by_role("link", name="Réunions", exact=True).click()
    page.locator("header").get_by_role("link", name="Nouvelle réunion").click()
    page.get_by_role("link", name="Sommeil et rythmes").click()
    page.locator("[name=title]").fill("Relire la sieste")
    page.locator("[name=starts_at]").fill(f"{start:%Y-%m-%d %H:%M}")
    Editor(page).close_calendar()
    page.locator("[name=minutes]").fill("90")
    page.locator("[name=place]").fill("Maison des parents, Lyon")
    page.get_by_label("La sieste", exact=True).check()
    page.get_by_role("button", name="Enregistrer et inviter").click()
    expect(page.locator(".messages .success")).to_contain_text("Relire la sieste")


def write_minutes(page, came):
    """Who came and what was decided, on the meeting's page."""
    page.goto(reverse("meetings"))
    page.get_by_role("link", name="Relire la sieste").click()
    for name in came:
        page.get_by_label(name, exact=True).check()
    page.get_by_label("Heures de Inès Karoui").fill("0.75")
    page.get_by_role("button", name="Enregistrer les présences").click()
    expect(page.locator(".messages .success")).to_be_visible()
    page.get_by_label("Ce qui a été décidé").fill(DECISION)
    page.get_by_role("button", name="Ajouter la décision").click()
    expect(page.locator(".decisions")).to_contain_text(DECISION)


def test_from_the_invitation_to_the_exported_hours(page, enter_as):
    start = timezone.localtime() + timedelta(days=2)
    start = start.replace(hour=14, minute=0, second=0, microsecond=0)
    mail.outbox.clear()
    enter_as("coordinatrice")
    call_meeting(page, start)
    meeting = Meeting.objects.get(title="Relire la sieste")
    invited = invitations()
    assert invited.keys() >= MEMBERS
    for event in invited.values():
        assert event.uid.value.startswith(str(meeting.uid))
        assert event.dtstart.value.replace(tzinfo=None) == start.replace(tzinfo=None)

    with time_machine.travel(meeting.ends_at + timedelta(hours=20)):
        enter_as("autrice")
        write_minutes(page, ["Nadia Berthier", "Inès Karoui"])
        page.get_by_role("link", name=f"En faire une remarque : {DECISION}").click()
        page.locator("[name=topic]").select_option(label="La sieste")
        day = timezone.localdate() + timedelta(days=10)
        page.locator("[name=due_on]").fill(day.isoformat())
        Editor(page).close_calendar()
        page.get_by_role("button", name="En faire une remarque").click()
        expect(page.locator(".messages .success")).to_contain_text("La sieste")
        remark = Remark.objects.get(text=DECISION)
        assert (remark.due_on, remark.record.page.slug) == (day, "la-sieste")
        page.goto("/admin/")
        expect(page.locator(".waiting__others")).to_contain_text(DECISION)

        page.goto(f"{reverse('given_hours')}?du={timezone.localdate() - timedelta(days=1)}")
        page.locator("header").get_by_role("button", name="Actions").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV").click()
        assert download.value.suggested_filename == "heures.csv"
        with open(download.value.path(), encoding="utf-8-sig") as file:
            rows = list(csv.reader(io.StringIO(file.read())))
        assert {row[0]: row[-1] for row in rows[1:]} == {
            "Nadia Berthier": "1,50",
            "Inès Karoui": "0,75",
        }


def test_a_member_finds_her_meetings_on_a_phone_and_in_her_calendar(page, enter_as, client):
    page.set_viewport_size({"width": 360, "height": 800})
    enter_as("illustratrice")
    page.goto(reverse("meetings"))
    expect(page.get_by_text("Annulée")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(reverse("my_calendar"))
    page.get_by_role("button", name="Obtenir mon adresse").click()
    address = page.locator("#calendar-address").input_value()
    path = "/agenda/" + address.rpartition("/")[2]
    calendar = vobject.readOne(client.get(path).content.decode())
    user = User.objects.get(email="illustratrice@demo.invalid")
    known = Meeting.objects.visible_to(user)
    assert len(calendar.vevent_list) == known.count() > 1
    page.get_by_role("button", name="Changer l’adresse").click()
    expect(page.locator("#calendar-address")).not_to_have_value(address)
    assert client.get(path).status_code == 404
