"""The private feed: all her meetings, for her calendar program alone."""

from datetime import UTC, timedelta

import pytest
import vobject
from django.core.signing import Signer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.meetings import meeting
from tests.factories.workgroups import WorkgroupFactory, member, person
from workgroups import meetings
from workgroups.models import CalendarAddress, EditorialRecord, Meeting, Membership

MINE = reverse("my_calendar")


def address_of(user):
    made, _new = CalendarAddress.objects.get_or_create(user=user)
    return reverse("calendar_feed", args=[made.secret])


def events(client, address):
    """{summary: event} of the feed, read by vobject."""
    response = client.get(address)
    assert response.status_code == 200
    calendar = vobject.readOne(response.content.decode())
    return {event.summary.value: event for event in getattr(calendar, "vevent_list", [])}


def test_all_her_groups_meetings_and_nothing_else(world, client):
    second = WorkgroupFactory(name="Repas")
    Membership.objects.create(workgroup=second, user=world.author, role="author")
    for group, title, days in (
        (world.group, "Bientôt", 3),
        (second, "Chez les autres", 5),
        (world.group, "Il y a onze mois", -330),
        (world.group, "Il y a longtemps", -400),
        (WorkgroupFactory(), "Secretissime", 3),
    ):
        meeting(group, world.coordinator, timedelta(days=days), title=title)
    found = events(client, address_of(world.author))
    assert set(found) == {"Bientôt", "Chez les autres", "Il y a onze mois"}
    soon = Meeting.objects.get(title="Bientôt")
    assert found["Bientôt"].dtstart.value.astimezone(UTC) == soon.starts_at
    assert found["Bientôt"].dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Paris"]


def test_a_cancelled_meeting_is_cancelled_there_too(world, client):
    found = meeting(world.group, world.author, title="Le point")
    meetings.cancel(found, world.author, "Trois absents.")
    (cancelled,) = events(client, address_of(world.author)).values()
    assert cancelled.status.value == "CANCELLED"
    assert cancelled.uid.value == f"{found.uid}@mes-infos-bebe"
    assert cancelled.sequence.value == "1"
    assert cancelled.summary.value.endswith("Le point")
    assert cancelled.summary.value != "Le point"


def test_long_lines_are_folded_and_signs_escaped(world, client):
    agenda = "Ça, c'est long ; très long \\ vraiment : " * 20 + "\nFin."
    meeting(world.group, world.author, title="Un, deux ; trois", agenda=agenda)
    address = address_of(world.author)
    body = client.get(address).content
    assert b"\r\n" in body
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert agenda in events(client, address)["Un, deux ; trois"].description.value


def test_nobody_adds_an_event_through_a_title(world, client):
    title = "Un\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Deux"
    found = meeting(world.group, world.author)
    Meeting.objects.filter(pk=found.pk).update(title=title, place="Lyon\nATTACH:http://x")
    response = client.get(address_of(world.author))
    assert response.content.count(b"\r\nBEGIN:VEVENT\r\n") == 1
    assert b"\r\nATTACH" not in response.content


def test_what_calendar_programs_ask_for(world, client):
    meeting(world.group, world.author)
    address = address_of(world.author)
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    text = response.content.decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT2H" in text
    assert "X-PUBLISHED-TTL:PT2H" in text
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert "private" in again["Cache-Control"]
    meeting(world.group, world.author)
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 200
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


def test_an_empty_calendar_is_one_too(world, client):
    assert events(client, address_of(world.author)) == {}


# Whose it is


def test_a_renewed_address_shows_nothing_at_the_old_one(world, login, client):
    meeting(world.group, world.author, title="Le point")
    login(world.author)
    assert not CalendarAddress.objects.exists()
    client.get(MINE)
    assert not CalendarAddress.objects.exists()
    client.post(MINE)
    old = address_of(world.author)
    page = client.get(MINE)
    assert old in page.content.decode()
    since = page.context["since"].isoformat()
    client.post(MINE, {"since": since})
    new = address_of(world.author)
    assert new != old
    # The second half of a double click, or an old tab.
    client.post(MINE, {"since": since})
    assert address_of(world.author) == new
    client.logout()
    assert "Le point" in events(client, new)
    gone = client.get(old)
    assert gone.status_code == 404
    assert not gone.cookies


def test_a_secret_cannot_be_guessed(world, client):
    address = address_of(world.author)
    nonce = CalendarAddress.objects.get().nonce
    other = CalendarAddress.objects.create(user=world.second_author)
    secrets = [
        nonce,
        f"{nonce}.",
        f"{nonce}.{other.secret.split('.')[1]}",
        Signer(salt="autre", sep=".").sign(nonce),
        str(world.author.pk),
        "x" * 500,
        f"{nonce}%00",
    ]
    assert client.get(address).status_code == 200
    for secret in secrets:
        assert client.get(f"/agenda/{secret}.ics").status_code == 404


def test_who_leaves_the_group_finds_nothing_of_it_any_more(world, client):
    meeting(world.group, world.author, title="Le point")
    address = address_of(world.second_author)
    assert "Le point" in events(client, address)
    world.second_author.memberships.all().delete()
    assert events(client, address) == {}


def test_a_closed_account_or_group_gives_nothing(world, client):
    meeting(world.group, world.author)
    first, second = address_of(world.author), address_of(world.second_author)
    world.author.is_active = False
    world.author.save()
    assert client.get(first).status_code == 404
    world.group.active = False
    world.group.save()
    assert events(client, second) == {}


def test_a_coordinator_finds_those_that_she_called(world, client):
    meeting(world.group, world.coordinator, title="La mienne")
    meeting(world.group, world.author, title="Une autre")
    address = address_of(world.coordinator)
    assert set(events(client, address)) == {"La mienne"}
    world.coordinator.groups.clear()
    assert events(client, address) == {}


def test_a_topic_of_another_group_is_not_named(world, draft_topic, client):
    record = EditorialRecord.objects.get(page=draft_topic.pk)
    meeting(world.group, world.author, topics=[record])
    address = address_of(world.author)
    assert draft_topic.title in client.get(address).content.decode()
    EditorialRecord.objects.reassign(draft_topic, WorkgroupFactory(), world.coordinator)
    assert draft_topic.title not in client.get(address).content.decode()


def test_who_has_no_meetings_has_no_calendar_page(world, login):
    for user in (world.signatory, person("translator")):
        client = login(user)
        assert client.get(MINE).status_code == 302
        client.post(MINE)
    assert not CalendarAddress.objects.exists()


@pytest.mark.parametrize("topics", [0, 2])
def test_one_meeting_or_fifty_are_as_many_queries(world, client, topics):
    records = [
        EditorialRecord.objects.get(page=world.make_topic(f"Sujet {n}").pk) for n in range(topics)
    ]
    address = address_of(member(world.group))
    numbers = []
    for total in (1, 50):
        while Meeting.objects.count() < total:
            meeting(world.group, world.author, topics=records)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 5
