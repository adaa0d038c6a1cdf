"""The board: what is where, who has it, what it lacks; the same in the list and the file."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from pages.models import ThemePage, TopicPage
from tests.factories.media import CaptionTrackFactory, RecordingFactory
from tests.factories.pages import stream
from tests.factories.workgroups import (
    WorkgroupFactory,
    bring_to_sign_off,
    hand_over,
    illustration,
    member,
    publish,
    signature_for,
)
from workgroups import board, signing, workflow
from workgroups.due import publish_due
from workgroups.models import EditorialRecord

BOARD = reverse("editorial_board")
LIST = reverse("editorial_list")
MOST_QUERIES = 20


@pytest.fixture
def neighbour(world):
    """An author of another group, with a topic of her own."""
    group = WorkgroupFactory(name="Repas")
    neighbour = member(group)
    neighbour.topic = world.make_topic("Le goûter", group=group, author=neighbour)
    return neighbour


def card_of(page, user):
    records = board.visible_to(user).filter(page=page.pk)
    (card,) = board.cards(records, user)
    return card


def shown(response):
    """{column: [titles]} as the answer's board shows them."""
    return {
        str(column): [card.title for card in cards]
        for column, _count, cards in response.context["columns"]
    }


def rows(client, query=""):
    """The rows of the exported file."""
    response = client.get(f"{LIST}?export=csv&{query}")
    assert response["Content-Type"].startswith("text/csv")
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


# Who sees what


def test_a_coordinator_sees_every_group_and_a_member_her_own(world, draft_topic, login, neighbour):
    assert shown(login(world.coordinator).get(BOARD))["draft"] == [draft_topic.title, "Le goûter"]
    assert shown(login(world.author).get(BOARD))["draft"] == [draft_topic.title]
    assert shown(login(neighbour).get(BOARD))["draft"] == ["Le goûter"]
    assert [row["Sujet"] for row in rows(login(neighbour))] == ["Le goûter"]


def test_the_filters_offer_a_member_her_own_groups_and_themes(world, login, neighbour):
    other = world.home.add_child(instance=ThemePage(title="Repas", slug="repas"))
    page = login(world.author).get(BOARD).content.decode()
    assert world.group.name in page
    assert f'value="{other.pk}"' not in page
    assert not re.search(r":\s*</label>", page)
    assert f'value="{neighbour.topic.workgroup.pk}"' not in page
    response = login(world.author).get(BOARD, {"groupe": neighbour.topic.workgroup.pk})
    assert "Le goûter" not in response.content.decode()


@pytest.mark.parametrize("address", [BOARD, LIST, reverse("editorial_list_results")])
def test_who_belongs_to_no_group_has_no_board(world, login, address):
    client = login(world.signatory)
    assert client.get(address).status_code == 302
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.logout()
    assert "login" in client.get(address).url


# Where a card stands, and what it says


def test_a_topic_goes_through_the_columns(world, draft_topic):
    assert card_of(draft_topic, world.coordinator).column == "draft"
    hand_over(draft_topic, world.author)
    assert card_of(draft_topic, world.coordinator).column == "illustration"
    hand_over(draft_topic, world.illustrator)
    assert card_of(draft_topic, world.coordinator).column == "sign_off"
    moment = timezone.now() + timedelta(days=3)
    signing.sign(draft_topic.pk, world.signatory, signature_for(draft_topic, publish_at=moment))
    assert card_of(draft_topic, world.coordinator).column == "sign_off"
    EditorialRecord.objects.update(publish_at=timezone.now())
    publish_due()
    assert card_of(draft_topic, world.coordinator).column == "published"
    EditorialRecord.objects.update(review_due_on=timezone.localdate())
    assert card_of(draft_topic, world.coordinator).column == "review_due"
    signing.withdraw(TopicPage.objects.get(pk=draft_topic.pk), world.coordinator, "À reprendre.")
    assert card_of(draft_topic, world.coordinator).column == "review_due"


def test_a_card_says_who_has_it(world, draft_topic):
    assert set(card_of(draft_topic, world.author).holders) == {world.author, world.second_author}
    hand_over(draft_topic, world.author)
    assert card_of(draft_topic, world.author).holders == [world.illustrator]
    ThemePage.objects.update(required_signatures=2)
    hand_over(draft_topic, world.illustrator)
    card = card_of(draft_topic, world.author)
    assert set(card.holders) == {world.signatory, world.second_signatory}
    assert (card.who, card.signatures_label) == ("Anne Validé, Paul Signe", "0 signature sur 2")
    signing.sign(draft_topic.pk, world.signatory, signature_for(draft_topic))
    card = card_of(draft_topic, world.author)
    assert card.holders == [world.second_signatory]
    assert (card.who, card.signatures_label) == ("Paul Signe", "1 signature sur 2")


def test_a_card_says_in_words_that_it_is_late(world, draft_topic, login):
    assert not card_of(draft_topic, world.author).days_late
    EditorialRecord.objects.update(due_on=timezone.localdate() - timedelta(days=2))
    assert card_of(draft_topic, world.author).days_late == 2
    assert "2 jours de retard" in login(world.author).get(BOARD).content.decode()


def test_a_card_says_in_words_that_its_review_is_late(world, draft_topic, login):
    publish(draft_topic, world.author, world.signatory)
    EditorialRecord.objects.update(review_due_on=timezone.localdate())
    assert not card_of(draft_topic, world.author).days_late
    assert shown(login(world.author).get(f"{BOARD}?retard=on"))["review_due"] == []
    EditorialRecord.objects.update(review_due_on=timezone.localdate() - timedelta(days=2))
    response = login(world.author).get(f"{BOARD}?retard=on")
    assert shown(response)["review_due"] == [draft_topic.title]
    assert "<strong>2 jours de retard</strong>" in response.content.decode()
    (row,) = rows(login(world.author))
    assert row["Jours de retard"] == "2"


def test_languages_of_a_topic_show_on_each_card(world, draft_topic):
    assert card_of(draft_topic, world.author).languages == ["fr"]


# What is missing


def missing(page):
    return [problem.field for problem in EditorialRecord.objects.get(page_id=page.pk).problems]


def test_what_is_missing_is_what_the_workflow_would_say(world):
    topic = world.make_topic(key_message="", sources="[]")
    draft = topic.get_latest_revision_as_object()
    record = EditorialRecord.objects.get(page_id=topic.pk)
    assert record.problems == draft.readiness_problems("draft")
    assert missing(topic) == ["key_message", "sources"]
    draft.key_message = "Se réveiller la nuit est normal."
    draft.save_revision(user=world.author)
    assert missing(topic) == ["sources"]


def test_each_stage_asks_for_its_own(world):
    bare = illustration(credit_name="", licence="")
    topic = world.make_topic(lead_illustration=bare)
    assert missing(topic) == []
    hand_over(topic, world.author)
    assert missing(topic) == ["lead_illustration", "lead_illustration"]
    bare.credit_name, bare.licence = "Inès", "full_rights"
    bare.save()
    assert missing(topic) == []
    bring_to_sign_off(topic, world.author)
    assert missing(topic) == []


def test_captions_of_a_film_are_looked_at_again(world):
    film = RecordingFactory()
    topic = world.make_topic(
        body=stream(("recording", {"heading": "Le soir", "recording": film.pk}))
    )
    hand_over(topic, world.author)
    assert missing(topic) == ["body"]
    CaptionTrackFactory(recording=film)
    assert missing(topic) == []
    film.transcript = ""
    film.save()
    assert missing(topic) == ["body"]


def test_what_is_missing_is_said_in_the_readers_language(world, login):
    picture = illustration(credit_name="")
    topic = world.make_topic(picture=picture, title="Le bain")
    hand_over(topic, world.author)
    page = login(world.author).get(BOARD).content.decode()
    assert "ne dit pas qui l’a faite." in page


# Narrowing


def test_filters_stand_in_the_address(world, draft_topic, login, neighbour):
    late = world.make_topic("Le doudou")
    hand_over(late, world.author)
    EditorialRecord.objects.filter(page=late.pk).update(
        due_on=timezone.localdate() - timedelta(days=1)
    )
    other_theme = world.home.add_child(instance=ThemePage(title="Repas", slug="repas"))
    elsewhere = world.make_topic("La purée", group=neighbour.topic.workgroup, author=neighbour)
    elsewhere.move(other_theme, pos="last-child")
    for query, titles in (
        (f"groupe={world.group.pk}", {draft_topic.title, "Le doudou"}),
        (f"groupe={neighbour.topic.workgroup.pk}", {"Le goûter", "La purée"}),
        (f"theme={world.theme.pk}", {draft_topic.title, "Le doudou", "Le goûter"}),
        (f"theme={other_theme.pk}", {"La purée"}),
        ("etape=illustration", {"Le doudou"}),
        ("retard=on", {"Le doudou"}),
        ("moi=on", set()),
        (
            "etape=nonsense&groupe=-1&theme=x",
            {draft_topic.title, "Le doudou", "Le goûter", "La purée"},
        ),
    ):
        found = shown(login(world.coordinator).get(f"{BOARD}?{query}"))
        assert {title for titles in found.values() for title in titles} == titles, query
    assert shown(login(world.author).get(f"{BOARD}?moi=on"))["draft"] == [draft_topic.title]
    assert shown(login(world.illustrator).get(f"{BOARD}?moi=on"))["illustration"] == ["Le doudou"]
    assert {row["Sujet"] for row in rows(login(world.coordinator), "retard=on")} == {"Le doudou"}


def test_the_file_says_what_the_card_says(world, login):
    topic = world.make_topic(key_message="")
    EditorialRecord.objects.update(due_on=timezone.localdate() - timedelta(days=3))
    (row,) = rows(login(world.coordinator))
    card = card_of(topic, world.coordinator)
    assert row["Sujet"] == topic.title
    assert row["Thème"] == world.theme.title
    assert row["Qui l’a"] == card.who
    assert row["Jours de retard"] == "3"
    assert row["Il manque"] == card.missing_text
    assert row["Langues"] == "fr"


def test_the_list_says_of_every_stage_what_the_card_says(world, draft_topic, login):
    bring_to_sign_off(draft_topic, world.author)
    day = timezone.now() + timedelta(days=3)
    signing.sign(draft_topic.pk, world.signatory, signature_for(draft_topic, publish_at=day))

    def told(*more):
        (row,) = rows(login(world.coordinator))
        card = card_of(draft_topic, world.coordinator)
        assert (row["Étape"], row["Qui l’a"]) == (card.stage_label, card.who)
        page = login(world.coordinator).get(BOARD).content.decode()
        assert all(text in page for text in (card.who, *more))
        return card

    assert date_format(day, "j N") in told().who
    EditorialRecord.objects.update(publish_at=timezone.now())
    publish_due()
    workflow.start_round(TopicPage.objects.get(pk=draft_topic.pk), world.author)
    assert " · " in told(card_of(draft_topic, world.coordinator).round_label).stage_label
    signing.withdraw(TopicPage.objects.get(pk=draft_topic.pk), world.coordinator, "À reprendre.")
    told()


def test_no_title_becomes_a_formula(world, login):
    world.make_topic(title='=HYPERLINK("http://example.org")')
    (row,) = rows(login(world.coordinator))
    assert row["Sujet"].startswith("'=")


# However many


@pytest.mark.any_database
def test_as_many_queries_for_fifty_topics_as_for_one(world, login):
    def queries():
        told = {}
        for who in ("coordinator", "author"):
            client = login(getattr(world, who))
            for address in (BOARD, LIST, f"{LIST}?export=csv"):
                client.get(address)
                with CaptureQueriesContext(connection) as captured:
                    response = client.get(address)
                    if response.streaming:
                        list(response.streaming_content)
                told[who, address] = len(captured)
        return told

    publish(world.make_topic(), world.author, world.signatory)
    one = queries()
    picture = illustration()
    for number in range(49):
        topic = world.make_topic(f"Sujet {number}", picture=picture)
        if number % 12:
            continue
        hand_over(topic, world.author)
        if number % 24:
            hand_over(topic, world.illustrator)
    fifty = queries()
    for address, count in one.items():
        assert count <= MOST_QUERIES, address
        assert fifty[address] <= count + 1, address  # who is asked to sign, once there is somebody


def test_a_long_column_leads_to_the_list(world, login, monkeypatch):
    monkeypatch.setattr(board, "CARDS_IN_A_COLUMN", 2)
    for number in range(3):
        world.make_topic(f"Sujet {number}")
    response = login(world.coordinator).get(f"{BOARD}?groupe={world.group.pk}")
    assert len(shown(response)["draft"]) == 2
    more = f"{LIST}?groupe={world.group.pk}&amp;etape=draft"
    assert more in response.content.decode()
    assert len(rows(login(world.coordinator), f"groupe={world.group.pk}&etape=draft")) == 3


# What a card offers is what the step allows


@pytest.mark.parametrize("step", ["editorial_due_date", "editorial_revise"])
@pytest.mark.parametrize("who", ["author", "illustrator", "coordinator", "neighbour", "signatory"])
@pytest.mark.parametrize("online", [False, True])
def test_a_card_offers_what_the_step_allows(world, login, neighbour, step, who, online):
    topic = world.make_topic()
    if online:
        publish(topic, world.author, world.signatory)
    user = neighbour if who == "neighbour" else getattr(world, who)
    (card,) = board.cards(EditorialRecord.objects.with_column().filter(page=topic.pk), user)
    offered = {"editorial_due_date": card.may_move_due_date, "editorial_revise": card.may_revise}
    response = login(user).get(reverse(step, args=[topic.pk]))
    # A step that is not the card's now says so, to those who could take it another day.
    opens = response.status_code == 200 and online is (step == "editorial_revise")
    assert opens is offered[step]
    assert offered[step] is (
        who in {"author", "illustrator", "coordinator"} and online is (step == "editorial_revise")
    )
