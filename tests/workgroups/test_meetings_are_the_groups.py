"""Who finds a meeting, by the list or by guessing an address, and who changes it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.meetings import meeting
from tests.factories.workgroups import WorkgroupFactory, member
from tests.workgroups.doors import told
from workgroups import meetings
from workgroups.models import Meeting, Workgroup

from .test_meetings import ADD, LIST, cancel_of, edit_of, page_of, sent

MOST_QUERIES = 20


def outsiders(world):
    left = world.second_author
    left.memberships.all().delete()
    other = member(WorkgroupFactory(name="Repas"))
    return [other, left, world.signatory]


def test_another_group_finds_nothing_and_changes_nothing(world, login):
    found = meeting(world.group, world.author, title="Secretissime", begins_in=-timedelta(days=1))
    decision = meetings.decide(found, "Motcache.", world.author).thing
    addresses = {
        name: reverse(name, args=[found.pk])
        for name in (
            "meeting",
            "meeting_edit",
            "meeting_cancel",
            "meeting_attendance",
            "decision_add",
        )
    } | {
        name: reverse(name, args=[decision.pk]) for name in ("decision_edit", "decision_as_remark")
    }
    addresses["group"] = f"{LIST}?groupe={world.group.pk}"
    addresses["add"] = f"{ADD}?groupe={world.group.pk}"
    data = sent(found, place="Ailleurs", reason="Volé", text="Volé", remove="1")
    data |= {f"came_{world.author.pk}": "on", f"hours_{world.author.pk}": "9"}
    for user in outsiders(world):
        client = login(user)
        for address in addresses.values():
            for answer in (client.get(address), client.post(address, data)):
                assert answer.status_code in (302, 403, 404, 405)
                body = answer.content.decode()
                assert "Secretissime" not in body
                assert "Motcache" not in body
        assert "Secretissime" not in client.get(LIST, follow=True).content.decode()
    found.refresh_from_db()
    assert (found.place, found.is_cancelled) == ("Maison des parents, Lyon", False)
    assert Meeting.objects.count() == 1
    assert not found.attendance.exists()
    assert [d.text for d in found.decisions.all()] == ["Motcache."]


def test_a_closed_group_is_read_by_coordinators_alone_and_changed_by_nobody(world, login):
    found = meeting(world.group, world.author, begins_in=-timedelta(minutes=10))
    world.group.active = False
    world.group.save()
    assert login(world.author).get(page_of(found)).status_code == 302
    client = login(world.coordinator)
    assert client.get(page_of(found)).status_code == 200
    client.post(cancel_of(found), {"reason": "Fermé."})
    client.post(edit_of(found), sent(found, place="Ailleurs"))
    found.refresh_from_db()
    assert (found.is_cancelled, found.place) == (False, "Maison des parents, Lyon")


def test_a_group_that_has_met_is_closed_rather_than_deleted(world, login):
    group = WorkgroupFactory(name="Repas")
    meeting(group, world.coordinator, title="Le point")
    response = login(world.coordinator).post(reverse("workgroup:delete", args=[group.pk]))
    assert response.url == reverse("workgroup:edit", args=[group.pk])
    assert "Le point" in told(response)
    assert Workgroup.objects.filter(pk=group.pk).exists()


@pytest.mark.parametrize("number", ["rien", "0", "99999999999999999999", "-1"])
def test_a_group_that_does_not_exist_is_no_error_of_ours(world, login, number):
    client = login(world.coordinator)
    for address in (LIST, ADD):
        assert client.get(address, {"groupe": number}, follow=True).status_code == 404
    assert client.get(LIST, {"p": number}).status_code == 200


# The list


def test_next_and_past_each_in_their_order(world, login):
    order = {
        title: meeting(world.group, world.author, timedelta(days=days), title=title)
        for title, days in (("Loin", 20), ("Bientôt", 2), ("Avant-hier", -2), ("Jadis", -60))
    }
    page = login(world.author).get(LIST).content.decode()
    titles = re.findall("|".join(order), page)
    assert list(dict.fromkeys(titles)) == ["Bientôt", "Loin", "Avant-hier", "Jadis"]


def test_one_meeting_or_fifty_are_as_many_queries(world, login):
    client = login(world.author)
    numbers = []
    for total in (1, 50):
        while Meeting.objects.coming().count() < total:
            meeting(world.group, world.author)
            meeting(world.group, world.author, begins_in=-timedelta(days=1))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= MOST_QUERIES
