"""Remarks on a topic: made and closed by those who work on it, and waiting for them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from tests.factories.workgroups import (
    WorkgroupFactory,
    bring_to_sign_off,
    hand_over,
    member,
    person,
)
from tests.workgroups.doors import page_url, told
from workgroups import remarks
from workgroups.models import EditorialRecord, Remark, Reminder
from workgroups.waiting import waiting_besides_topics

MOST_QUERIES = 24
TEXT = "La sieste manque encore."


@pytest.fixture
def topic(draft_topic):
    return draft_topic


@pytest.fixture
def record(topic):
    return EditorialRecord.objects.get(page=topic.pk)


def place(page):
    return reverse("topic_remarks", args=[page.pk])


def done(remark):
    return reverse("remark_done", args=[remark.pk])


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def test_one_makes_it_another_closes_it_and_the_history_tells(world, login, topic):
    client = login(world.author)
    assert client.get(place(topic)).status_code == 200
    client.post(place(topic), {"text": TEXT, "due_on": in_days(5).isoformat()})
    remark = Remark.objects.get()
    assert (remark.author, remark.text, remark.due_on) == (world.author, TEXT, in_days(5))
    client = login(world.illustrator)
    assert TEXT in client.get(place(topic)).content.decode()
    client.post(done(remark), {f"remark-{remark.pk}-answer": "Elle y est."})
    remark.refresh_from_db()
    assert (remark.done_by, remark.answer) == (world.illustrator, "Elle y est.")
    page = client.get(place(topic)).content.decode()
    assert "Elle y est." in page
    entries = PageLogEntry.objects.filter(page=topic.pk, action__startswith="workgroups.")
    assert [(e.action, e.user, e.data["text"]) for e in entries.order_by("pk")] == [
        ("workgroups.remark", world.author, TEXT),
        ("workgroups.remark_done", world.illustrator, TEXT),
    ]
    history = login(world.author).get(page_url("history", topic)).content.decode()
    assert TEXT in history


def test_twice_does_it_once(world, login, topic, record):
    client = login(world.author)
    for _twice in range(2):
        response = client.post(place(topic), {"text": TEXT})
        assert told(response)
    remark = Remark.objects.get()
    for answer in ("Un.", "Deux."):
        assert told(client.post(done(remark), {f"remark-{remark.pk}-answer": answer}))
    remark.refresh_from_db()
    assert remark.answer == "Un."
    assert PageLogEntry.objects.filter(action__startswith="workgroups.").count() == 2
    # Closed, the same may be said again.
    assert remarks.make(record, TEXT, world.author).done


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "  "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"due_on": "demain"}, "due_on"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": "2999-01-01"}, "due_on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(world, login, topic, changes, field):
    response = login(world.author).post(place(topic), {"text": TEXT, "due_on": ""} | changes)
    assert field in response.context["form"].errors
    assert not Remark.objects.exists()


def test_an_answer_that_is_too_long_is_refused_whole(world, login, record, topic):
    remark = remarks.make(record, TEXT, world.author).thing
    login(world.author).post(done(remark), {f"remark-{remark.pk}-answer": "x" * 1001})
    remark.refresh_from_db()
    assert remark.is_open


# Who


def test_whom_it_does_not_concern_neither_reads_nor_closes(world, login, topic, record):
    remark = remarks.make(record, TEXT, world.author).thing
    left = world.second_author
    left.memberships.all().delete()
    neighbour = member(WorkgroupFactory(name="Repas"))
    for user in (left, neighbour, world.signatory, person("translator"), person("illustrator")):
        client = login(user)
        for answer in (
            client.get(place(topic)),
            client.post(place(topic), {"text": "Volé"}),
            client.get(done(remark)),
            client.post(done(remark)),
        ):
            assert answer.status_code in (302, 403)
            assert TEXT not in answer.content.decode()
    remark.refresh_from_db()
    assert remark.is_open
    assert Remark.objects.count() == 1


def test_whoever_is_asked_to_sign_takes_part(world, login, topic, record):
    bring_to_sign_off(topic, world.author)
    client = login(world.signatory)
    assert client.get(place(topic)).status_code == 200
    client.post(place(topic), {"text": TEXT})
    remark = Remark.objects.get()
    client.post(done(remark))
    remark.refresh_from_db()
    assert remark.done_by == world.signatory


def test_whoever_draws_for_a_group_without_an_illustrator_takes_part(world, login, topic, record):
    hand_over(topic, world.author)
    world.illustrator.memberships.all().delete()
    client = login(person("illustrator"))
    assert client.get(place(topic)).status_code == 200


def test_coordinators_take_part_everywhere(world, login, topic):
    login(world.coordinator).post(place(topic), {"text": TEXT})
    assert Remark.objects.get().author == world.coordinator


def test_a_remark_changes_nothing_of_what_is_signed_and_makes_nobody_an_author(
    world, login, topic, record
):
    bring_to_sign_off(topic, world.author)
    before = (topic.latest_revision_id, topic.get_latest_revision().content)
    login(world.signatory).post(place(topic), {"text": TEXT})
    topic.refresh_from_db()
    assert (topic.latest_revision_id, topic.get_latest_revision().content) == before
    page = login(world.signatory).get(reverse("editorial_sign_off", args=[topic.pk]))
    assert page.context["why_not"] is None


def test_a_topic_of_no_signature_is_deleted_with_its_remarks(world, login, topic, record):
    remarks.make(record, TEXT, world.author)
    login(world.coordinator).post(page_url("delete", topic))
    assert not Remark.objects.exists()


# Whom it waits for


def waiting(user):
    return [thing.title for thing in waiting_besides_topics(user) if TEXT in thing.why]


def test_with_a_due_date_it_waits_for_the_group(world, login, topic, record):
    remark = remarks.make(record, TEXT, world.coordinator, due_on=in_days(20)).thing
    remarks.make(record, "Sans date.", world.coordinator)
    for user in (world.author, world.illustrator):
        assert waiting(user) == [topic.title]
    for user in (world.coordinator, world.signatory, member(WorkgroupFactory(name="Repas"))):
        assert waiting(user) == []
    home = login(world.author).get(reverse("wagtailadmin_home")).content.decode()
    assert TEXT in home
    assert place(topic) in home
    assert "Sans date." not in home
    remarks.close(remark, "", world.author)
    assert waiting(world.author) == []


def test_where_the_group_is_closed_it_waits_for_the_coordinators(world, topic, record):
    remarks.make(record, TEXT, world.author, due_on=in_days(20))
    world.group.active = False
    world.group.save()
    assert waiting(world.author) == []
    assert waiting(world.coordinator) == [topic.title]


@pytest.fixture
def remind(django_capture_on_commit_callbacks):
    """{address: text} of this morning's mails."""

    def morning(day=None):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            from workgroups.reminders import send_reminders

            send_reminders(day) if day else call_command("send_reminders")
        return {message.to[0]: message.body for message in mail.outbox}

    return morning


def test_the_reminder_names_each_before_its_day_once_and_after_it_each_week(
    world, topic, record, remind
):
    EditorialRecord.objects.update(due_on=in_days(300))
    remarks.make(record, TEXT, world.author, due_on=in_days(20))
    remarks.make(record, "Une autre.", world.author, due_on=in_days(20))
    people = {u.email for u in (world.author, world.second_author, world.illustrator)}
    assert remind() == {}
    mails = remind(in_days(19))
    assert set(mails) == people
    text = mails[world.author.email]
    assert TEXT in text
    assert "Une autre." in text
    assert place(topic) in text
    assert remind(in_days(20)) == {}
    assert set(remind(in_days(21))) == people
    assert remind(in_days(27)) == {}
    assert set(remind(in_days(28))) == people
    assert Reminder.objects.filter(user=world.author).count() == 6


def test_one_remark_or_fifty_are_as_many_queries(world, login, topic, record):
    client = login(world.author)
    client.get(reverse("wagtailadmin_home"))  # the cache keeps the site's roots from now on
    numbers = []
    for total in (1, 50):
        while Remark.objects.count() < total:
            number = Remark.objects.count()
            made = remarks.make(record, f"{TEXT} {number}", member(world.group), in_days(3)).thing
            if number % 2:
                remarks.close(made, "Fait.", member(world.group))
        counts = []
        for address in (place(topic), reverse("wagtailadmin_home")):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        numbers.append(counts)
    assert numbers[0] == numbers[1]
    assert numbers[1][0] <= MOST_QUERIES
