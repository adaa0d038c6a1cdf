"""A file is everybody's while parents see it somewhere, and its group's alone before and after:
by its address, on the disk and in a bucket."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from pages.models import Stage
from tests.factories.media import picture_upload
from tests.factories.pages import placed, stream, topic_page
from tests.factories.workgroups import (
    bring_to_sign_off,
    illustration,
    member,
    person,
    signatory,
    signature_for,
)
from tests.media.addresses import addresses, film, given, login, refused, status, withdraw
from workgroups import signing
from workgroups.models import EditorialRecord, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry_of_its_own():
    """Here the rooms above answer as they do on the site."""


# Before the publication


def test_nobody_else_fetches_an_unpublished_picture(client, topic, picture, others):
    for user in (None, *others):
        login(client, user)
        assert refused(client, picture)
        for address in addresses(picture):
            answer = client.get(address)
            assert picture.title.encode() not in answer.content
            nowhere = client.get("/media/images/nulle-part.png")
            assert (answer.status_code, answer.content) == (404, nowhere.content)
            assert client.head(address).status_code == 404
            assert client.get(address, headers={"range": "bytes=0-1"}).status_code == 404
            fresh = client.get(address, headers={"if_none_match": f'"{picture.file_sha256}"'})
            assert fresh.status_code == 404


def test_an_unpublished_film_its_poster_and_its_captions_are_kept_too(client, group, others):
    made = film(group)
    assert len(addresses(made)) == 3
    for user in (None, *others):
        login(client, user)
        assert refused(client, made)
    login(client, member(group))
    assert given(client, made)


def test_the_group_the_illustrator_and_the_coordinators_see_it(client, topic, picture, group):
    for user in (
        member(group),
        member(group, "illustrator"),
        person("coordinator"),
        person("administrator"),
        person(is_superuser=True),
    ):
        login(client, user)
        assert given(client, picture)
        response = client.head(picture.file.url)
        assert response["Cache-Control"] == "private, no-store"


def test_who_left_the_group_sees_it_no_more(client, topic, picture, group):
    left = member(group)
    login(client, left)
    assert given(client, picture)
    Membership.objects.filter(user=left).delete()
    assert refused(client, picture)


def test_a_guessed_name_opens_nothing(client, topic, picture):
    addresses(picture)
    name = picture.file.name.rpartition("/")[2].removesuffix(".png")
    for guess in (
        f"images/{name}.width-20.png",
        f"images/{name}.original.png",
        f"images/{name}.width-30.png",
        f"original_images/{name.upper()}.png",
        f"original_images/{name}.PNG",
    ):
        assert status(client, f"/media/{guess}") == 404


def test_whoever_may_sign_sees_what_she_reads_and_nothing_else(client, topic, picture, author):
    """The sign-off page shows the pictures to a signatory who belongs to no group."""
    anne = signatory()
    login(client, anne)
    assert refused(client, picture)
    other = illustration(collection=picture.collection)
    bring_to_sign_off(topic, author)
    assert given(client, picture)
    assert refused(client, other)
    response = client.get(reverse("editorial_sign_off", args=[topic.pk]))
    assert response.status_code == 200
    record = EditorialRecord.objects.get(page=topic.pk)
    revision = signing.revision_to_sign(record)
    signing.return_page(topic.pk, anne, revision.pk, "draft", "À revoir.")
    assert refused(client, picture)


def test_she_compares_with_the_picture_that_was_signed_before(
    client, theme, author, picture, put_online
):
    topic = put_online(topic_page(theme, picture.collection.workgroup, author, picture=picture))
    withdraw(topic, person("coordinator"))
    topic.refresh_from_db()
    new = illustration(collection=picture.collection)
    topic.lead_illustration = new
    topic.save_revision(user=author)
    login(client, signatory())
    bring_to_sign_off(topic, author)
    assert given(client, picture)
    assert given(client, new)


def test_a_topic_that_another_group_takes_over_brings_its_pictures_along(
    client, topic, picture, others
):
    heir = others[0]
    login(client, heir)
    assert refused(client, picture)
    EditorialRecord.objects.reassign(topic, heir.memberships.get().workgroup, person("coordinator"))
    assert given(client, picture)


def test_portraits_of_accounts_are_for_those_who_work_here(client, store):
    user = person("author")
    profile = UserProfile.get_for_user(user)
    profile.avatar.save("moi.png", picture_upload())
    address = profile.avatar.url
    assert status(client, address) == 404
    login(client, person("illustrator"))
    assert status(client, address) == 200
    login(client, person())
    assert status(client, address) == 404


# While parents see it


def test_everybody_sees_what_is_published_without_a_cookie(
    client, topic, picture, put_online, others
):
    put_online(topic)
    for user in (None, *others):
        login(client, user)
        assert given(client, picture)
    for address in addresses(picture):
        response = client.get(address)
        assert b"".join(response.streaming_content)
        assert response["Cache-Control"] == "public, max-age=300, must-revalidate"
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies


def test_a_withdrawal_makes_it_private_again(client, topic, picture, put_online, group):
    topic = put_online(topic)
    assert given(client, picture)
    withdraw(topic, person("coordinator"))
    assert refused(client, picture)
    login(client, member(group))
    assert given(client, picture)


def test_what_is_signed_for_later_is_not_seen_before_its_day(client, topic, picture, author, anne):
    bring_to_sign_off(topic, author)
    on = timezone.now() + timedelta(days=7)
    signing.sign(topic.pk, anne, signature_for(topic, publish_at=on))
    assert refused(client, picture)
    with time_machine.travel(on + timedelta(minutes=1)):
        call_command("run_due", verbosity=0)
        assert given(client, picture)


def test_the_draft_of_a_published_topic_hides_its_new_picture(
    client, topic, picture, author, put_online
):
    topic = put_online(topic)
    new = illustration(collection=picture.collection)
    topic.lead_illustration = new
    topic.body = stream(("picture", {"picture": placed(new), "caption": ""}))
    topic.save_revision(user=author)
    assert given(client, picture)
    assert refused(client, new)
    put_online(topic)
    assert given(client, new)
    assert refused(client, picture)


def test_a_picture_of_two_topics_stays_while_one_of_them_does(
    client, topic, author, picture, put_online
):
    theme, group = topic.get_parent().specific, topic.workgroup
    other = topic_page(theme, group, author, picture=picture, title="Le doudou", slug="doudou")
    topic, other = put_online(topic), put_online(other)
    withdraw(topic, person("coordinator"))
    assert given(client, picture)
    withdraw(other, person("coordinator"))
    assert refused(client, picture)


def test_a_published_film_comes_with_its_poster_and_captions(
    client, topic, group, author, put_online
):
    made = film(group)
    topic.body = stream(("recording", {"heading": "Le rituel", "recording": made.pk}))
    topic.save_revision(user=author)
    assert refused(client, made)
    topic = put_online(topic)
    assert given(client, made)
    withdraw(topic, person("coordinator"))
    assert refused(client, made)


def test_pictures_of_themes_and_stages_are_seen_where_they_are(client, theme, group):
    of_theme, drafted, of_stage = (illustration(collection=group.collection) for _ in "123")
    theme.picture = of_theme
    theme.save_revision().publish()
    theme.picture = drafted
    theme.save_revision()
    assert given(client, of_theme)
    assert refused(client, drafted)
    theme.unpublish()
    assert refused(client, of_theme)
    assert refused(client, of_stage)
    Stage.objects.update(picture=of_stage)
    assert given(client, of_stage)


def test_a_theme_that_only_some_may_read_shows_no_picture(client, theme, picture):
    """Topics that parents read bear no such restriction: the database refuses it."""
    theme.picture = picture
    theme.save_revision().publish()
    assert given(client, picture)
    restricted = PageViewRestriction.objects.create(
        page=theme.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert refused(client, picture)
    restricted.delete()
    assert given(client, picture)
