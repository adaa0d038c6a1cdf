"""Pages and lists are there, though the store of files is not."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from media.failures import StoreError
from pages.pictures import renditions_or_none
from tests.buckets import keys
from tests.factories.accounts import UserFactory
from tests.factories.media import IllustrationFactory, RecordingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _registry_of_its_own():
    """Here the rooms above answer as they do on the site."""


@pytest.fixture
def store():
    """The files are where each test puts them."""


@pytest.fixture
def coordinator(client):
    user = UserFactory(roles=["coordinator"])
    client.force_login(user)
    return user


def test_a_page_is_read_without_the_picture_that_cannot_be_made(line, trouble, topic, put_online):
    topic = put_online(topic)
    picture = topic.lead_illustration
    picture.renditions.all().delete()
    before = keys(default_storage)
    line.disturb(trouble)
    response = Client().get(topic.url)
    assert response.status_code == 200
    content = response.content.decode()
    assert "Un père près d" in content
    assert "/media/" not in content
    assert "None" not in content
    line.disturb(None)
    assert not picture.renditions.exists()
    assert keys(default_storage) <= before
    assert "/media/images/" in Client().get(topic.url).content.decode()


def test_a_picture_half_of_whose_renditions_are_stored_leaves_none(line):
    picture = IllustrationFactory()
    before = keys(default_storage)
    name = picture.file.name.rpartition("/")[2].removesuffix(".png")
    folder = f"/{default_storage.bucket_name}/images"
    line.disturb("refused", f"PUT {folder}/{name}.width-10".encode())
    assert renditions_or_none(picture, ["width-20", "width-10"]) is None
    line.disturb(None)
    assert keys(default_storage) == before
    assert set(renditions_or_none(picture, ["width-20", "width-10"])) == {"width-20", "width-10"}


def test_a_file_that_cannot_be_fetched_now_is_not_said_to_be_missing(
    line, trouble, topic, put_online
):
    topic = put_online(topic)
    address = topic.lead_illustration.file.url
    line.disturb(trouble)
    for asked in ({}, {"range": "bytes=0-1"}):
        response = Client().get(address, headers=asked)
        assert response.status_code == 503
        assert response["Cache-Control"] == "no-store"
        assert response["Retry-After"]
        assert b"<" not in response.content
    assert Client().head(address).status_code == 503
    line.disturb(None)
    response = Client().get(address)
    assert b"".join(response.streaming_content)


def test_a_file_that_the_bucket_has_lost_is_not_there(bucket, topic, put_online):
    topic = put_online(topic)
    bucket.delete(topic.lead_illustration.file.name)
    address = topic.lead_illustration.file.url
    assert Client().get(address).status_code == 404
    assert Client().head(address).status_code == 404
    assert Client().get(address, headers={"range": "bytes=0-1"}).status_code == 404


def test_the_lists_of_the_admin_are_there_without_their_pictures(
    client, coordinator, line, trouble
):
    picture, film = IllustrationFactory(), RecordingFactory()
    line.disturb(trouble)
    for address in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailmedia:index"),
        reverse("wagtailimages:edit", args=[picture.pk]),
        reverse("wagtailmedia:edit", args=[film.pk]),
    ):
        assert client.get(address).status_code == 200, address


def test_code_hears_of_a_failure_as_of_any_file_that_cannot_be_read(line, trouble):
    picture = IllustrationFactory()
    name = picture.file.name
    line.disturb(trouble)
    storage = default_storage
    for call in (
        lambda: storage.open(name).read(),
        lambda: storage.exists(name),
        lambda: storage.size(name),
        lambda: storage.listdir(""),
        lambda: storage.get_modified_time(name),
        lambda: storage.look(name),
        lambda: storage.read(name),
        lambda: storage.save("a.txt", SimpleUploadedFile("a.txt", b"a")),
    ):
        with pytest.raises(StoreError):
            call()
