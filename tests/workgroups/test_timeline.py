"""What happened to a topic: one readable line for each thing somebody did."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.log_actions import LogFormatter, log
from wagtail.log_actions import registry as log_registry
from wagtail.models import PageLogEntry

from tests.factories.workgroups import (
    WorkgroupFactory,
    bring_to_sign_off,
    hand_over,
    member,
    person,
    publish,
)
from workgroups import signing, workflow
from workgroups.models import EditorialRecord
from workgroups.timeline import LINES_ON_A_PAGE, timeline
from workgroups.writers import name_writers

MOST_QUERIES = 22


def address(topic):
    return reverse("editorial_timeline", args=[topic.pk])


def icons(topic, page=1):
    """What kind of thing happened, the newest first."""
    return [line.icon for line in timeline(topic, page)]


def test_the_story_of_a_topic_is_told_once_and_the_newest_first(world, draft_topic, login):
    topic = draft_topic
    hand_over(topic, world.author)
    record = EditorialRecord.objects.get()
    workflow.send_back(record, world.illustrator, "draft", "Il manque le doudou.")
    topic = publish(topic, world.author, world.signatory)
    signing.withdraw(topic, world.coordinator, "Une source a changé.")
    workflow.start_round(topic, world.second_author)
    assert icons(topic) == [
        "history",  # a new round
        "warning",  # withdrawn
        "view",  # online
        "check",  # signed
        "arrow-right",
        "arrow-right",
        "undo",  # sent back
        "arrow-right",
        "edit",
        "doc-empty",
    ]
    lines = list(timeline(topic, 1))
    assert [line.who for line in lines[:3]] == [
        str(world.second_author),
        str(world.coordinator),
        str(world.signatory),
    ]
    said = " ".join(line.what for line in lines)
    for words in ("Il manque le doudou.", "Une source a changé.", "Illustration", "Validation"):
        assert words in said
    page = login(world.author).get(address(topic)).content.decode()
    assert all(line.what.replace("'", "&#x27;") in page for line in lines)


def test_a_signature_says_until_when_it_holds(world, live_topic):
    (signed,) = [line for line in timeline(live_topic, 1) if line.icon == "check"]
    assert str(live_topic.valid_sign_offs[0].review_due_on.year) in signed.what


def test_what_one_person_keeps_again_and_again_is_one_line(world, draft_topic):
    noon = timezone.localtime().replace(hour=12, minute=0) - timedelta(days=2)
    PageLogEntry.objects.all().delete()

    def edit(user, minutes):
        moment = noon + timedelta(minutes=minutes)
        log(instance=draft_topic, action="wagtail.edit", user=user, timestamp=moment)

    for minutes in range(0, 40, 10):
        edit(world.author, minutes)
    edit(world.second_author, 50)
    edit(world.author, 60)
    edit(world.author, 24 * 60)
    lines = list(timeline(draft_topic, 1))
    assert [line.who for line in lines] == [
        str(world.author),
        str(world.author),
        str(world.second_author),
        str(world.author),
    ]
    assert lines[0].day != lines[1].day
    assert lines[3].until - lines[3].since == timedelta(minutes=30)


class Said(LogFormatter):
    label = "Remarque"

    def format_message(self, log_entry):
        return f"Remarque : {log_entry.data['text']}"


def test_what_other_rooms_log_shows_as_well(world, monkeypatch):
    log_registry.scan_for_actions()
    monkeypatch.setattr(log_registry, "formatters", dict(log_registry.formatters))
    monkeypatch.setattr(log_registry, "choices", list(log_registry.choices))
    topic = world.make_topic()
    log_registry.register_action("workgroups.remark_tried")(Said)
    log_registry.register_action("workgroups.brief_tried", "Commande", "Commande passée")
    data = {"text": "Plus court <b>ici</b>"}
    log(instance=topic, action="workgroups.remark_tried", user=world.author, data=data)
    log(instance=topic, action="workgroups.brief_tried", user=world.author)
    assert [(line.icon, line.what) for line in timeline(topic, 1)][:2] == [
        ("image", "Commande passée"),
        ("comment", "Remarque : Plus court <b>ici</b>"),
    ]


def test_no_words_of_a_remark_become_markup(world, draft_topic, login):
    hand_over(draft_topic, world.author)
    record = EditorialRecord.objects.get()
    workflow.send_back(record, world.illustrator, "draft", "<script>alert(1)</script>")
    page = login(world.author).get(address(draft_topic)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_who_is_to_write_stands_there(world, draft_topic):
    name_writers(draft_topic, [world.author, world.second_author], by=world.coordinator)
    newest = timeline(draft_topic, 1)[0]
    assert newest.who == str(world.coordinator)
    assert str(world.second_author) in newest.what


def test_what_the_site_did_by_itself_names_nobody(world, draft_topic, login):
    log(instance=draft_topic, action="wagtail.publish")
    assert timeline(draft_topic, 1)[0].who == ""
    assert login(world.author).get(address(draft_topic)).status_code == HTTPStatus.OK


def test_it_is_for_whoever_may_read_the_draft(world, draft_topic, login):
    topic = draft_topic
    strangers = (member(WorkgroupFactory()), world.signatory, person("author"))
    for user in (world.author, world.illustrator, world.coordinator, world.superuser):
        assert login(user).get(address(topic)).status_code == HTTPStatus.OK
    for user in strangers:
        assert login(user).get(address(topic)).status_code == HTTPStatus.FOUND
    bring_to_sign_off(topic, world.author)
    assert login(world.signatory).get(address(topic)).status_code == HTTPStatus.OK
    assert login(strangers[0]).get(address(topic)).status_code == HTTPStatus.FOUND
    topic = publish(topic, world.author, world.signatory)
    workflow.start_round(topic, world.author)
    # She signed what parents read; the next draft is not hers to read yet.
    assert login(world.signatory).get(address(topic)).status_code == HTTPStatus.FOUND


def test_one_finds_it_from_the_editor_the_card_and_the_sign_off(world, draft_topic, login):
    places = [
        reverse("wagtailadmin_pages:edit", args=[draft_topic.pk]),
        reverse("editorial_board"),
        reverse("workgroup_room", args=[world.group.pk]),
    ]
    for place in places:
        assert address(draft_topic) in login(world.author).get(place).content.decode()
    bring_to_sign_off(draft_topic, world.author)
    sign_off = reverse("editorial_sign_off", args=[draft_topic.pk])
    assert address(draft_topic) in login(world.signatory).get(sign_off).content.decode()


@pytest.mark.parametrize("number", ["abc", "-1", "0", "99999", ""])
def test_a_page_that_is_not_there_shows_one_that_is(world, draft_topic, login, number):
    assert login(world.author).get(address(draft_topic), {"p": number}).status_code == HTTPStatus.OK


def test_as_many_queries_for_much_that_happened(world, live_topic, login):
    client = login(world.author)

    def queries():
        client.get(address(live_topic))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(live_topic)).status_code == HTTPStatus.OK
        return len(captured)

    one = queries()
    day = parse_datetime("2026-01-05T09:00:00Z")
    people = [member(world.group) for _number in range(50)]
    for number, user in enumerate(people):
        log(
            instance=live_topic, action="wagtail.edit", user=user, timestamp=day + timedelta(number)
        )
    assert len(timeline(live_topic, 1)) == LINES_ON_A_PAGE
    assert timeline(live_topic, 1).paginator.count > 50
    assert queries() <= one <= MOST_QUERIES
