"""What a member can do with her own topics, and what stays out of her hands."""

import json

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import nested_form_data

from pages.models import ThemePage, TopicPage
from tests.factories.workgroups import (
    WorkgroupFactory,
    bring_to_sign_off,
    hand_over,
    illustration,
    member,
    person,
)
from workgroups.models import EditorialRecord, Membership

from .test_story import edit_url, editor_data, hand_on, latest


@pytest.fixture
def topic(draft_topic):
    return draft_topic


@pytest.fixture
def author(world, client):
    client.force_login(world.author)
    return client


def record_of(page):
    return EditorialRecord.objects.get(page_id=page.pk)


def url_of(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


# Wagtail hands a source's address to a parser of HTML, which wonders aloud.
@pytest.mark.filterwarnings("ignore::bs4.MarkupResemblesLocatorWarning")
def test_a_member_opens_every_screen_of_her_own_topic(world, topic, author):
    first = topic.latest_revision_id
    author.post(edit_url(topic), editor_data(world, key_message="Une autre phrase."))
    second = latest(topic).latest_revision_id
    screens = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[world.theme.pk]),
        edit_url(topic),
        url_of("view_draft", topic.pk),
        url_of("history", topic.pk),
        url_of("workflow_history", topic.pk),
        url_of("revisions_view", topic.pk, first),
        url_of("revisions_revert", topic.pk, first),
        url_of("revisions_compare", topic.pk, first, second),
        url_of("usage", topic.pk),
        url_of("copy", topic.pk),
        url_of("search") + "?q=bébé",
    ]
    for screen in screens:
        response = author.get(screen)
        assert response.status_code == 200, screen
        assert "Mon bébé" in response.content.decode(), screen


def test_a_member_previews_what_she_types(world, topic, author):
    url = url_of("preview_on_edit", topic.pk)
    typed = editor_data(world, key_message="Pas encore enregistré.")
    assert author.post(url, typed).json()["is_valid"]
    assert "Pas encore enregistré." in author.get(url).content.decode()


def test_a_member_chooses_her_groups_pictures_only(world, topic, author):
    own = illustration(title="À nous", collection=world.group.collection)
    other = illustration(title="Pas à nous", collection=WorkgroupFactory().collection)
    shown = author.get(reverse("wagtailimages_chooser:choose")).json()["html"]
    assert "À nous" in shown
    assert "Pas à nous" not in shown
    author.post(edit_url(topic), editor_data(world, own))
    assert latest(topic).lead_illustration == own

    # Nor one that no group has, such as what somebody sent for the directory.
    for closed in (other, illustration(title="À personne")):
        refused = author.post(edit_url(topic), editor_data(world, closed))
        assert "lead_illustration" in refused.context["form"].errors
        assert latest(topic).lead_illustration == own


def copy_data(parent, **changes):
    return {
        "new_title": "Une copie",
        "new_slug": "une-copie",
        "new_parent_page": parent.pk,
        **changes,
    }


def test_a_copy_into_a_theme_of_the_group_is_the_groups_own_draft(world, topic, author):
    author.post(url_of("copy", topic.pk), copy_data(world.theme))
    copy = TopicPage.objects.get(slug="une-copie")
    assert not copy.live
    record = record_of(copy)
    assert (record.workgroup, record.stage) == (world.group, "draft")
    assert author.get(edit_url(copy)).status_code == 200


def test_no_copy_into_another_groups_theme(world, topic, author):
    closed = world.home.add_child(instance=ThemePage(title="Repas", slug="repas"))
    for parent in (closed, world.home):
        author.post(url_of("copy", topic.pk), copy_data(parent))
    assert TopicPage.objects.count() == 1


def test_a_member_neither_moves_nor_deletes_nor_hides_nor_locks(world, topic, author):
    elsewhere = world.home.add_child(instance=ThemePage(title="Repas", slug="repas"))
    elsewhere.workgroups = [world.group]
    elsewhere.save()
    posts = [
        (url_of("move", topic.pk), {"new_parent_page": elsewhere.pk}),
        (url_of("move_confirm", topic.pk, elsewhere.pk), {}),
        (url_of("delete", topic.pk), {}),
        (url_of("unpublish", topic.pk), {}),
        (url_of("set_privacy", topic.pk), {"restriction_type": "login"}),
        (url_of("lock", topic.pk), {}),
        (edit_url(world.theme), {"title": "Volé", "slug": "vole", "action-publish": "1"}),
        (url_of("delete", world.theme.pk), {}),
    ]
    for url, data in posts:
        author.post(url, data)
    topic.refresh_from_db()
    assert topic.get_parent().pk == world.theme.pk
    assert not topic.locked
    assert not topic.view_restrictions.exists()
    assert ThemePage.objects.get(pk=world.theme.pk).title == "Sommeil"


# The group of a topic


@pytest.fixture
def other_group(world):
    return WorkgroupFactory(name="Repas")


def test_no_author_gives_a_topic_to_another_group(world, topic, author, other_group):
    Membership.objects.create(user=world.author, workgroup=other_group)
    author.post(edit_url(topic), editor_data(world, workgroup=other_group.pk))
    assert record_of(topic).workgroup == world.group


def test_no_author_begins_a_topic_for_a_group_that_is_not_hers(world, author, other_group):
    world.theme.workgroups = [world.group, other_group]
    world.theme.save()
    add = url_of("add", "pages", "topicpage", world.theme.pk)
    refused = author.post(add, editor_data(world, workgroup=other_group.pk))
    assert "workgroup" in refused.context["form"].errors
    assert not TopicPage.objects.exists()


def test_a_group_begins_topics_only_where_it_writes(world, author, other_group):
    Membership.objects.create(user=world.author, workgroup=other_group)
    add = url_of("add", "pages", "topicpage", world.theme.pk)
    refused = author.post(add, editor_data(world, workgroup=other_group.pk))
    assert "workgroup" in refused.context["form"].errors
    assert not TopicPage.objects.exists()


def test_no_revert_brings_a_topic_back_to_its_old_group(world, topic, client, other_group):
    old = topic.latest_revision
    client.force_login(world.coordinator)
    client.post(edit_url(topic), editor_data(world, workgroup=other_group.pk))
    assert record_of(topic).workgroup == other_group
    entry = PageLogEntry.objects.get(page=topic.pk, action="editorial.reassign")
    assert (entry.user, entry.data) == (world.coordinator, {"from": "Sommeil", "to": "Repas"})

    newcomer = member(other_group)
    client.force_login(newcomer)
    client.post(edit_url(topic), editor_data(world, revision=old.pk))
    assert record_of(topic).workgroup == other_group
    client.force_login(world.author)
    assert client.get(edit_url(topic)).status_code == 302


# Where topics begin


def test_add_topic_shows_only_where_the_group_writes(world, topic, author):
    elsewhere = world.home.add_child(instance=ThemePage(title="Repas", slug="repas"))
    other = member(WorkgroupFactory(name="Repas"))
    add = url_of("add", "pages", "topicpage", world.theme.pk)
    explorer = author.get(reverse("wagtailadmin_explore", args=[world.theme.pk]))
    assert url_of("add_subpage", world.theme.pk) in explorer.content.decode()
    assert author.get(url_of("add", "pages", "topicpage", elsewhere.pk)).status_code == 302
    data = editor_data(world, slug="ailleurs")
    author.post(url_of("add", "pages", "topicpage", elsewhere.pk), data)
    assert not TopicPage.objects.filter(slug="ailleurs").exists()

    author.force_login(other)
    assert author.get(add).status_code == 302
    author.post(add, editor_data(world, slug="ailleurs"))
    assert not TopicPage.objects.filter(slug="ailleurs").exists()


@pytest.mark.parametrize("who", ["illustrator", "signatory", "closed", "former", "inactive"])
def test_nobody_else_begins_a_topic(world, client, who):
    user = getattr(world, who, world.author)
    if who == "closed":
        world.group.active = False
        world.group.save()
    elif who == "former":
        Membership.objects.filter(user=user).delete()
    client.force_login(user)
    if who == "inactive":
        user.is_active = False
        user.save()
    client.post(url_of("add", "pages", "topicpage", world.theme.pk), editor_data(world))
    assert not TopicPage.objects.exists()


# Illustrators


def test_an_illustrator_waits_for_her_stage_and_is_told_kindly(world, topic, client):
    client.force_login(world.illustrator)
    screen = client.get(edit_url(topic))
    assert screen.status_code == 200
    assert f"{world.author}, {world.second_author}." in screen.content.decode()
    before = topic.latest_revision_id
    client.post(edit_url(topic), editor_data(world, key_message="Trop tôt."))
    client.post(edit_url(topic), hand_on(editor_data(world)))
    assert latest(topic).latest_revision_id == before
    assert record_of(topic).stage == "draft"

    hand_over(topic, world.author)
    picture = illustration(collection=world.group.collection)
    client.post(edit_url(topic), editor_data(world, picture))
    assert latest(topic).lead_illustration == picture
    client.post(edit_url(topic), hand_on(editor_data(world, picture)))
    assert record_of(topic).stage == "sign_off"


def test_a_group_without_illustrator_passes_to_any_other_while_it_illustrates(world, topic, client):
    freelance = person("illustrator")
    Membership.objects.filter(user=world.illustrator).delete()
    client.force_login(freelance)
    assert client.get(edit_url(topic)).status_code == 302

    hand_over(topic, world.author)
    picture = illustration(collection=world.group.collection)
    assert client.get(edit_url(topic)).status_code == 200
    client.post(edit_url(topic), hand_on(editor_data(world, picture)))
    assert latest(topic).lead_illustration == picture
    assert record_of(topic).stage == "sign_off"
    assert client.get(edit_url(topic)).status_code == 302
    assert client.get(reverse("wagtailimages:edit", args=[picture.pk])).status_code == 302


def test_a_free_illustrator_has_nothing_to_do_with_a_group_that_has_its_own(world, topic, client):
    hand_over(topic, world.author)
    client.force_login(person("illustrator"))
    assert client.get(edit_url(topic)).status_code == 302


def test_at_sign_off_nobody_edits(world, topic, client):
    bring_to_sign_off(topic, world.author)
    before = latest(topic).latest_revision_id
    for user in (world.author, world.illustrator, world.coordinator, world.superuser):
        client.force_login(user)
        client.post(edit_url(topic), editor_data(world, key_message="Trop tard."))
        autosaved = client.post(
            edit_url(topic),
            nested_form_data({**editor_data(world, key_message="Trop tard.")}),
            headers={"accept": "application/json"},
        )
        assert not json.loads(autosaved.content).get("success")
    assert latest(topic).latest_revision_id == before
