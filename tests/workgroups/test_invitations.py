"""Invitations: to each member one mail with a calendar file that another library understands."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
import vobject
from django.core import mail
from django.core.mail import BadHeaderError
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from tests.factories.meetings import meeting
from tests.factories.workgroups import WorkgroupFactory, member
from workgroups import meetings
from workgroups.models import EditorialRecord, Meeting, Membership, Workgroup
from workgroups.notifications import send_mails

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """``commit(do)``: the mails that this has sent, {address: message}."""

    def of(do):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            do()
        mails = {message.to[0]: message for message in mail.outbox}
        assert len(mails) == len(mail.outbox), "two mails to one person"
        return mails

    return of


def files(message):
    """(content type, method, text) of each calendar in the mail, as it is sent."""
    return [
        (part.get_content_type(), part.get_param("method"), part.get_payload(decode=True).decode())
        for part in message.message().walk()
        if part.get_content_maintype() == "text" and part.get_content_subtype() == "calendar"
    ]


def event(message):
    """The one event in the mail's calendar, read by vobject."""
    (_type, method, text), (_again, _method, same) = files(message)
    assert text == same
    calendar = vobject.readOne(text)
    assert calendar.method.value == method
    assert len(calendar.vevent_list) == 1
    return method, calendar.vevent


def change(found, user, **values):
    again = Meeting.objects.get(pk=found.pk)
    for name, value in values.items():
        setattr(again, name, value)
    meetings.change(again, list(again.topics.all()), user)


def test_the_file_says_what_when_where_and_for_whom(world, commit, settings):
    settings.DEFAULT_FROM_EMAIL = "Mes Infos Bébé <ne-pas-repondre@exemple.org>"
    topic = world.make_topic()
    found = []
    mails = commit(
        lambda: found.append(
            meeting(
                world.group,
                world.author,
                title="Relire ; décider, enfin",
                place="Crèche des Lilas, 3 rue Émile-Zola, Lyon",
                video_url="https://visio.exemple.org/salle",
                agenda="Un.\r\nDeux ; trois, quatre \\ cinq.",
                topics=[EditorialRecord.objects.get(page=topic.pk)],
            )
        )
    )
    (made,) = found
    assert set(mails) == {u.email for u in (world.author, world.second_author, world.illustrator)}
    method, invited = event(mails[world.illustrator.email])
    assert method == "REQUEST"
    assert invited.uid.value == f"{made.uid}@mes-infos-bebe"
    assert invited.sequence.value == "0"
    assert invited.status.value == "CONFIRMED"
    assert invited.summary.value == "Relire ; décider, enfin"
    assert invited.location.value == "Crèche des Lilas, 3 rue Émile-Zola, Lyon"
    assert invited.dtstart.value.astimezone(UTC) == made.starts_at
    assert invited.dtend.value.astimezone(UTC) == made.ends_at
    assert invited.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Paris"]
    description = invited.description.value
    assert "Un.\nDeux ; trois, quatre \\ cinq." in description
    assert "https://visio.exemple.org/salle" in description
    assert topic.title in description
    assert invited.organizer.value == "mailto:ne-pas-repondre@exemple.org"
    assert [a.value for a in invited.attendee_list] == [f"mailto:{world.illustrator.email}"]


def test_the_mail_carries_it_as_another_form_and_as_a_file(world, commit):
    mails = commit(lambda: meeting(world.group, world.author))
    message = mails[world.author.email].message()
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/calendar", "text/calendar",
    ]  # fmt: skip
    assert [part.get_filename() for part in message.walk()][-1] == "reunion.ics"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\x0b", "\u2028"])
def test_a_title_of_two_lines_loses_no_invitation(world, commit, end):
    mails = commit(lambda: meeting(world.group, world.author, title=f"Relire{end}et décider"))
    assert len(mails) == 3
    for message in mails.values():
        assert "Relire et décider" in message.subject
        assert message.message()["Subject"]


def test_a_mail_that_cannot_be_sent_stops_no_other(db):
    mails = [
        {"to": f"{name}@exemple.org", "subject": subject, "body": "Bonjour."}
        for name, subject in (("a", "Un"), ("b", "De\rux"), ("c", "Trois"))
    ]
    with pytest.raises(BadHeaderError):
        send_mails.call(mails)
    assert [message.to for message in mail.outbox] == [["a@exemple.org"], ["c@exemple.org"]]


def test_a_change_raises_the_number_and_keeps_the_name(world, commit):
    made = meeting(world.group, world.author)
    change(made, world.author, agenda="Rien de neuf.")
    mails = commit(lambda: change(made, world.author, place="Ailleurs"))
    method, changed = event(mails[world.author.email])
    assert (method, changed.sequence.value) == ("REQUEST", "2")
    assert changed.uid.value == f"{made.uid}@mes-infos-bebe"
    assert changed.location.value == "Ailleurs"
    mails = commit(lambda: meetings.cancel(made, world.author, "Trois absents."))
    method, cancelled = event(mails[world.author.email])
    assert (method, cancelled.sequence.value) == ("CANCEL", "3")
    assert cancelled.uid.value == f"{made.uid}@mes-infos-bebe"
    assert cancelled.status.value == "CANCELLED"


def test_whoever_joins_later_is_invited_to_what_comes(world, commit):
    coming = meeting(world.group, world.author, title="Prochaine")
    meeting(world.group, world.author, begins_in=-timedelta(days=2), title="Passée")
    meeting(WorkgroupFactory(), world.coordinator, title="Ailleurs")
    cancelled = meeting(world.group, world.author, title="Annulée")
    meetings.cancel(cancelled, world.author, "Trois absents.")
    joined = []
    mails = commit(lambda: joined.append(member(world.group)))
    assert set(mails) == {joined[0].email}
    assert event(mails[joined[0].email])[1].uid.value.startswith(str(coming.uid))
    assert commit(world.author.save) == {}


def test_a_second_role_invites_nobody_twice(world, commit):
    meeting(world.group, world.author)
    add = lambda: Membership.objects.create(  # noqa: E731
        user=world.author, workgroup=world.group, role="illustrator"
    )
    assert commit(add) == {}
    assert commit(lambda: world.author.memberships.filter(role="illustrator").delete()) == {}
    assert world.author.email in commit(
        lambda: change(Meeting.objects.get(), world.author, place="Ailleurs")
    )


@pytest.mark.parametrize("leaves", ["the group", "the site"])
def test_whoever_leaves_hears_no_more_and_is_invited_anew_when_back(world, commit, leaves):
    made = meeting(world.group, world.author)
    gone = world.second_author

    def go():
        if leaves == "the group":
            gone.memberships.all().delete()
        else:
            gone.is_active = False
            gone.save()

    def come_back():
        if leaves == "the group":
            Membership.objects.create(user=gone, workgroup=world.group, role="author")
        else:
            gone.is_active = True
            gone.save()

    assert commit(go) == {}
    mails = commit(lambda: change(made, world.author, place="Ailleurs"))
    assert gone.email not in mails
    mails = commit(come_back)
    assert set(mails) == {gone.email}
    method, invited = event(mails[gone.email])
    assert (method, invited.location.value) == ("REQUEST", "Ailleurs")
    commit(go)
    mails = commit(lambda: meetings.cancel(made, world.author, "Trois absents."))
    assert gone.email not in mails
    assert world.author.email in mails


def test_the_daily_command_makes_up_for_what_nothing_told(world, commit):
    made = meeting(world.group, world.author)
    User.objects.filter(pk=world.second_author.pk).update(is_active=False)
    call_command("send_reminders")
    assert not made.invitations.filter(user=world.second_author).exists()
    User.objects.filter(pk=world.second_author.pk).update(is_active=True)
    mails = commit(lambda: call_command("send_reminders"))
    assert set(mails) == {world.second_author.email}


def test_a_change_reaches_nobody_who_left_without_a_signal(world, commit):
    made = meeting(world.group, world.author)
    User.objects.filter(pk=world.second_author.pk).update(is_active=False)
    mails = commit(lambda: change(made, world.author, place="Ailleurs"))
    assert set(mails) == {world.author.email, world.illustrator.email}


def by_the_screen(world, login):
    address = reverse("workgroup:edit", args=[world.group.pk])
    client = login(world.coordinator)
    fields = client.get(address).context["form"].initial
    data = {name: value for name, value in fields.items() if value is not None}
    data |= {
        "memberships-TOTAL_FORMS": 0,
        "memberships-INITIAL_FORMS": 0,
        "memberships-MIN_NUM_FORMS": 0,
        "memberships-MAX_NUM_FORMS": 100,
    }
    data.pop("active")
    assert client.post(address, data).status_code == 302


def by_code(world, login):
    Workgroup.objects.get(pk=world.group.pk).save()
    group = Workgroup.objects.get(pk=world.group.pk)
    group.active = False
    group.save(update_fields=["active"])


def by_an_update(world, login):
    Workgroup.objects.filter(pk=world.group.pk).update(active=False)
    call_command("send_reminders")


@pytest.mark.parametrize("close", [by_the_screen, by_code, by_an_update])
def test_a_group_that_closes_cancels_what_was_to_come_and_says_so(world, commit, login, close):
    coming = meeting(world.group, world.author, title="Prochaine")
    held = meeting(world.group, world.author, begins_in=-timedelta(minutes=5))
    cancelled = meeting(world.group, world.author, title="Annulée")
    meetings.cancel(cancelled, world.author, "Trois absents.")
    elsewhere = meeting(WorkgroupFactory(), world.coordinator)
    User.objects.filter(pk=world.second_author.pk).update(is_active=False)
    mails = commit(lambda: close(world, login))
    members = {world.author.email, world.illustrator.email}
    assert {to for to in mails if to != world.coordinator.email} == members
    method, gone = event(mails[world.author.email])
    assert (method, gone.status.value, gone.sequence.value) == ("CANCEL", "CANCELLED", "1")
    coming.refresh_from_db()
    assert coming.cancel_reason in mails[world.author.email].body
    assert coming.cancel_reason
    by = world.coordinator if close is by_the_screen else None
    assert coming.cancelled_by == by
    page = login(world.coordinator).get(reverse("meeting", args=[coming.pk]))
    assert coming.cancel_reason in page.content.decode()
    assert "None cancelled" not in page.content.decode()
    assert "None a annulé" not in page.content.decode()
    for other in (held, elsewhere):
        other.refresh_from_db()
        assert not other.is_cancelled
    cancelled.refresh_from_db()
    assert cancelled.cancel_reason == "Trois absents."
    assert commit(lambda: close(world, login)) == {}


def test_a_group_whose_closing_fails_keeps_its_meetings(world, commit):
    made = meeting(world.group, world.author)
    world.group.active = False

    @transaction.atomic
    def close_and_fail():
        world.group.save()
        raise ZeroDivisionError

    def fail():
        with pytest.raises(ZeroDivisionError):
            close_and_fail()

    assert commit(fail) == {}
    made.refresh_from_db()
    assert not made.is_cancelled


def test_nobody_hears_of_a_change_to_what_is_over(world, commit):
    made = meeting(world.group, world.author)
    with time_machine.travel(made.ends_at + timedelta(days=1), tick=False):
        assert commit(lambda: change(made, world.author, agenda="Ce qui s'est dit.")) == {}
        assert commit(lambda: meetings.cancel(made, world.author, "Personne.")) == {}


@pytest.mark.parametrize(
    ("moment", "offset"),
    [
        (datetime(2027, 3, 27, 23, 30, tzinfo=PARIS), 1),
        (datetime(2027, 3, 28, 1, 30, tzinfo=PARIS), 1),
        (datetime(2027, 3, 28, 3, 30, tzinfo=PARIS), 2),
        (datetime(2027, 7, 1, 9, 0, tzinfo=PARIS), 2),
        (datetime(2027, 10, 31, 1, 30, tzinfo=PARIS), 2),
        (datetime(2027, 10, 31, 3, 30, tzinfo=PARIS), 1),
    ],
)
def test_the_zone_in_the_file_changes_its_clocks_when_paris_does(world, commit, moment, offset):
    """Read with the file's own zone, whatever the reader knows of Paris."""
    with time_machine.travel(datetime(2027, 3, 1, tzinfo=PARIS)):
        made = []
        mails = commit(
            lambda: made.append(
                meeting(world.group, world.author, begins_in=moment - datetime.now(UTC))
            )
        )
        start = made[0].starts_at
    zone = vobject.readOne(files(mails[world.author.email])[0][2]).vtimezone.tzinfo
    local = start.astimezone(PARIS).replace(tzinfo=None)
    assert zone.utcoffset(local) == timedelta(hours=offset)
    assert start.astimezone(PARIS).utcoffset() == timedelta(hours=offset)


def test_the_zone_names_the_last_sundays_of_march_and_october(world, commit):
    mails = commit(lambda: meeting(world.group, world.author))
    zone = vobject.readOne(files(mails[world.author.email])[0][2]).vtimezone.tzinfo
    for year in range(2024, 2040):
        for month, before, after in ((3, 1, 2), (10, 2, 1)):
            last = date(year, month, 31)
            last -= timedelta(days=(last.weekday() + 1) % 7)
            noon = datetime(year, month, last.day, 12)  # noqa: DTZ001 - local
            assert zone.utcoffset(noon - timedelta(days=1)) == timedelta(hours=before)
            assert zone.utcoffset(noon) == timedelta(hours=after)
