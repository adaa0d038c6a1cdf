"""Who came to a meeting, what was decided there, and the hours that it all took."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from tests.factories.meetings import meeting
from tests.factories.workgroups import WorkgroupFactory, member, person
from tests.workgroups.doors import told
from workgroups import meetings, remarks
from workgroups.models import Decision, EditorialRecord, GivenHours, Remark

HOURS = reverse("given_hours")
ADD_HOURS = reverse("given_hours_add")
MOST_QUERIES = 26
YESTERDAY = -timedelta(days=1)


@pytest.fixture
def held(world):
    """A meeting of yesterday, an hour and a half long."""
    return meeting(world.group, world.author, begins_in=YESTERDAY, title="Le point")


def page_of(found):
    return reverse("meeting", args=[found.pk])


def attendance_of(found):
    return reverse("meeting_attendance", args=[found.pk])


def came(**hours):
    """What the form sends of who came: ``pk_3="2"``."""
    data = {}
    for name, number in hours.items():
        pk = name.removeprefix("pk_")
        data |= {f"came_{pk}": "on", f"hours_{pk}": number}
    return data


def opened(client, found):
    """What the form sends besides, of how it stood when ``client`` opened it."""
    form = client.get(page_of(found)).context["attendance"]
    hidden = re.findall(r'name="(opened_\d+)"(?: value="([\d.]+)")?', form.as_p())
    assert len(hidden) == len(form.people)
    return dict(hidden)


def kept(found):
    return {given.user: given.hours for given in found.attendance.select_related("user")}


# Who came


def test_the_length_of_the_meeting_unless_one_says_otherwise(world, login, held):
    client = login(world.author)
    page = client.get(page_of(held))
    assert {row[0] for row in page.context["attendance"].rows} == {
        world.author, world.second_author, world.illustrator,
    }  # fmt: skip
    data = came(**{f"pk_{world.author.pk}": "", f"pk_{world.illustrator.pk}": "0.75"})
    data[f"hours_{world.second_author.pk}"] = "1.50"  # not ticked
    client.post(attendance_of(held), data)
    assert kept(held) == {world.author: Decimal("1.50"), world.illustrator: Decimal("0.75")}


def test_what_stands_there_can_be_corrected(world, login, held):
    meetings.keep_attendance(held, {world.author: Decimal(2), world.illustrator: Decimal(2)}, None)
    data = came(**{f"pk_{world.author.pk}": "2.25"}) | opened(login(world.author), held)
    for _twice in range(2):
        assert told(login(world.second_author).post(attendance_of(held), data))
        assert kept(held) == {world.author: Decimal("2.25")}


@pytest.mark.parametrize("number", ["0", "-1", "25", "beaucoup", "1.333", "1e9", "NaN"])
def test_hours_that_cannot_be_are_said_and_nothing_is_kept(world, login, held, number):
    data = came(**{f"pk_{world.author.pk}": number, f"pk_{world.illustrator.pk}": "1"})
    response = login(world.author).post(attendance_of(held), data)
    assert f"hours_{world.author.pk}" in response.context["attendance"].errors
    assert kept(held) == {}
    assert 'class="error-message"' in response.content.decode()


def test_who_has_left_since_may_still_be_down_as_having_come(world, login):
    found = meeting(world.group, world.author, begins_in=timedelta(hours=1))
    found.__class__.objects.filter(pk=found.pk).update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1)
    )
    gone = world.second_author
    gone.memberships.all().delete()
    login(world.author).post(attendance_of(found), came(**{f"pk_{gone.pk}": "1"}))
    assert kept(found) == {gone: Decimal(1)}


def test_a_stranger_is_not_brought_in_by_hand(world, login, held):
    stranger = person("author")
    login(world.author).post(attendance_of(held), came(**{f"pk_{stranger.pk}": "1"}))
    assert kept(held) == {}


def test_before_it_begins_and_once_cancelled_nothing_is_kept(world, login):
    coming = meeting(world.group, world.author)
    cancelled = meeting(world.group, world.author, begins_in=YESTERDAY)
    meetings.cancel(cancelled, world.author, "Personne.")
    client = login(world.author)
    for found in (coming, cancelled):
        assert client.get(page_of(found)).context["attendance"] is None
        response = client.post(attendance_of(found), came(**{f"pk_{world.author.pk}": "1"}))
        assert response.url == page_of(found)
        assert kept(found) == {}
        client.post(reverse("decision_add", args=[found.pk]), {"text": "Oui."})
        assert not found.decisions.exists()


# Decisions


def decide(client, found, text):
    return client.post(reverse("decision_add", args=[found.pk]), {"text": text})


def test_a_decision_is_kept_once_reworded_and_taken_away(world, login, held):
    client = login(world.author)
    for _twice in range(2):
        decide(client, held, "On garde le titre.")
    decision = held.decisions.get()
    assert "On garde le titre." in client.get(page_of(held)).content.decode()
    address = reverse("decision_edit", args=[decision.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"text": "  "}).context["form"].errors
    client.post(address, {"text": "On change le titre."})
    assert held.decisions.get().text == "On change le titre."
    client.post(address, {"remove": "1"})
    assert not held.decisions.exists()
    assert client.post(address, {"remove": "1"}, follow=True).status_code == 404
    assert decide(client, held, "").context["decision_form"].errors


def as_remark(decision):
    return reverse("decision_as_remark", args=[decision.pk])


def test_a_decision_becomes_a_remark_once(world, draft_topic, login, held):
    record = EditorialRecord.objects.get(page=draft_topic.pk)
    decision = meetings.decide(held, "Ajouter la sieste.", world.author).thing
    client = login(world.second_author)
    assert client.get(as_remark(decision)).status_code == 200
    day = timezone.localdate() + timedelta(days=7)
    data = {"topic": record.pk, "due_on": day.isoformat()}
    client.post(as_remark(decision), data)
    again = client.post(as_remark(decision), data)
    assert again.url == remarks.place_of_remarks(record)
    made = Remark.objects.get()
    assert (made.record, made.text, made.due_on) == (record, "Ajouter la sieste.", day)
    assert (made.author, made.decision) == (world.second_author, decision)
    entry = PageLogEntry.objects.get(action="workgroups.remark")
    assert (entry.page_id, entry.data["text"]) == (draft_topic.pk, "Ajouter la sieste.")
    page = client.get(page_of(held)).content.decode()
    assert as_remark(decision) not in page
    assert draft_topic.title in page
    # Two that had both opened the form: the second finds it done.
    outcome = remarks.make(record, decision.text, world.author, due_on=day, decision=decision)
    assert not outcome.done
    client.post(reverse("decision_edit", args=[decision.pk]), {"remove": "1"})
    assert Decision.objects.filter(pk=decision.pk).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"due_on": ""}, "due_on"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": "2999-01-01"}, "due_on"),
        ({"topic": ""}, "topic"),
        ({"topic": "0"}, "topic"),
    ],
)
def test_a_remark_needs_its_topic_and_its_day(world, login, held, changes, field):
    record = EditorialRecord.objects.get(page=world.make_topic().pk)
    decision = meetings.decide(held, "Ajouter la sieste.", world.author).thing
    day = timezone.localdate() + timedelta(days=7)
    data = {"topic": record.pk, "due_on": day.isoformat()} | changes
    response = login(world.author).post(as_remark(decision), data)
    assert field in response.context["form"].errors
    assert not Remark.objects.exists()


def test_no_remark_on_another_groups_topic(world, login, held):
    other = WorkgroupFactory(name="Repas")
    theirs = world.make_topic("Le goûter", group=other, author=member(other))
    record = EditorialRecord.objects.get(page=theirs.pk)
    decision = meetings.decide(held, "Ajouter la sieste.", world.author).thing
    day = timezone.localdate() + timedelta(days=7)
    response = login(world.author).post(
        as_remark(decision), {"topic": record.pk, "due_on": day.isoformat()}
    )
    assert "Le goûter" not in response.content.decode()
    with pytest.raises(meetings.NotNowError):
        remarks.make(record, "Volé", world.author, decision=decision)
    assert not Remark.objects.exists()


# Hours apart from meetings


def given(world, **changes):
    return {
        "user": world.author.pk,
        "day": timezone.localdate().isoformat(),
        "hours": "1.5",
        "note": "Relu le brouillon.",
    } | changes


def test_hours_at_home_are_kept_once_and_taken_away(world, login):
    client = login(world.author)
    assert client.get(ADD_HOURS).status_code == 200
    client.post(ADD_HOURS, given(world))
    second = client.post(ADD_HOURS, given(world))
    assert told(second)
    found = GivenHours.objects.get()
    assert (found.user, found.workgroup, found.hours) == (world.author, world.group, Decimal("1.5"))
    address = reverse("given_hours_remove", args=[found.pk])
    assert client.get(address).status_code == 405
    for _twice in range(2):
        client.post(address)
        assert not GivenHours.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hours": "0"}, "hours"),
        ({"hours": "30"}, "hours"),
        ({"hours": "deux"}, "hours"),
        ({"day": "2999-01-01"}, "day"),
        ({"day": "1999-01-01"}, "day"),
        ({"note": ""}, "note"),
        ({"note": "Relu\rle brouillon."}, "note"),
        ({"user": "0"}, "user"),
    ],
)
def test_what_hours_need_is_said_at_its_field(world, login, changes, field):
    response = login(world.author).post(ADD_HOURS, given(world, **changes))
    assert field in response.context["form"].errors
    assert not GivenHours.objects.exists()


def test_hours_of_a_meeting_are_not_taken_away_here(world, login, held):
    meetings.keep_attendance(held, {world.author: Decimal(1)}, world.author)
    row = GivenHours.objects.get()
    login(world.author).post(reverse("given_hours_remove", args=[row.pk]))
    assert GivenHours.objects.exists()


# The export


def rows(client, query=""):
    """The rows of the file, as lists."""
    response = client.get(f"{HOURS}?export=csv&{query}")
    assert response["Content-Type"].startswith("text/csv")
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.fixture
def hours(world, held):
    meetings.keep_attendance(
        held, {world.author: Decimal("1.5"), world.illustrator: Decimal(1)}, world.author
    )
    long_ago = meeting(world.group, world.author, begins_in=-timedelta(days=40))
    meetings.keep_attendance(long_ago, {world.author: Decimal(2)}, world.author)
    today = timezone.localdate()
    meetings.give_hours(
        GivenHours(workgroup=world.group, user=world.author, day=today, hours=3, note="Relu."),
        world.author,
    )
    world.other = WorkgroupFactory(name="Repas")
    world.neighbour = member(world.other)
    theirs = meeting(world.other, world.neighbour, begins_in=YESTERDAY)
    meetings.keep_attendance(theirs, {world.neighbour: Decimal(4)}, world.neighbour)


def test_one_row_per_person_and_group_and_a_coordinator_has_them_all(world, login, hours):
    assert rows(login(world.coordinator)) == [
        [str(world.neighbour), "", "Repas", "1", "4,00", "0,00", "4,00"],
        [str(world.author), "", "Sommeil", "2", "3,50", "3,00", "6,50"],
        [str(world.illustrator), "", "Sommeil", "1", "1,00", "0,00", "1,00"],
    ]


def test_a_member_has_her_own_groups(world, login, hours):
    assert {row[2] for row in rows(login(world.author))} == {"Sommeil"}
    assert {row[2] for row in rows(login(world.neighbour))} == {"Repas"}
    client = login(world.author)
    for query in ({}, {"groupe": world.other.pk}, {"groupe": world.other.pk, "export": "csv"}):
        response = client.get(HOURS, query)
        assert response["Content-Type"].startswith("text/html")
        assert "Repas" not in response.content.decode()
        assert str(world.neighbour) not in response.content.decode()
    for user in (world.signatory, person("translator")):
        assert login(user).get(f"{HOURS}?export=csv").status_code == 302
        assert login(user).get(ADD_HOURS).status_code == 302


def test_a_table_has_numbers_to_count_with(world, login, hours):
    response = login(world.neighbour).get(f"{HOURS}?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [cell.value for cell in sheet[2]][3:] == [1, 4, 0, 4]


def test_from_one_day_to_another(world, login, hours):
    today = timezone.localdate()
    recent = f"du={today - timedelta(days=7)}&au={today - timedelta(days=1)}"
    assert rows(login(world.author), recent) == [
        [str(world.author), "", "Sommeil", "1", "1,50", "0,00", "1,50"],
        [str(world.illustrator), "", "Sommeil", "1", "1,00", "0,00", "1,00"],
    ]
    assert rows(login(world.author), f"au={today - timedelta(days=90)}") == []


@pytest.mark.parametrize("day", ["demain", "2026-13-45", "x" * 300])
def test_a_day_that_is_none_gives_no_file_but_a_sentence(world, login, hours, day):
    response = login(world.author).get(HOURS, {"export": "csv", "du": day})
    assert response["Content-Type"].startswith("text/html")
    assert response.context["filters"].errors


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_spreadsheet_takes_no_name_for_a_formula(world, login, hours, sign):
    world.author.display_name = f"{sign}HYPERLINK(1)"
    world.author.save()
    names = [row[0] for row in rows(login(world.coordinator))]
    assert f"'{sign}HYPERLINK(1)" in names
    assert f"{sign}HYPERLINK(1)" not in names


def test_hours_and_meeting_at_1_and_50_rows_are_as_many_queries(world, login, held):
    client = login(world.author)
    topic = EditorialRecord.objects.get(page=world.make_topic().pk)
    day = timezone.localdate()
    numbers = []
    for total in (1, 50):
        while held.attendance.count() < total:
            who = member(world.group)
            meetings.keep_attendance(held, {who: Decimal(1)}, world.author)
            decision = meetings.decide(held, f"Décision {who.pk}", world.author).thing
            remarks.make(topic, decision.text, world.author, due_on=day, decision=decision)
            meetings.give_hours(
                GivenHours(workgroup=world.group, user=who, day=day, hours=1, note="Relu."), who
            )
        counts = []
        for address in (HOURS, page_of(held), ADD_HOURS):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            assert len(rows(client)) == total
        numbers.append([*counts, len(queries)])
    assert numbers[0] == numbers[1]
    assert max(numbers[1]) <= MOST_QUERIES
