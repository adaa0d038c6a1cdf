"""Reminders: one mail a person with everything in it, and nothing twice."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from accounts.models import User
from tests.factories.workgroups import hand_over, member, publish
from workgroups.models import EditorialRecord, Reminder, Workgroup

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 23)


def on(day):
    """The morning of the date ``day``."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 6, tzinfo=PARIS), tick=False)


def remind(day, django_capture_on_commit_callbacks):
    """The mails of that morning: {who: text}."""
    mail.outbox.clear()
    with on(day), django_capture_on_commit_callbacks(execute=True):
        call_command("send_reminders")
    mails = {}
    for message in mail.outbox:
        (to,) = message.to
        assert to not in mails, "two mails to one person"
        mails[to] = f"{message.subject}\n{message.body}"
    return mails


@pytest.fixture
def morning(django_capture_on_commit_callbacks):
    return lambda day: remind(day, django_capture_on_commit_callbacks)


@pytest.fixture
def topic(world):
    with on(MONDAY):
        return world.make_topic()


def due(page, day):
    EditorialRecord.objects.filter(page=page.pk).update(due_on=day)


def test_three_working_days_before_and_then_once(world, topic, morning):
    due(topic, MONDAY + timedelta(days=7))
    assert morning(MONDAY) == {}
    assert morning(MONDAY + timedelta(days=1)) == {}
    wednesday = MONDAY + timedelta(days=2)
    mails = morning(wednesday)
    assert set(mails) == {world.author.email, world.second_author.email}
    text = mails[world.author.email]
    assert topic.title in text
    assert "30 novembre 2026" in text
    assert f"/admin/pages/{topic.pk}/edit/" in text
    assert morning(wednesday) == {}
    assert morning(wednesday + timedelta(days=1)) == {}


def test_after_the_date_the_coordinators_too_and_again_each_week(world, topic, morning):
    due(topic, MONDAY - timedelta(days=3))
    mails = morning(MONDAY)
    assert set(mails) == {world.author.email, world.second_author.email, world.coordinator.email}
    assert "En retard" in mails[world.coordinator.email]
    for days in range(1, 7):
        assert morning(MONDAY + timedelta(days=days)) == {}
    assert set(morning(MONDAY + timedelta(days=7))) == set(mails)


def test_everything_is_in_one_mail(world, topic, morning):
    with on(MONDAY - timedelta(days=3)):
        second, third = world.make_topic("Le doudou"), world.make_topic("Le bain")
    due(topic, MONDAY - timedelta(days=1))
    due(second, MONDAY + timedelta(days=1))
    due(third, MONDAY + timedelta(days=90))
    text = morning(MONDAY)[world.author.email]
    assert text.startswith("2 sujets comptent sur vous")
    assert topic.title in text
    assert "Le doudou" in text
    assert "Le bain" not in text


def test_who_wants_one_mail_a_day_or_a_week_hears_of_new_work_there(
    world, topic, morning, django_capture_on_commit_callbacks
):
    illustrators = {
        rhythm: member(world.group, "illustrator", mail_rhythm=rhythm)
        for rhythm in ("daily", "weekly")
    }
    mail.outbox.clear()
    with on(MONDAY), django_capture_on_commit_callbacks(execute=True):
        hand_over(topic, world.author)
    assert {to for message in mail.outbox for to in message.to} == {world.illustrator.email}
    due(topic, MONDAY + timedelta(days=60))
    mails = morning(MONDAY + timedelta(days=1))
    assert set(mails) == {user.email for user in illustrators.values()}
    assert "Ce qui vous attend" in mails[illustrators["daily"].email]

    with on(MONDAY + timedelta(days=1)):
        other = world.make_topic("Le doudou")
        hand_over(other, world.author)
    due(other, MONDAY + timedelta(days=60))
    tuesday = morning(MONDAY + timedelta(days=2))
    assert set(tuesday) == {illustrators["daily"].email}
    assert topic.title not in tuesday[illustrators["daily"].email]
    assert morning(MONDAY + timedelta(days=6)) == {}
    assert set(morning(MONDAY + timedelta(days=7))) == {illustrators["weekly"].email}


def test_a_review_is_announced_sixty_and_fourteen_days_before(world, topic, morning):
    publish(topic, world.author, world.signatory)
    day = MONDAY + timedelta(days=100)
    EditorialRecord.objects.update(review_due_on=day)
    people = {world.author, world.second_author, world.illustrator, world.signatory}
    people = {user.email for user in people}
    told = {
        before: set(morning(day - timedelta(days=before)))
        for before in (61, 60, 59, 15, 14, 13, 0, -1)
    }
    assert told == {
        61: set(), 60: people, 59: set(), 15: set(), 14: people, 13: set(), 0: people, -1: set(),
    }  # fmt: skip


def test_a_review_that_nobody_is_left_for_is_the_coordinators(world, topic, morning):
    publish(topic, world.author, world.signatory)
    day = MONDAY + timedelta(days=60)
    EditorialRecord.objects.update(review_due_on=day)
    Workgroup.objects.filter(pk=world.group.pk).update(active=False)
    User.objects.filter(pk=world.signatory.pk).update(is_active=False)
    assert set(morning(MONDAY)) == {world.coordinator.email}


def test_what_was_said_at_once_is_not_said_again_that_morning(world, topic, morning):
    Workgroup.objects.filter(pk=world.group.pk).update(illustration_days=2)
    with on(MONDAY):
        hand_over(topic, world.author)
    assert world.illustrator.email not in morning(MONDAY)
    assert topic.title in morning(MONDAY + timedelta(days=1))[world.illustrator.email]


def test_a_missed_day_is_made_up_for(world, topic, morning):
    publish(topic, world.author, world.signatory)
    EditorialRecord.objects.update(review_due_on=MONDAY + timedelta(days=10))
    assert world.signatory.email in morning(MONDAY)


def test_nothing_for_those_who_have_left(world, topic, morning):
    due(topic, MONDAY - timedelta(days=3))
    User.objects.filter(pk=world.author.pk).update(is_active=False)
    assert world.author.email not in morning(MONDAY)


def test_a_mail_that_cannot_be_written_leaves_the_others(world, topic, morning, monkeypatch):
    """What was not sent is sent next time."""
    from workgroups import reminders

    due(topic, MONDAY - timedelta(days=3))
    write = reminders.mail

    def fail_for_one(users, *args):
        if users == [world.author]:
            raise RuntimeError
        write(users, *args)

    monkeypatch.setattr(reminders, "mail", fail_for_one)
    assert set(morning(MONDAY)) == {world.second_author.email, world.coordinator.email}
    assert not Reminder.objects.filter(user=world.author).exists()
    monkeypatch.setattr(reminders, "mail", write)
    assert set(morning(MONDAY)) == {world.author.email}


def test_one_chooses_how_often(world, login):
    client = login(world.author)
    page = client.get("/admin/account/").content.decode()
    assert "name_email-mail_rhythm" in page
