"""A group's meetings: made, changed and cancelled by its members, and kept."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.factories.meetings import meeting
from tests.factories.workgroups import WorkgroupFactory, member
from workgroups import meetings
from workgroups.models import EditorialRecord, Meeting

PARIS = ZoneInfo("Europe/Paris")
LIST = reverse("meetings")
ADD = reverse("meeting_add")
MOST_QUERIES = 20


def page_of(found):
    return reverse("meeting", args=[found.pk])


def edit_of(found):
    return reverse("meeting_edit", args=[found.pk])


def cancel_of(found):
    return reverse("meeting_cancel", args=[found.pk])


def filled(**changes):
    """What a browser sends from the form of a new meeting."""
    day = timezone.localtime() + timedelta(days=7)
    values = {
        "uid": str(uuid.uuid4()),
        "sequence": "0",
        "title": "Relire le brouillon",
        "starts_at": f"{day:%Y-%m-%d} 14:30",
        "minutes": "90",
        "place": "Maison des parents",
        "video_url": "",
        "agenda": "Les réveils.\nLa sieste.",
    }
    return {**values, **changes}


def sent(found, **changes):
    """What a browser sends from the form of ``found``, opened as it is now."""
    start = timezone.localtime(found.starts_at)
    values = {name: getattr(found, name) for name in ("title", "minutes", "place", "agenda")}
    values |= {
        "uid": str(found.uid),
        "sequence": found.sequence,
        "starts_at": f"{start:%Y-%m-%d %H:%M}",
        "video_url": found.video_url,
        "topics": [record.pk for record in found.topics.all()],
    }
    return {**values, **changes}


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """The addresses to which ``mails(do)`` has written, sorted."""

    def of(do):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            do()
        return sorted(to for message in mail.outbox for to in message.to)

    return of


def everybody(world):
    return sorted(u.email for u in (world.author, world.second_author, world.illustrator))


def test_a_member_makes_a_meeting_and_all_members_are_invited(world, draft_topic, login, mails):
    record = EditorialRecord.objects.get(page=draft_topic.pk)
    client = login(world.author)
    assert client.get(ADD).status_code == 200
    answers = []
    data = filled(topics=[record.pk])
    assert mails(lambda: answers.append(client.post(ADD, data))) == everybody(world)
    made = Meeting.objects.get()
    assert answers[0].url == page_of(made)
    assert timezone.localtime(made.starts_at).strftime("%H:%M") == "14:30"
    assert made.ends_at - made.starts_at == timedelta(minutes=90)
    page = client.get(page_of(made)).content.decode()
    assert "Relire le brouillon" in page
    assert draft_topic.title in page
    assert ModelLogEntry.objects.get(action="wagtail.create").user == world.author
    text = mail.outbox[0].body
    assert "14:30" in text
    assert draft_topic.title in text
    assert page_of(made) in text


def test_the_times_are_those_of_paris(world, login):
    login(world.author).post(ADD, filled(starts_at="2026-12-01 14:30"))
    found = Meeting.objects.get()
    assert found.starts_at == datetime(2026, 12, 1, 14, 30, tzinfo=PARIS)
    page = login(world.author).get(page_of(found)).content.decode()
    assert "14:30" in page
    assert "16:00" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at": ""}, "starts_at"),
        ({"starts_at": "demain"}, "starts_at"),
        ({"starts_at": "1999-01-01 10:00"}, "starts_at"),
        ({"starts_at": "2099-01-01 10:00"}, "starts_at"),
        ({"starts_at": "2027-03-28 02:30"}, "starts_at"),  # the hour that is left out
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "5000"}, "minutes"),
        ({"minutes": "deux"}, "minutes"),
        ({"place": "", "video_url": ""}, "place"),
        ({"video_url": "javascript:alert(1)"}, "video_url"),
        ({"video_url": "ftp://exemple.org/salle"}, "video_url"),
        ({"video_url": "n'importe quoi"}, "video_url"),
        ({"agenda": "x" * 5001}, "agenda"),
        ({"title": "Relire\rle brouillon"}, "title"),
        ({"title": "Relire\nle brouillon"}, "title"),
        ({"title": "Relire\u2028le brouillon"}, "title"),
        ({"place": "Lyon\x1b3e"}, "place"),
        ({"uid": "pas-un-uid"}, "uid"),
    ],
)
def test_what_a_meeting_needs_is_said_at_its_field(world, login, mails, changes, field):
    client = login(world.author)
    answers = []
    assert mails(lambda: answers.append(client.post(ADD, filled(**changes)))) == []
    assert field in answers[0].context["form"].errors
    assert not Meeting.objects.exists()
    assert "le brouillon" in answers[0].content.decode()


def test_no_title_and_no_place_but_a_video(world, login):
    data = filled(title="", place="", video_url="https://visio.exemple.org/salle")
    response = login(world.author).post(ADD, data, follow=True)
    assert world.group.name in response.content.decode()
    assert 'href="https://visio.exemple.org/salle"' in response.content.decode()


def test_a_double_click_makes_one_meeting(world, login, mails):
    client, data = login(world.author), filled()
    assert len(mails(lambda: client.post(ADD, data))) == 3
    answers = []
    assert mails(lambda: answers.append(client.post(ADD, data))) == []
    assert answers[0].url == page_of(Meeting.objects.get())


def test_the_same_form_with_other_words_loses_neither_the_one_nor_the_other(world, login):
    client, data = login(world.author), filled()
    client.post(ADD, data)
    response = client.post(ADD, data | {"title": "Une autre réunion"})
    form = response.context["form"]
    assert form.non_field_errors()
    assert Meeting.objects.get().title == "Relire le brouillon"
    again = data | {"title": "Une autre réunion", "uid": str(form.data["uid"])}
    client.post(ADD, again)
    assert Meeting.objects.count() == 2


def test_a_coordinator_chooses_for_which_group(world, login, mails):
    WorkgroupFactory(name="Repas")
    client = login(world.coordinator)
    page = client.get(ADD).content.decode()
    assert f"?groupe={world.group.pk}" in page
    client.post(ADD, filled())
    assert not Meeting.objects.exists()
    address = f"{ADD}?groupe={world.group.pk}"
    assert mails(lambda: client.post(address, filled())) == everybody(world)
    assert Meeting.objects.get().workgroup == world.group


# Changing


def test_another_time_or_place_is_told_the_agenda_is_not(world, login, mails):
    found = meeting(world.group, world.author)
    client = login(world.second_author)
    assert client.get(edit_of(found)).status_code == 200
    assert mails(lambda: client.post(edit_of(found), sent(found, agenda="Tout."))) == []
    found.refresh_from_db()
    assert (found.agenda, found.sequence) == ("Tout.", 1)
    data = sent(found, place="Crèche des Lilas")
    assert mails(lambda: client.post(edit_of(found), data)) == everybody(world)
    found.refresh_from_db()
    assert (found.place, found.sequence) == ("Crèche des Lilas", 2)
    later = found.starts_at + timedelta(days=1)
    data = sent(found, starts_at=f"{timezone.localtime(later):%Y-%m-%d %H:%M}")
    assert mails(lambda: client.post(edit_of(found), data)) == everybody(world)


def test_nothing_new_changes_nothing(world, login, mails):
    found = meeting(world.group, world.author)
    assert mails(lambda: login(world.author).post(edit_of(found), sent(found))) == []
    found.refresh_from_db()
    assert found.sequence == 0


def test_two_change_it_at_once_and_neither_loses_her_words(world, login):
    found = meeting(world.group, world.author)
    old = sent(found)
    login(world.second_author).post(edit_of(found), sent(found, place="Crèche des Lilas"))
    response = login(world.author).post(edit_of(found), old | {"agenda": "Mes mots."})
    assert response.context["form"].non_field_errors()
    assert "Mes mots." in response.content.decode()
    found.refresh_from_db()
    assert (found.place, found.agenda) == ("Crèche des Lilas", "")
    again = old | {"agenda": "Mes mots.", "sequence": response.context["form"].data["sequence"]}
    login(world.author).post(edit_of(found), again)
    found.refresh_from_db()
    assert found.agenda == "Mes mots."


def test_a_past_meeting_keeps_its_time_and_place(world, login, mails):
    found = meeting(world.group, world.author)
    with time_machine.travel(found.ends_at + timedelta(hours=1), tick=False):
        client = login(world.author)
        answers = []
        data = sent(found, place="Ailleurs")
        assert mails(lambda: answers.append(client.post(edit_of(found), data))) == []
        assert answers[0].context["form"].non_field_errors()
        client.post(edit_of(found), sent(found, agenda="Ce dont on a parlé."))
    found.refresh_from_db()
    assert (found.place, found.agenda) == ("Maison des parents, Lyon", "Ce dont on a parlé.")


def at(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def test_what_is_to_come_is_not_moved_into_the_past(world, login, mails):
    found = meeting(world.group, world.author)
    answers = []
    data = sent(found, starts_at=at(found.starts_at - timedelta(days=300)), agenda="Mes mots.")
    send = lambda: answers.append(login(world.author).post(edit_of(found), data))  # noqa: E731
    assert mails(send) == []
    assert answers[0].context["form"].has_error("starts_at", "past")
    assert "Mes mots." in answers[0].content.decode()
    start = found.starts_at
    found.refresh_from_db()
    assert (found.starts_at, found.sequence) == (start, 0)


@pytest.mark.parametrize("to", [timedelta(days=3), -timedelta(days=3)])
@pytest.mark.parametrize("written", ["nothing", "who came", "a decision"])
def test_one_that_has_begun_is_not_moved(world, login, mails, to, written):
    found = meeting(world.group, world.author, begins_in=-timedelta(minutes=20))
    if written == "who came":
        meetings.keep_attendance(found, {world.author: found.hours}, world.author)
    elif written == "a decision":
        meetings.decide(found, "On garde le titre.", world.author)
    if written != "nothing":
        # However it came there.
        Meeting.objects.update(
            starts_at=found.starts_at + timedelta(days=1),
            ends_at=found.ends_at + timedelta(days=1),
        )
        found.refresh_from_db()
    start, client = found.starts_at, login(world.author)
    answers = []
    data = sent(found, starts_at=at(start + to))
    assert mails(lambda: answers.append(client.post(edit_of(found), data))) == []
    assert answers[0].context["form"].has_error("starts_at", "begun")
    found.refresh_from_db()
    assert (found.starts_at, found.sequence) == (start, 0)
    client.post(edit_of(found), sent(found, place="Salle du fond"))
    found.refresh_from_db()
    assert found.place == "Salle du fond"


def test_one_that_took_place_is_entered_afterwards_and_invites_nobody(world, login, mails):
    day = timezone.localtime() - timedelta(days=3)
    data = filled(starts_at=f"{day:%Y-%m-%d} 10:00")
    assert mails(lambda: login(world.author).post(ADD, data)) == []
    assert list(Meeting.objects.past()) == [Meeting.objects.get()]


def test_only_the_groups_own_topics(world, login):
    other = WorkgroupFactory(name="Repas")
    theirs = world.make_topic("Le goûter", group=other, author=member(other))
    record = EditorialRecord.objects.get(page=theirs.pk)
    world.make_topic()
    page = login(world.author).get(ADD).content.decode()
    assert "Le goûter" not in page
    response = login(world.author).post(ADD, filled(topics=[record.pk]))
    assert "topics" in response.context["form"].errors
    assert not Meeting.objects.exists()


def test_a_topic_given_to_another_group_is_named_no_more(world, draft_topic, login):
    record = EditorialRecord.objects.get(page=draft_topic.pk)
    found = meeting(world.group, world.author, topics=[record])
    assert draft_topic.title in login(world.author).get(page_of(found)).content.decode()
    EditorialRecord.objects.reassign(draft_topic, WorkgroupFactory(name="Repas"), world.coordinator)
    assert draft_topic.title not in login(world.author).get(page_of(found)).content.decode()


# Cancelling


def test_a_cancelled_meeting_stays_in_the_list_said_in_words(world, login, mails):
    found = meeting(world.group, world.author, title="Le point")
    client = login(world.second_author)
    assert client.get(cancel_of(found)).status_code == 200
    data = {"reason": "Trois absents."}
    assert mails(lambda: client.post(cancel_of(found), data)) == everybody(world)
    assert "Trois absents." in mail.outbox[0].body
    found.refresh_from_db()
    assert (found.cancelled_by, found.sequence) == (world.second_author, 1)
    page = client.get(LIST).content.decode()
    assert "Le point" in page
    assert "Trois absents." in page
    assert mails(lambda: client.post(cancel_of(found), {"reason": "Encore."})) == []
    found.refresh_from_db()
    assert found.cancel_reason == "Trois absents."
    assert ModelLogEntry.objects.filter(action="workgroups.meeting_cancel").count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_it_is_cancelled_with_a_reason_alone(world, login, reason):
    found = meeting(world.group, world.author)
    response = login(world.author).post(cancel_of(found), {"reason": reason})
    assert response.context["form"].errors
    found.refresh_from_db()
    assert not found.is_cancelled


def test_what_is_cancelled_changes_no_more(world, login, mails):
    found = meeting(world.group, world.author)
    meetings.cancel(found, world.author, "Trois absents.")
    found.refresh_from_db()
    client = login(world.author)
    assert client.get(edit_of(found)).url == page_of(found)
    data = sent(found, place="Ailleurs")
    assert mails(lambda: client.post(edit_of(found), data)) == []
    found.refresh_from_db()
    assert found.place != "Ailleurs"


def test_one_to_which_people_came_is_not_cancelled(world, login):
    found = meeting(world.group, world.author, begins_in=-timedelta(days=1))
    meetings.keep_attendance(found, {world.author: found.hours}, world.author)
    login(world.author).post(cancel_of(found), {"reason": "Erreur."})
    found.refresh_from_db()
    assert not found.is_cancelled
