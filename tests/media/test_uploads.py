"""What is accepted at upload, told from its bytes, and what is asked for."""

import hashlib
import re

import pytest
from config.wording import WORDING
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import override

from media.forms import PictureField
from media.models import CaptionTrack, Illustration, Recording
from tests.factories.accounts import UserFactory
from tests.factories.media import (
    M4A,
    MP3,
    MP4,
    OGG,
    VTT,
    WEBM,
    CaptionTrackFactory,
    IllustrationFactory,
    RecordingFactory,
    picture_bytes,
    picture_upload,
)
from tests.media.doors import film_fields, picture_fields, upload

pytestmark = pytest.mark.django_db

ADD_PICTURE = "/admin/images/add/"


@pytest.fixture(autouse=True)
def coordinator(client):
    user = UserFactory(roles=["coordinator"], display_name="Inès Morel")
    client.force_login(user)
    return user


def stored_files():
    """Every file in the storage, folder by folder."""
    folders, found = [""], []
    while folders:
        folder = folders.pop()
        if not folder and not default_storage.exists("."):
            return []
        below, files = default_storage.listdir(folder)
        folders += [f"{folder}/{name}".strip("/") for name in below]
        found += [f"{folder}/{name}".strip("/") for name in files]
    return found


def errors(response):
    return response.context["form"].errors


@pytest.mark.parametrize(
    ("name", "image_format"),
    [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("a.avif", "AVIF")],
)
def test_a_picture_of_each_accepted_type_is_stored_with_its_hash(client, name, image_format):
    content = picture_bytes(image_format)
    response = client.post(ADD_PICTURE, picture_fields(upload(name, content)))
    assert response.status_code == 302, errors(response)
    picture = Illustration.objects.get()
    assert picture.file_sha256 == hashlib.sha256(content).hexdigest()
    assert (picture.credit, picture.description) == (
        "Inès Morel",
        "Un bébé dans une petite baignoire.",
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.gif", picture_bytes("GIF")),
        ("gif-nommee.png", picture_bytes("GIF")),
        ("a.bmp", picture_bytes("BMP")),
        ("dessin.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("dessin.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("jpeg-nommee.png", picture_bytes("JPEG")),
        ("texte.png", b"Bonjour"),
        ("vide.png", b""),
    ],
)
def test_any_other_file_gets_a_sentence_and_stores_nothing(client, name, content):
    response = client.post(ADD_PICTURE, picture_fields(upload(name, content)))
    assert errors(response)["file"]
    assert not Illustration.objects.exists()
    assert stored_files() == []


@pytest.mark.parametrize(
    ("name", "content", "limits"),
    [
        ("a.gif", picture_bytes("GIF"), {}),
        ("jpeg-nommee.png", picture_bytes("JPEG"), {}),
        ("texte.png", b"Bonjour", {}),
        ("vide.png", b"", {}),
        ("lourde.png", picture_bytes("PNG"), {"WAGTAILIMAGES_MAX_UPLOAD_SIZE": 50}),
        ("large.png", picture_bytes("PNG"), {"WAGTAILIMAGES_MAX_IMAGE_PIXELS": 100}),
    ],
)
def test_why_a_picture_is_refused_is_said_in_words_of_our_own(settings, name, content, limits):
    for setting, value in limits.items():
        setattr(settings, setting, value)
    own = [re.escape(text) for text in WORDING if isinstance(text, str)]
    patterns = [re.sub(r"%\\\(\w+\\\)s", ".+", text) for text in own]
    with override(None):
        with pytest.raises(ValidationError) as refused:
            PictureField().clean(upload(name, content))
        messages = refused.value.messages
    for message in messages:
        assert any(re.fullmatch(pattern, message) for pattern in patterns), message


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize("address", [ADD_PICTURE, "/admin/images/multiple/add/"])
def test_a_damaged_picture_gets_a_sentence_and_stores_nothing(client, image_format, address):
    whole = picture_bytes(image_format, size=(300, 200), colour="teal")
    name = f"abimee.{image_format.lower()}"
    damaged = upload(name, whole[: len(whole) * 2 // 3])
    if "multiple" in address:
        answer = client.post(
            address, {"files[]": damaged}, headers={"x-requested-with": "XMLHttpRequest"}
        ).json()
        assert not answer["success"]
        assert answer["error_message"]
    else:
        assert errors(client.post(address, picture_fields(damaged)))["file"]
    assert not Illustration.objects.exists()
    assert stored_files() == []


def test_a_picture_that_is_too_heavy_or_too_large_is_refused(client, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 50
    assert errors(client.post(ADD_PICTURE, picture_fields(picture_upload())))["file"]
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100
    assert errors(client.post(ADD_PICTURE, picture_fields(picture_upload())))["file"]
    assert stored_files() == []


def test_the_limits_are_those_promised(settings):
    assert settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE == 40 * 1024 * 1024
    assert settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS == 128_000_000


def test_credit_and_licence_are_asked_for(client):
    data = picture_fields(picture_upload(), credit_name=" ", licence="")
    assert set(errors(client.post(ADD_PICTURE, data))) == {"credit_name", "licence"}
    data = picture_fields(picture_upload(), licence="other")
    assert set(errors(client.post(ADD_PICTURE, data))) == {"licence_text"}


def test_the_form_explains_what_the_alternative_text_is_for(client):
    form = client.get(ADD_PICTURE).context["form"]
    assert form.fields["description"].help_text
    assert form.fields["credit_name"].help_text


def test_the_credit_of_an_account_is_copied_and_outlives_a_new_name(client, coordinator):
    data = picture_fields(picture_upload(), credit_name="", credit_user=coordinator.pk)
    client.post(ADD_PICTURE, data)
    coordinator.display_name = "Inès Lopez"
    coordinator.save()
    assert Illustration.objects.get().credit == "Inès Morel"


def test_a_replaced_picture_gets_a_new_hash():
    picture = IllustrationFactory()
    before = picture.file_sha256
    picture.file = picture_upload(colour="red")
    picture.save(update_fields=["file"])
    picture.refresh_from_db()
    assert len(picture.file_sha256) == 64
    assert picture.file_sha256 != before


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("video", "a.mp4", MP4),
        ("video", "a.webm", WEBM),
        ("audio", "a.mp3", MP3),
        ("audio", "a.ogg", OGG),
        ("audio", "a.m4a", M4A),
    ],
)
def test_a_film_or_sound_of_each_accepted_type_is_stored(client, kind, name, content):
    address = reverse("wagtailmedia:add", args=[kind])
    assert client.get(address).status_code == 200
    response = client.post(address, film_fields(upload(name, content)))
    assert response.status_code == 302, errors(response)
    recording = Recording.objects.get()
    assert recording.type == kind
    assert recording.file_sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("video", "a.mp4", b"<html>" + MP4),
        ("video", "a.mp4", MP3),
        ("video", "a.webm", MP4),
        ("video", "a.html", MP4),
        ("video", "a.mov", MP4.replace(b"isom", b"qt  ", 1)),
        ("video", "a.mp4", MP4.replace(b"isom", b"qt  ", 1)),
        ("audio", "a.mp3", MP4),
        ("audio", "a.wav", b"RIFF\x00\x00\x00\x00WAVE" + b"\x00" * 64),
        ("media", "a.mp4", MP4),
    ],
)
def test_any_other_recording_gets_a_sentence_and_stores_nothing(client, kind, name, content):
    address = reverse("wagtailmedia:add", args=[kind])
    response = client.post(address, film_fields(upload(name, content)))
    assert errors(response)["file"]
    assert stored_files() == []


def add_film(client, **changes):
    address = reverse("wagtailmedia:add", args=["video"])
    return client.post(address, film_fields(upload("a.mp4", MP4), **changes))


def test_a_film_takes_captions_a_poster_and_a_transcript(client):
    response = add_film(
        client,
        captions_fr=upload("a.vtt", VTT),
        thumbnail=picture_upload("affiche.png"),
        transcript="Bonjour à vous.",
    )
    assert response.status_code == 302, errors(response)
    film = Recording.objects.get()
    (track,) = film.caption_tracks.all()
    assert (track.language, film.transcript) == ("fr", "Bonjour à vous.")
    assert track.file_sha256 == hashlib.sha256(VTT).hexdigest()
    assert film.thumbnail.name


@pytest.mark.parametrize(
    "content",
    [b"WEBVTT\n\n", b"1\n00:00 --> 00:02\nSRT", "WEBVTT\n\nété".encode("latin-1"), b"WEBVTTX", b""],
)
def test_captions_that_are_no_webvtt_in_utf8_are_refused(client, content):
    assert errors(add_film(client, captions_fr=upload("a.vtt", content)))["captions_fr"]
    assert stored_files() == []


@pytest.mark.parametrize("start", [b"WEBVTT - le bain\n", b"\xef\xbb\xbfWEBVTT\r\n"])
def test_captions_may_start_as_the_standard_allows(client, start):
    content = start + b"\n00:01.000 --> 00:02.000\nBonjour\n"
    assert add_film(client, captions_fr=upload("a.vtt", content)).status_code == 302


def test_a_poster_is_a_real_picture(client):
    response = add_film(client, thumbnail=upload("affiche.png", b"<svg></svg>"))
    assert errors(response)["thumbnail"]


def test_a_sound_has_no_captions(client):
    form = client.get(reverse("wagtailmedia:add", args=["audio"])).context["form"]
    assert "captions_fr" not in form.fields


def test_captions_are_replaced_and_removed_with_their_file(
    client, django_capture_on_commit_callbacks
):
    track = CaptionTrackFactory()
    address = reverse("wagtailmedia:edit", args=[track.recording.pk])
    assert client.get(address).status_code == 200
    data = film_fields("", captions_fr=upload("b.vtt", VTT + b"\n"))
    first = track.file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, data).status_code == 302
    track.refresh_from_db()
    assert not default_storage.exists(first)
    assert track.file_sha256 == hashlib.sha256(VTT + b"\n").hexdigest()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, film_fields("", **{"captions_fr-clear": "on"}))
    assert not CaptionTrack.objects.exists()
    assert not default_storage.exists(track.file.name)


def test_deleting_a_film_takes_its_files_along(client, django_capture_on_commit_callbacks):
    track = CaptionTrackFactory(recording__thumbnail=picture_upload("affiche.png"))
    assert len(stored_files()) == 3
    address = reverse("wagtailmedia:delete", args=[track.recording.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address).status_code == 302
    assert not Recording.objects.exists()
    assert stored_files() == []


def test_deleting_a_picture_takes_its_file_along(client, django_capture_on_commit_callbacks):
    picture = IllustrationFactory()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert not Illustration.objects.exists()
    assert stored_files() == []


def test_a_film_is_added_from_the_chooser(client):
    prefix = "media-chooser-upload-"
    data = film_fields(upload("a.mp4", MP4), captions_fr=upload("a.vtt", VTT))
    response = client.post(
        reverse("wagtailmedia:chooser_upload", args=["video"]),
        {prefix + name: value for name, value in data.items()},
    )
    assert response.json()["step"] == "media_chosen"
    assert RecordingFactory._meta.model.objects.get().caption_tracks.count() == 1
