"""What is replaced is gone, what is used stays, and asking for either costs little."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.utils import timezone

from media.models import Illustration, Recording
from media.rules import FileInUseError
from tests.factories.media import picture_upload
from tests.factories.pages import placed, stream, topic_page
from tests.factories.workgroups import (
    bring_to_sign_off,
    illustration,
    person,
    signature_for,
)
from tests.media.addresses import addresses, film, given, login, status
from workgroups import signing
from workgroups.models import EditorialRecord

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry_of_its_own():
    """Here the rooms above answer as they do on the site."""


def test_what_is_replaced_is_gone_with_its_renditions(
    client, topic, picture, author, group, django_capture_on_commit_callbacks
):
    login(client, author)
    old = addresses(picture)
    names = [file.name for file, _sha256 in picture.stored_files()]
    with django_capture_on_commit_callbacks(execute=True):
        picture.file = picture_upload("autre.png", colour="red")
        picture.save()
    assert {status(client, address) for address in old} == {404}
    assert not [name for name in names if picture.file.storage.exists(name)]
    assert given(client, picture)


def test_a_replaced_poster_is_gone_and_the_film_stays(
    client, group, django_capture_on_commit_callbacks
):
    made = film(group)
    old = made.thumbnail.name
    with django_capture_on_commit_callbacks(execute=True):
        Recording.objects.filter(pk=made.pk).update(
            thumbnail=made.thumbnail.storage.save("recordings/posters/n.png", picture_upload())
        )
    made.refresh_from_db()
    storage = made.file.storage
    assert not storage.exists(old)
    assert storage.exists(made.file.name)
    assert storage.exists(made.thumbnail.name)


def test_what_a_picture_was_drawn_in_is_for_its_group_alone(
    client, topic, picture, author, others, put_online
):
    """Online or not; and to be saved, never to be shown: nobody has cleaned it."""
    drawn = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"
    picture.source_file = SimpleUploadedFile("bain.svg", drawn)
    picture.save()
    put_online(topic)
    address = picture.source_file.url
    assert status(client, picture.file.url) == 200
    for user in (None, *others):
        login(client, user)
        assert status(client, address) == 404
    login(client, author)
    response = client.get(address)
    assert b"".join(response.streaming_content) == drawn
    assert response["Content-Disposition"] == "attachment"


def test_a_public_file_costs_one_query(
    client, topic, picture, put_online, django_assert_num_queries
):
    put_online(topic)
    for address in addresses(picture):
        with django_assert_num_queries(1):
            assert status(client, address) == 200


@pytest.mark.any_database
@pytest.mark.parametrize("store", ["disk"], indirect=True)
def test_a_private_file_costs_no_more_in_many_topics(
    client, theme, author, picture, django_assert_max_num_queries
):
    group, stranger = picture.collection.workgroup, person("partner_manager")
    counts = {author: [], stranger: []}
    for number in (1, 50):
        while (made := EditorialRecord.objects.count()) < number:
            topic_page(theme, group, author, picture=picture, slug=f"sujet-{made}")
        for user, found in counts.items():
            login(client, user)
            with django_assert_max_num_queries(20) as counted:
                status(client, picture.file.url)
            found.append(len(counted))
    assert all(one == many for one, many in counts.values())


@pytest.mark.parametrize("scheduled", [False, True])
def test_what_a_draft_or_a_scheduled_topic_shows_is_not_deleted(
    topic, group, author, anne, scheduled
):
    """Wagtail's index reads the row of the page alone, where none of it stands yet."""
    made = film(group)
    picture = illustration(collection=group.collection)
    topic.lead_illustration = picture
    topic.body = stream(
        ("picture", {"picture": placed(picture), "caption": ""}),
        ("recording", {"heading": "Le rituel", "recording": made.pk}),
    )
    topic.save_revision(user=author)
    if scheduled:
        bring_to_sign_off(topic, author)
        on = timezone.now() + timedelta(days=7)
        signing.sign(topic.pk, anne, signature_for(topic, publish_at=on))
    stored = [*picture.stored_files(), *made.stored_files()]
    for held in (picture, made, made.caption_tracks.get()):
        for delete in (held.delete, type(held).objects.filter(pk=held.pk).delete):
            with pytest.raises(FileInUseError), transaction.atomic():
                delete()
    assert all(file.storage.exists(file.name) for file, _sha256 in stored)


def test_every_place_for_a_file_says_when_parents_see_it():
    """A new model that shows a picture or a film has to register when it makes it public, or
    stands here as one that does not."""
    known = {
        "IllustrationRendition",  # belongs to its picture
        "CaptionTrack",  # to its film
        "DraftFile",  # drafts are no publication
        "IllustrationBrief",  # keeps what became of it, in a draft at first
        "SignedFile",
        "TopicPage",  # through SignedFile
        "ThemePage",
        "Stage",
        "Professional",
        "Partner",  # its logo
        "Draft",  # of an entry, sent with a form that is not finished
        "DirectorySettings",  # the badge, drawn by its own view
    }
    found = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in (Illustration, Recording)
    }
    assert found == known
