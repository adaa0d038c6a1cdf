"""The workgroup's room: for its members and those who oversee all groups, in few queries."""

from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.ui.components import Component

from tests.factories.workgroups import (
    WorkgroupFactory,
    hand_over,
    illustration,
    member,
    person,
    publish,
)
from workgroups import room
from workgroups.models import Membership, Workgroup

ROOMS = reverse("workgroup_rooms")
HOME = reverse("wagtailadmin_home")
BOARD = reverse("editorial_board")
MOST_QUERIES = 27


def address(group):
    return reverse("workgroup_room", args=[group.pk])


def panel(response, name):
    """What one of the room's own panels shows, as its context."""
    (found,) = [p for p in response.context["panels"] if type(p).__name__ == name]
    return found.get_context_data({"csrf_token": ""})


def shown(response):
    """{column: [titles]} of the room's topics."""
    columns = panel(response, "TopicsPanel")["columns"]
    return {str(column): [card.title for card in cards] for column, _count, cards in columns}


@pytest.fixture
def neighbour(world):
    group = WorkgroupFactory(name="Repas")
    neighbour = member(group)
    neighbour.group = group
    world.make_topic("Le goûter", group=group, author=neighbour)
    return neighbour


def test_the_room_shows_the_groups_topics_at_their_stages(world, login, neighbour):
    draft, drawn, live = (world.make_topic(title) for title in ("Un", "Deux", "Trois"))
    hand_over(drawn, world.author)
    publish(live, world.author, world.signatory)
    for user in (world.author, world.illustrator, world.coordinator):
        found = shown(login(user).get(address(world.group)))
        assert {column: titles for column, titles in found.items() if titles} == {
            "draft": [draft.title],
            "illustration": [drawn.title],
            "published": [live.title],
        }


def test_a_topic_is_handed_on_from_the_room(world, draft_topic, login):
    client = login(world.author)
    page = client.get(address(world.group)).content.decode()
    hand_on = reverse("editorial_hand_on", args=[draft_topic.pk])
    assert hand_on in page
    assert "csrfmiddlewaretoken" in page
    there = {"stage": "draft", "next": address(world.group)}
    assert client.post(hand_on, there).url == address(world.group)
    assert shown(client.get(address(world.group)))["illustration"] == [draft_topic.title]


def test_members_stand_there_once_with_their_roles(world, login):
    Membership.objects.create(user=world.author, workgroup=world.group, role="illustrator")
    world.author.profession = "auxiliaire de puériculture"
    world.author.save()
    gone = member(world.group, is_active=False)
    response = login(world.author).get(address(world.group))
    members = panel(response, "MembersPanel")["members"]
    assert [row["user"] for row in members] == sorted(
        [world.author, world.second_author, world.illustrator], key=str
    )
    roles = {row["user"]: row["roles"] for row in members}
    assert roles[world.author].count(",") == 1
    assert "auxiliaire de puériculture" in response.content.decode()
    assert str(gone) not in response.content.decode()


def test_only_members_and_overseers_enter(world, login, neighbour):
    for user in (neighbour, world.signatory, person("author"), person("translator")):
        response = login(user).get(address(world.group))
        assert response.status_code == HTTPStatus.FOUND
        assert response.url == HOME
        assert login(user).get(reverse("workgroup_room", args=[999999])).url == HOME
    assert login(world.superuser).get(address(world.group)).status_code == HTTPStatus.OK
    nowhere = reverse("workgroup_room", args=[999999])
    missing = login(world.coordinator).get(nowhere, follow=True)
    assert missing.status_code == HTTPStatus.NOT_FOUND
    Membership.objects.filter(user=world.author).delete()
    assert login(world.author).get(address(world.group)).url == HOME
    Workgroup.objects.filter(pk=world.group.pk).update(active=False)
    assert login(world.second_author).get(address(world.group)).url == HOME
    assert login(world.coordinator).get(address(world.group)).status_code == HTTPStatus.OK


def test_my_groups_leads_to_the_only_one_or_lists_them(world, login, neighbour):
    client = login(world.author)
    assert ROOMS in client.get(HOME).content.decode()
    assert client.get(ROOMS).url == address(world.group)
    Membership.objects.create(user=world.author, workgroup=neighbour.group, role="illustrator")
    third = WorkgroupFactory(name="Parents")
    listed = client.get(ROOMS).content.decode()
    assert address(world.group) in listed
    assert address(neighbour.group) in listed
    assert address(third) not in listed
    everything = login(world.coordinator).get(ROOMS).content.decode()
    assert address(third) in everything
    outside = login(world.signatory)
    assert outside.get(ROOMS).url == HOME
    assert ROOMS not in outside.get(HOME).content.decode()


def test_the_board_and_the_home_lead_to_the_rooms_one_may_enter(world, login, neighbour):
    world.make_topic()
    for where in (HOME, BOARD):
        assert address(world.group) in login(world.author).get(where).content.decode()
    board = login(world.coordinator).get(BOARD).content.decode()
    assert address(world.group) in board
    assert address(neighbour.group) in board
    groups = login(world.coordinator).get(reverse("workgroup:index")).content.decode()
    assert address(world.group) in groups
    # An illustrator from elsewhere draws for the group; its room is not hers.
    Membership.objects.filter(role="illustrator").delete()
    topic = world.make_topic("Le bain")
    hand_over(topic, world.author)
    home = login(person("illustrator")).get(HOME).content.decode()
    assert topic.title in home
    assert address(world.group) not in home


class Note(Component):
    def __init__(self, text):
        self.text = text

    def render_html(self, parent_context=None):
        return self.text


def test_other_rooms_add_their_parts_in_order(world, login, monkeypatch):
    monkeypatch.setattr(room, "_panels", list(room._panels))
    room.register_room_panel(lambda request, group: Note(f"Réunions de {group.name}"), order=10)
    for order in (30, 30):
        room.register_room_panel(lambda request, group, o=order: Note(f"Commandes {o}"), order)
    room.register_room_panel(lambda request, group: None)
    page = login(world.author).get(address(world.group)).content.decode()
    marks = ["Réunions de Sommeil", 'id="topics', "Commandes 30", 'id="members']
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)
    before = list(room._panels)
    room.register_room_panel(before[0][1])
    assert room._panels == before


@pytest.mark.any_database
@pytest.mark.parametrize("who", ["author", "coordinator"])
def test_as_many_queries_for_many_topics_and_members(world, login, who):
    client = login(getattr(world, who))

    def queries(url):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == HTTPStatus.OK
        return len(captured)

    Membership.objects.exclude(user=world.author).delete()
    WorkgroupFactory(name="Repas")
    world.make_topic()
    one = queries(address(world.group))
    picture = illustration()
    for number in range(49):
        world.make_topic(f"Sujet {number}", picture=picture)
        member(world.group, "author" if number % 2 else "illustrator")
    assert queries(address(world.group)) <= one
    assert one <= MOST_QUERIES
    if who == "coordinator":
        few = queries(ROOMS)
        WorkgroupFactory.create_batch(48)
        assert queries(ROOMS) <= few
