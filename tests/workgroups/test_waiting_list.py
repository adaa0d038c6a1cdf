"""What waits for me: on the admin's home, in few queries, for each role."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.models import ThemePage
from tests.factories.workgroups import (
    WorkgroupFactory,
    bring_to_sign_off,
    hand_over,
    illustration,
    member,
    person,
    publish,
    signature_for,
)
from workgroups import signing
from workgroups.models import EditorialRecord, Stage, Workgroup

from .test_story import edit_url

PEOPLE = ("author", "second_author", "illustrator", "signatory", "second_signatory", "coordinator")


def who_waits(world, page):
    """The names of those on whose list ``page`` stands."""
    users = {name: getattr(world, name) for name in PEOPLE}
    users["neighbour"] = world.neighbour
    return {
        name
        for name, user in users.items()
        if EditorialRecord.objects.awaiting(user).filter(page=page.pk).exists()
    }


@pytest.fixture
def topic(world):
    world.neighbour = member(WorkgroupFactory(name="Repas"))
    return world.make_topic()


def test_each_stage_waits_for_those_who_can_act(world, topic):
    authors, signatories = {"author", "second_author"}, {"signatory", "second_signatory"}
    assert who_waits(world, topic) == authors
    hand_over(topic, world.author)
    assert who_waits(world, topic) == {"illustrator"}
    hand_over(topic, world.illustrator)
    assert who_waits(world, topic) == signatories
    signing.sign(topic.pk, world.signatory, signature_for(topic))
    assert who_waits(world, topic) == set()


def test_it_waits_for_the_second_signatory_alone(world, topic):
    theme = ThemePage.objects.get(pk=world.theme.pk)
    theme.required_signatures = 2
    theme.save_revision().publish()
    bring_to_sign_off(topic, world.author)
    signing.sign(topic.pk, world.signatory, signature_for(topic))
    assert who_waits(world, topic) == {"second_signatory"}


def test_a_scheduled_topic_waits_for_nobody(world, topic):
    bring_to_sign_off(topic, world.author)
    tomorrow = timezone.now() + timedelta(days=1)
    signing.sign(topic.pk, world.signatory, signature_for(topic, publish_at=tomorrow))
    assert EditorialRecord.objects.get(page_id=topic.pk).stage == Stage.SCHEDULED
    assert who_waits(world, topic) == set()


def test_what_is_due_for_review_waits_for_its_authors(world, topic):
    publish(topic, world.author, world.signatory)
    records = EditorialRecord.objects.filter(page_id=topic.pk)
    records.update(review_due_on=timezone.localdate() + timedelta(days=1))
    assert who_waits(world, topic) == set()
    records.update(review_due_on=timezone.localdate())
    assert who_waits(world, topic) == {"author", "second_author"}


def test_a_withdrawn_topic_waits_for_nobody(world, topic):
    page = publish(topic, world.author, world.signatory)
    signing.withdraw(page, world.coordinator, "Une source a changé.")
    assert who_waits(world, topic) == set()


def test_the_home_names_each_topic_once_and_the_earliest_first(world, topic, login):
    later = world.make_topic("Les dents")
    today = timezone.localdate()
    EditorialRecord.objects.filter(page_id=topic.pk).update(due_on=today + timedelta(days=5))
    EditorialRecord.objects.filter(page_id=later.pk).update(due_on=today - timedelta(days=1))
    response = login(world.author).get(reverse("wagtailadmin_home"))
    panel = next(p for p in response.context["panels"] if p.name == "waiting")
    rows = panel.get_context_data({"request": response.wsgi_request})["rows"]
    assert [row["record"].page_id for row in rows] == [later.pk, topic.pk]
    assert [row["record"].is_late for row in rows] == [True, False]
    assert rows[0]["url"].endswith(edit_url(later))
    empty = login(world.neighbour).get(reverse("wagtailadmin_home")).content.decode()
    assert topic.title not in empty


# Bounded numbers of queries


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.any_database
def test_home_and_explorer_ask_the_same_for_one_topic_and_for_many(world, login):
    world.make_topic("Sujet premier")
    urls = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[world.theme.pk]),
        reverse("wagtailadmin_pages:search") + "?q=sujet",
    ]

    def asked():
        """As an author, and as a coordinator of groups that work no longer."""
        told = [queries_of(login(world.author), url) for url in urls]
        Workgroup.objects.update(active=False)
        told += [queries_of(login(world.coordinator), url) for url in urls]
        Workgroup.objects.update(active=True)
        return told

    one = asked()
    picture = illustration()
    for number in range(49):
        world.make_topic(f"Sujet {number}", picture=picture)
    many = asked()
    # Wagtail asks a little more where there is something to list at all.
    assert all(m <= o + 3 for o, m in zip(one, many, strict=True)), (one, many)


@pytest.mark.any_database
def test_the_editor_opens_in_few_queries(world, login):
    pictures = [illustration(collection=world.group.collection) for _ in range(6)]
    blocks = [
        {
            "type": "picture",
            "value": {
                "picture": {"image": p.pk, "decorative": False, "alt_text": "Un lit"},
                "caption": "Son lit",
            },
        }
        for p in pictures
    ] + [{"type": "text", "value": "<p>Il se réveille.</p>"} for _ in range(6)]
    page = world.make_topic(picture=pictures[0], body=json.dumps(blocks))
    numbers = {}
    for who in ("author", "coordinator"):
        numbers[who] = queries_of(login(getattr(world, who)), edit_url(page))
    assert max(numbers.values()) <= 61, numbers


# A new topic


@pytest.fixture
def new_topic():
    return reverse("pages_new_topic")


def add_url(theme):
    return reverse("wagtailadmin_pages:add", args=["pages", "topicpage", theme.pk])


def test_a_member_without_topic_begins_her_first_from_home(world, login, new_topic):
    client = login(world.author)
    assert new_topic in client.get(reverse("wagtailadmin_home")).content.decode()
    response = client.get(new_topic)
    assert response.status_code == 302
    assert response.headers["Location"] == add_url(world.theme)
    assert client.get(response.headers["Location"]).status_code == 200


def test_with_several_themes_she_chooses_among_her_own(world, login, new_topic):
    own, other = (
        world.home.add_child(instance=ThemePage(title=title, slug=title.lower()))
        for title in ("Langage", "Repas")
    )
    own.workgroups = [world.group]
    own.save()
    shown = login(world.author).get(new_topic).content.decode()
    assert add_url(world.theme) in shown
    assert add_url(own) in shown
    assert add_url(other) not in shown
    assert add_url(other) in login(world.coordinator).get(new_topic).content.decode()


@pytest.mark.parametrize("who", ["illustrator", "signatory", "translator"])
def test_who_writes_nowhere_is_sent_home_with_a_word(world, login, new_topic, who):
    client = login(getattr(world, who, None) or person(who))
    assert new_topic not in client.get(reverse("wagtailadmin_home")).content.decode()
    response = client.get(new_topic, follow=True)
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_home")
    assert len(list(response.context["messages"])) == 1
