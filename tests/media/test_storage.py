"""Files in a bucket, and what people are told when it refuses, is slow or goes away."""

import html
from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import UploadedFile

from media.failures import store_fails_message
from media.models import CaptionTrack, Illustration, Recording
from tests.buckets import keys
from tests.factories.accounts import UserFactory
from tests.factories.media import (
    MP4,
    VTT,
    CaptionTrackFactory,
    IllustrationFactory,
    RecordingFactory,
    picture_upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
AJAX = {"headers": {"x-requested-with": "XMLHttpRequest"}}


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


def fields(file, **changes):
    values = {
        "title": "Le bain",
        "file": file,
        "credit_name": "Inès Morel",
        "licence": "full_rights",
        "duration": "12",
        "tags": "",
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def sentence(with_file=True):
    with override("fr"):
        return str(store_fails_message(with_file=with_file))


def nothing_is_left(line):
    line.disturb(None)
    assert not Illustration.objects.exists()
    assert not Recording.objects.exists()
    assert not CaptionTrack.objects.exists()
    return keys(default_storage) == set()


# Kept in a bucket


def test_the_bucket_keeps_what_the_site_gives_addresses_to(bucket, coordinator, client):
    client.post(reverse("wagtailimages:add"), fields(picture_upload("été.png")))
    picture = Illustration.objects.get()
    picture.get_rendition("width-20")
    film = RecordingFactory(thumbnail=picture_upload())
    CaptionTrackFactory(recording=film)
    assert len(keys(bucket)) == 5
    for file in (picture, film):
        for stored, sha256 in file.stored_files():
            assert stored.url.startswith("/media/")
            assert "?" not in stored.url
            assert sha256
            assert stored.size == bucket.look(stored.name).size
            assert bucket.exists(stored.name)


def test_nobody_reads_the_bucket_without_its_key(bucket):
    picture = IllustrationFactory()
    acl = bucket.client.get_object_acl(Bucket=bucket.bucket_name, Key=picture.file.name)
    assert [grant["Grantee"]["Type"] for grant in acl["Grants"]] == ["CanonicalUser"]


def test_two_files_of_one_name_are_two_files(bucket):
    names = {IllustrationFactory(file=picture_upload("a.png")).file.name for _ in range(3)}
    assert len(names) == 3
    assert keys(bucket) == names


def test_deleting_takes_the_files_along(
    bucket, coordinator, client, django_capture_on_commit_callbacks
):
    track = CaptionTrackFactory(recording__thumbnail=picture_upload())
    picture = IllustrationFactory()
    picture.get_rendition("width-20")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailmedia:delete", args=[track.recording.pk]))
        client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert keys(bucket) == set()


def test_what_is_signed_is_verified_in_the_bucket(bucket, topic, put_online):
    topic = put_online(topic)
    picture = topic.lead_illustration
    made = picture.get_rendition("width-20")
    assert verify() == (0, "1 live pages, each as it was signed.\n")
    bucket.put(made.file.name, SimpleUploadedFile("a", b"another"))
    assert verify()[0] == 1
    assert f"{made.file.name} is not the file that was signed" in verify()[1]
    bucket.delete(made.file.name)
    assert f"{made.file.name} is missing" in verify()[1]


def test_a_store_that_fails_is_no_file_that_is_missing(line, topic, put_online):
    put_online(topic)
    line.disturb("broken")
    status, said = verify()
    assert status == 1
    assert "cannot be read" in said
    assert "missing" not in said


def verify():
    said = StringIO()
    try:
        call_command("verify_signoffs", stdout=said)
    except SystemExit as end:
        return end.code, said.getvalue()
    return 0, said.getvalue()


# Storing what somebody sends


@pytest.mark.parametrize("address", ["wagtailimages:add", "wagtailimages_chooser:create"])
def test_a_picture_that_is_not_stored_is_told_at_its_form(
    client, coordinator, line, trouble, address
):
    prefix = "image-chooser-upload-" if "chooser" in address else ""
    data = {prefix + name: value for name, value in fields(picture_upload()).items()}
    line.disturb(trouble, b"PUT")
    response = client.post(reverse(address), data)
    assert response.status_code == 200
    assert response.context["form"].errors == {"file": [sentence()]}
    assert response.context["form"]["title"].value() == "Le bain"
    assert nothing_is_left(line)
    data[f"{prefix}file"] = picture_upload()
    assert client.post(reverse(address), data).status_code in (200, 302)
    assert Illustration.objects.count() == 1


def test_a_store_that_is_not_there_is_told_as_well(client, coordinator, line):
    line.stop()
    response = client.post(reverse("wagtailimages:add"), fields(picture_upload()))
    assert response.context["form"].errors == {"file": [sentence()]}
    assert not Illustration.objects.exists()


def test_one_of_several_pictures_is_told_beside_it(client, coordinator, line, trouble, monkeypatch):
    # The transaction around the test would have to be rolled back; a request has none.
    monkeypatch.setattr(
        "django.db.models.base.transaction.mark_for_rollback_on_error",
        lambda using: nullcontext(),
    )
    line.disturb(trouble, b"PUT")
    response = client.post(
        reverse("wagtailimages:add_multiple"), {"files[]": picture_upload()}, **AJAX
    )
    assert response.json() == {"success": False, "error_message": sentence()}
    assert not UploadedFile.objects.exists()
    assert nothing_is_left(line)


def test_the_second_step_of_several_keeps_the_picture_for_another_try(
    client, coordinator, line, trouble
):
    sent = client.post(
        reverse("wagtailimages:add_multiple"), {"files[]": picture_upload()}, **AJAX
    ).json()
    number = sent["uploaded_file_id"]
    finish = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
    root = Illustration().collection_id or 1
    data = fields(None, collection=root)
    data = {f"uploaded-image-{number}-{name}": value for name, value in data.items()}
    before = keys(default_storage)
    line.disturb(trouble, b"PUT")
    answer = client.post(finish, data, **AJAX).json()
    assert not answer["success"]
    assert sentence(with_file=False) in html.unescape(answer["form"])
    line.disturb(None)
    assert keys(default_storage) == before
    assert not Illustration.objects.exists()
    assert client.post(finish, data, **AJAX).json()["success"]
    assert Illustration.objects.get().file_sha256
    assert len(keys(default_storage)) == 1


@pytest.mark.parametrize("folder", ["", "recordings/posters", "recordings/captions"])
def test_a_film_is_stored_with_all_that_belongs_to_it_or_not_at_all(
    client, coordinator, line, trouble, folder
):
    refused = f"PUT /{default_storage.bucket_name}/{folder}".encode()
    line.disturb(trouble, refused)
    data = fields(
        SimpleUploadedFile("film.mp4", MP4),
        thumbnail=picture_upload("affiche.png"),
        captions_fr=SimpleUploadedFile("a.vtt", VTT),
        transcript="Bonjour",
    )
    response = client.post(reverse("wagtailmedia:add", args=["video"]), data)
    assert response.status_code == 200
    assert response.context["form"].errors == {"file": [sentence()]}
    assert response.context["form"]["transcript"].value() == "Bonjour"
    assert nothing_is_left(line)


def test_a_film_that_was_to_be_replaced_stays(client, coordinator, line, trouble):
    film = RecordingFactory()
    before = keys(default_storage)
    line.disturb(trouble, b"PUT")
    data = fields(SimpleUploadedFile("neuf.mp4", MP4 + b"x"))
    response = client.post(reverse("wagtailmedia:edit", args=[film.pk]), data)
    assert response.context["form"].errors == {"file": [sentence()]}
    line.disturb(None)
    assert keys(default_storage) == before
    name = film.file.name
    film.refresh_from_db()
    assert film.file.name == name


def test_a_picture_that_was_to_be_replaced_stays(
    client, coordinator, line, trouble, django_capture_on_commit_callbacks
):
    picture = IllustrationFactory()
    before = keys(default_storage)
    address = reverse("wagtailimages:edit", args=[picture.pk])
    line.disturb(trouble, b"PUT")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, fields(picture_upload("neuf.png", colour="red")))
    assert response.context["form"].errors == {"file": [sentence()]}
    line.disturb(None)
    assert keys(default_storage) == before
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, fields(picture_upload("neuf.png", colour="red")))
    assert not keys(default_storage) & before


def test_a_full_disk_is_told_in_the_same_words(client, coordinator, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    response = client.post(reverse("wagtailimages:add"), fields(picture_upload()))
    assert response.context["form"].errors == {"file": [sentence()]}
    assert not Illustration.objects.exists()


def test_what_cannot_be_deleted_is_no_reason_to_stop(
    client, coordinator, line, trouble, django_capture_on_commit_callbacks
):
    film, picture = RecordingFactory(), IllustrationFactory()
    line.disturb(trouble, b"DELETE")
    with django_capture_on_commit_callbacks(execute=True):
        for address in (
            reverse("wagtailmedia:delete", args=[film.pk]),
            reverse("wagtailimages:delete", args=[picture.pk]),
        ):
            assert client.post(address).status_code == 302
    line.disturb(None)
    assert not Recording.objects.exists()
    for file in (film, picture):  # nobody fetches what no row names
        assert client.get(file.file.url).status_code == 404
