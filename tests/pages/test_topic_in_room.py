"""A topic begins in its group's room: a few words, then the editor."""

from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from wagtail.models import PageLogEntry

from pages.models import TopicPage
from pages.topic_form import UNTITLED
from tests.factories.pages import theme_page
from tests.factories.workgroups import WorkgroupFactory, member, person
from workgroups.models import EditorialRecord, Membership, Stage


def address(group):
    return reverse("pages_topic_in_room", args=[group.pk])


def room(group):
    return reverse("workgroup_room", args=[group.pk])


def edit_url(topic):
    return reverse("wagtailadmin_pages:edit", args=[topic.pk])


def key_of(response):
    shown = BeautifulSoup(response.content, "html.parser")
    return shown.find("input", attrs={"name": "key"})["value"]


@pytest.fixture
def begin(client, site):
    """Open the form as somebody and send it: ``begin(user, **changes)``."""

    def sent(user, **changes):
        client.force_login(user)
        values = {
            "key": key_of(client.get(address(site.group))),
            "title": "Les siestes",
            "theme": site.theme.pk,
            "stages": [site.stage.pk],
            "writers": [site.author.pk],
        }
        return client.post(address(site.group), {**values, **changes})

    return sent


def test_an_author_begins_a_topic_in_her_room(client, site, begin):
    client.force_login(site.author)
    assert address(site.group) in client.get(room(site.group)).content.decode()
    response = begin(site.author)
    topic = TopicPage.objects.get()
    assert response.url == edit_url(topic)
    draft = topic.get_latest_revision_as_object()
    assert (draft.title, draft.slug, list(draft.stages.all())) == (
        "Les siestes",
        "les-siestes",
        [site.stage],
    )
    record = EditorialRecord.objects.get()
    assert (record.workgroup, record.stage, topic.live) == (site.group, Stage.DRAFT, False)
    assert record.due_on
    assert topic.get_parent().pk == site.theme.pk
    assert topic.owner == site.author
    assert topic.current_workflow_state
    editor = client.get(response.url)
    assert editor.context["form"]["workgroup"].value() == site.group.pk


def test_those_who_are_to_write_are_told_and_noted(site, begin, django_capture_on_commit_callbacks):
    julien, nadia = (member(site.group, display_name=name) for name in ("Julien Q", "Nadia B"))
    with django_capture_on_commit_callbacks(execute=True):
        begin(site.author, writers=[site.author.pk, julien.pk])
    messages = {address: message for message in mail.outbox for address in message.to}
    assert set(messages) == {julien.email, nadia.email}
    for message in messages.values():
        assert str(julien) in message.body
        assert edit_url(TopicPage.objects.get()) in message.body
    assert str(nadia) not in messages[julien.email].body
    entry = PageLogEntry.objects.get(action="editorial.writers")
    assert entry.user == site.author
    assert [writer["id"] for writer in entry.data["writers"]] == [julien.pk, site.author.pk]


def test_pressed_twice_it_makes_one_topic(client, site, begin):
    client.force_login(site.author)
    key = key_of(client.get(address(site.group)))
    first, second = begin(site.author, key=key), begin(site.author, key=key)
    assert first.url == second.url == edit_url(TopicPage.objects.get())
    assert begin(site.author).url == edit_url(TopicPage.objects.get(slug="les-siestes-2"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "   "}, "title"),
        ({"title": "a" * 256}, "title"),
        ({"theme": ""}, "theme"),
        ({"theme": "999999"}, "theme"),
        ({"writers": []}, "writers"),
        ({"stages": ["999999"]}, "stages"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_made(site, begin, changes, field):
    response = begin(site.author, **changes)
    assert list(response.context["form"].errors) == [field]
    assert not TopicPage.objects.exists()
    if field != "title":
        assert "Les siestes" in response.content.decode()


def test_a_form_that_was_refused_makes_one_topic_when_it_is_mended(site, begin):
    key = key_of(begin(site.author, title=""))
    for _press in range(2):
        begin(site.author, key=key)
    assert TopicPage.objects.count() == 1


def test_it_takes_no_theme_and_no_writer_of_others(site, begin):
    other = WorkgroupFactory(name="Repas")
    elsewhere = theme_page(site.home, other, title="Repas", slug="repas")
    assert "theme" in begin(site.author, theme=elsewhere.pk).context["form"].errors
    for stranger in (member(other), member(site.group, "illustrator"), person("author")):
        assert "writers" in begin(site.author, writers=[stranger.pk]).context["form"].errors
    assert not TopicPage.objects.exists()


@pytest.mark.parametrize("key", ["", "abc", "0b0f5c0e-8f5e-4a63-9d39-3f0e52bb9a01"])
def test_no_key_but_the_forms_own_makes_a_topic(site, begin, key):
    topic = site.draft()
    for forged in (key, str(topic.translation_key)):
        assert begin(site.author, key=forged).status_code == HTTPStatus.BAD_REQUEST
    assert TopicPage.objects.get() == topic


@pytest.mark.parametrize("value", ["abc", "-1", "9" * 30])
def test_what_no_browser_sends_is_refused(site, begin, value):
    for changes in ({"theme": value}, {"stages": [value]}, {"writers": [value]}):
        assert begin(site.author, **changes).status_code == HTTPStatus.BAD_REQUEST
    assert not TopicPage.objects.exists()


def test_a_coordinator_begins_one_for_any_group(site, begin):
    response = begin(site.coordinator)
    assert response.url == edit_url(TopicPage.objects.get())
    Membership.objects.all().delete()
    response = begin(site.coordinator, writers=[], title="Le bain")
    assert response.url == edit_url(TopicPage.objects.get(slug="le-bain"))


def test_who_does_not_write_in_the_group_begins_nothing_there(client, site):
    closed = WorkgroupFactory(active=False)
    for user, group in (
        (member(WorkgroupFactory(name="Repas")), site.group),
        (member(site.group, "illustrator"), site.group),
        (site.signatory, site.group),
        (site.coordinator, closed),
        (member(closed), closed),
    ):
        client.force_login(user)
        assert client.get(address(group)).url == reverse("wagtailadmin_home")
        assert client.post(address(group), {"title": "Volé"}).status_code == HTTPStatus.FOUND
        assert address(group) not in client.get(room(group), follow=True).content.decode()
    assert not TopicPage.objects.exists()


def test_a_group_without_a_theme_is_told_so(client, site):
    site.theme.workgroups = []
    site.theme.save()
    client.force_login(site.author)
    response = client.get(address(site.group), follow=True)
    assert response.redirect_chain[-1][0] == room(site.group)
    assert len(list(response.context["messages"])) == 1


def test_the_address_is_free_even_where_the_site_needs_the_word(site, begin):
    begin(site.author, title="Recherche")
    assert TopicPage.objects.get().slug != "recherche"
    assert TopicPage.objects.get().title != UNTITLED
