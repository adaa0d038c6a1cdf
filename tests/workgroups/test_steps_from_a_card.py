"""What one does to a topic from its card on the board: by the workflow's own steps, and
those alone who may."""

from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageLogEntry

from tests.factories.workgroups import (
    WorkgroupFactory,
    bring_to_sign_off,
    hand_over,
    member,
    person,
    signature_for,
)
from tests.workgroups.doors import told
from tests.workgroups.test_board import BOARD, card_of
from workgroups import signing
from workgroups.models import EditorialRecord


def test_a_card_leads_to_every_step_that_is_the_users(world, draft_topic, login):
    """Signing and withdrawing have pages of their own; they ask the same rules."""
    sign = reverse("editorial_sign_off", args=[draft_topic.pk])
    withdraw = reverse("editorial_withdraw", args=[draft_topic.pk])
    world.illustrator.groups.add(Group.objects.get(name="signatory"))
    world.illustrator.profession = "puéricultrice"
    world.illustrator.save()
    bring_to_sign_off(draft_topic, world.author)

    def offered(user):
        page = login(user).get(BOARD).content.decode()
        return {address for address in (sign, withdraw) if f'"{address}"' in page}

    assert offered(world.illustrator) == {sign}
    assert login(world.illustrator).get(sign).status_code == 200
    assert offered(world.author) == set()
    assert offered(world.coordinator) == {sign}  # to read it, or send it back
    signing.sign(draft_topic.pk, world.signatory, signature_for(draft_topic))
    assert offered(world.author) == set()
    for user in (world.coordinator, world.illustrator):
        assert offered(user) == {withdraw}
        assert login(user).get(withdraw).status_code == 200


def send_back(client, page, **data):
    return client.post(reverse("editorial_send_back", args=[page.pk]), data)


def test_a_card_gives_a_topic_back_with_a_reason(world, draft_topic, login):
    address = reverse("editorial_send_back", args=[draft_topic.pk])
    assert address not in login(world.illustrator).get(BOARD).content.decode()
    hand_over(draft_topic, world.author)
    client = login(world.illustrator)
    assert address in client.get(BOARD).content.decode()
    assert client.get(address).status_code == 200
    unsaid = send_back(client, draft_topic, comment=" ")
    assert "comment" in unsaid.context["form"].errors
    assert card_of(draft_topic, world.author).column == "illustration"
    assert send_back(client, draft_topic, comment="Il manque l’âge.", next=BOARD).url == BOARD
    assert card_of(draft_topic, world.author).column == "draft"
    entry = PageLogEntry.objects.get(page=draft_topic.pk, action="editorial.send_back")
    assert (entry.user, entry.data["reason"]) == (world.illustrator, "Il manque l’âge.")
    # A second press, or a page that was open before.
    again = send_back(client, draft_topic, comment="Encore.")
    assert draft_topic.title in told(again)
    assert PageLogEntry.objects.filter(action="editorial.send_back").count() == 1


def test_nobody_gives_back_what_is_not_hers(world, draft_topic, login):
    hand_over(draft_topic, world.author)
    neighbour = member(WorkgroupFactory(name="Repas"), "illustrator")
    for user in (neighbour, world.signatory, person("illustrator")):
        assert send_back(login(user), draft_topic, comment="Moi.").status_code == 302
        assert card_of(draft_topic, world.coordinator).column == "illustration"
    hand_over(draft_topic, world.illustrator)
    send_back(login(world.illustrator), draft_topic, comment="Trop tard.")
    assert card_of(draft_topic, world.coordinator).column == "sign_off"


def hand_on(client, page, stage="draft", **more):
    address = reverse("editorial_hand_on", args=[page.pk])
    return client.post(address, {"stage": stage, **more})


def test_a_card_hands_on_by_the_workflows_own_step(world, draft_topic, login):
    client = login(world.author)
    assert card_of(draft_topic, world.author).is_mine_to_hand_on
    assert not card_of(draft_topic, world.illustrator).is_mine_to_hand_on
    response = hand_on(client, draft_topic, next=f"{BOARD}?moi=on")
    assert response.url == f"{BOARD}?moi=on"
    assert str(world.illustrator) in told(response)
    assert card_of(draft_topic, world.author).column == "illustration"


def test_a_second_press_hands_nothing_on(world, draft_topic, login):
    client = login(world.author)
    hand_on(client, draft_topic)
    response = hand_on(client, draft_topic)
    assert "deux fois" in told(response)
    assert card_of(draft_topic, world.author).column == "illustration"


def test_what_is_missing_stops_the_card_too(world, login):
    topic = world.make_topic(key_message="")
    assert not card_of(topic, world.author).is_mine_to_hand_on
    response = hand_on(login(world.author), topic)
    (problem,) = EditorialRecord.objects.get(page_id=topic.pk).problems
    assert str(problem.message) in told(response)
    assert card_of(topic, world.author).column == "draft"


def test_nobody_hands_on_what_is_not_hers(world, draft_topic, login):
    neighbour = member(WorkgroupFactory(name="Repas"))
    for user in (neighbour, world.signatory, person("author"), world.illustrator):
        hand_on(login(user), draft_topic)
        assert card_of(draft_topic, world.coordinator).column == "draft"
    assert hand_on(login(world.author), draft_topic, next="https://example.org/").url == BOARD
    assert card_of(draft_topic, world.coordinator).column == "illustration"
    for stage in ("illustration", "sign_off", "", "draft"):
        hand_on(login(world.signatory), draft_topic, stage)
        assert card_of(draft_topic, world.coordinator).column == "illustration"


def test_looking_at_the_step_does_nothing(world, draft_topic, login):
    assert (
        login(world.author).get(reverse("editorial_hand_on", args=[draft_topic.pk])).status_code
        == 405
    )
    assert card_of(draft_topic, world.author).column == "draft"
