"""What is signed does not change, by whatever way one tries."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from PIL import Image

from media.models import CaptionTrack, Illustration, Recording
from media.registry import holders, is_frozen
from media.rules import FileInUseError, FrozenFileError, sha256_of
from tests.factories.accounts import UserFactory
from tests.factories.media import (
    MP4,
    VTT,
    CaptionTrackFactory,
    IllustrationFactory,
    RecordingFactory,
    picture_upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("superuser")]


def picture_fields(**changes):
    return {
        "title": "Le doudou",
        "credit_name": "Inès Morel",
        "licence": "full_rights",
        "description": "",
        "tags": "",
        **changes,
    }


def film_fields(**changes):
    return {
        "title": "Le film",
        "credit_name": "Inès Morel",
        "licence": "full_rights",
        "transcript": "Bonjour",
        "duration": "0",
        "tags": "",
        **changes,
    }


def refused(signed, /, **changes):
    for name, value in changes.items():
        setattr(signed, name, value)
    with pytest.raises(FrozenFileError), transaction.atomic():
        signed.save()
    with pytest.raises(FrozenFileError), transaction.atomic():
        signed.save(update_fields=list(changes))


def test_the_registry_tells_who_uses_a_file(hold):
    picture, free = IllustrationFactory(), IllustrationFactory()
    hold(picture, "Brouillon")
    assert not is_frozen(picture)
    hold(picture, "Page signée", frozen=True)
    assert is_frozen(picture)
    assert [holder.label for holder in holders(picture)] == ["Brouillon", "Page signée"]
    assert holders(free) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("file", "picture"),
        ("file", "another"),
        ("credit_name", "Un autre"),
        ("licence", "cc_by"),
        ("licence_text", "Presque libre"),
        ("licence_until", dt.date(2030, 1, 1)),
        ("focal_point_x", 3),
        ("long_description", "Tout ce qui se voit"),
    ],
)
def test_code_cannot_change_a_signed_picture(signed_picture, field, value):
    value = {
        "picture": picture_upload(),
        "another": IllustrationFactory().file.name,
    }.get(value, value)
    refused(signed_picture, **{field: value})
    refused(Illustration.objects.get(pk=signed_picture.pk), credit_user=UserFactory())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("file", "film"),
        ("transcript", "Au revoir"),
        ("thumbnail", "picture"),
        ("type", "audio"),
        ("licence", "cc_by"),
    ],
)
def test_code_cannot_change_a_signed_film(signed_film, field, value):
    if value == "film":
        value = SimpleUploadedFile("autre.mp4", MP4 + b"x")
    refused(signed_film, **{field: picture_upload() if value == "picture" else value})


def test_code_cannot_change_the_captions_of_a_signed_film(hold):
    track = CaptionTrackFactory()
    hold(track.recording, frozen=True)
    refused(track, file=SimpleUploadedFile("b.vtt", VTT + b"x"))
    refused(CaptionTrack.objects.get(), language="ar")
    with pytest.raises(FrozenFileError):
        CaptionTrack.objects.update(language="ar")
    with pytest.raises(FrozenFileError):
        CaptionTrackFactory(recording=track.recording, language="ar")
    with pytest.raises(FileInUseError):
        track.delete()


def test_captions_cannot_be_moved_away_from_a_signed_film(hold):
    track, other = CaptionTrackFactory(), RecordingFactory()
    hold(track.recording, frozen=True)
    refused(track, recording=other)


def test_an_update_in_one_query_is_refused_as_well(signed_picture, signed_film):
    with pytest.raises(FrozenFileError, match="Le bain"):
        Illustration.objects.update(file="autre.png")
    with pytest.raises(FrozenFileError):
        Recording.objects.filter(pk=signed_film.pk).update(transcript="")
    signed_picture.credit_name = "Un autre"
    with pytest.raises(FrozenFileError):
        Illustration.objects.bulk_update([signed_picture], ["credit_name"])


def test_what_is_known_of_a_signed_file_stays(signed_picture, signed_film, hold):
    track = CaptionTrackFactory()
    hold(track.recording, frozen=True)
    for file in (signed_picture, signed_film, track):
        with pytest.raises(FrozenFileError):
            type(file).objects.filter(pk=file.pk).update(file_sha256="0" * 64)
        refused(file, file_sha256="0" * 64)


def test_what_is_known_of_a_signed_films_poster_stays(hold):
    film = RecordingFactory(thumbnail=picture_upload())
    hold(film, frozen=True)
    with pytest.raises(FrozenFileError):
        Recording.objects.update(thumbnail_sha256="0" * 64)
    refused(film, thumbnail_sha256="0" * 64)


@pytest.mark.parametrize(
    "touch",
    [
        lambda file: file.delete(),
        lambda file: file.delete(save=False),
        lambda file: file.save("autre.png", picture_upload()),
        lambda file: file.save("autre.png", picture_upload(), save=False),
        lambda file: file.open("wb"),
        lambda file: file.open("r+b"),
        lambda file: file.open("ab"),
    ],
)
def test_the_bytes_of_a_signed_file_are_refused_before_they_are_touched(hold, touch):
    film = RecordingFactory(thumbnail=picture_upload())
    picture, track = IllustrationFactory(), CaptionTrackFactory(recording=film)
    hold(film, frozen=True)
    hold(picture, frozen=True)
    for file in (picture.file, film.file, film.thumbnail, track.file):
        folder, before = Path(file.path).parent, Path(file.path).read_bytes()
        names = sorted(folder.iterdir())
        with pytest.raises(FrozenFileError, match="Le bain"):
            touch(file)
        assert Path(file.path).read_bytes() == before
        assert sorted(folder.iterdir()) == names
        with file.open() as opened:
            assert opened.read() == before


def colours(picture):
    """The colour of each rendition that the picture gives, as its visitors see it."""
    found = set()
    for rendition in picture.get_renditions(
        "width-20|format-webp", "width-20|format-jpeg"
    ).values():
        with (
            rendition.file.storage.open(rendition.file.name) as stored,
            Image.open(stored) as shown,
        ):
            red, _green, blue = shown.convert("RGB").getpixel((3, 3))
            found.add("red" if red > blue else "blue")
    return found


def replace_by_form(client, picture, upload):
    data = picture_fields(file=upload)
    address = reverse("wagtailimages:edit", args=[picture.pk])
    assert client.post(address, data).status_code == 302


def replace_in_code(client, picture, upload):
    picture.file = upload
    picture.save()


def replace_this_field_alone(client, picture, upload):
    picture.file = upload
    picture.save(update_fields=["file"])


def replace_through_the_file(client, picture, upload):
    picture.file.save(upload.name, upload)


def replace_in_one_query(client, picture, upload):
    name = default_storage.save("original_images/neuf.png", upload)
    Illustration.objects.filter(pk=picture.pk).update(file=name)


def replace_many(client, picture, upload):
    picture.file = default_storage.save("original_images/neuf.png", upload)
    Illustration.objects.bulk_update([picture], ["file"])


@pytest.mark.parametrize(
    "replace",
    [
        replace_by_form,
        replace_in_code,
        replace_this_field_alone,
        replace_through_the_file,
        replace_in_one_query,
        replace_many,
    ],
)
def test_no_rendition_of_an_earlier_file_is_left(
    client, hold, replace, django_capture_on_commit_callbacks
):
    picture = IllustrationFactory(file=picture_upload(colour="blue"))
    first = picture.file_sha256
    hold(picture)
    assert colours(picture) == {"blue"}
    old = [rendition.file for rendition in picture.renditions.all()]
    with django_capture_on_commit_callbacks(execute=True):
        replace(client, picture, picture_upload("neuf.png", colour="red"))
    picture = Illustration.objects.get()
    assert colours(picture) == {"red"}
    assert picture.file_sha256 == sha256_of(picture.file) != first
    assert not [file for file in old if file.storage.exists(file.name)]
    replace(client, picture, picture_upload("encore.png", colour="blue"))
    assert colours(Illustration.objects.get()) == {"blue"}


@pytest.mark.parametrize("specs", [["width-20"], ["width-20", "width-10|format-jpeg"]])
def test_each_rendition_keeps_the_hash_it_was_made_with(specs):
    picture = IllustrationFactory()
    picture.get_renditions(*specs)
    for rendition in picture.renditions.all():
        assert rendition.file_sha256 == sha256_of(rendition.file)
    assert len(list(picture.stored_files())) == 1 + len(specs)


def test_title_and_tags_and_collection_may_change(client, signed_picture, ours):
    address = reverse("wagtailimages:edit", args=[signed_picture.pk])
    assert "Le bain sans danger" in client.get(address).content.decode()
    data = picture_fields(title="Le lapin", tags="doudou", collection=ours.pk)
    assert client.post(address, data).status_code == 302
    signed_picture.refresh_from_db()
    assert (signed_picture.title, signed_picture.collection) == ("Le lapin", ours)
    assert signed_picture.tags.names().get() == "doudou"


def test_a_signed_picture_keeps_its_credit_when_its_author_has_left(client, hold):
    illustrator = UserFactory()
    picture = IllustrationFactory(credit_user=illustrator)
    hold(picture, frozen=True)
    illustrator.is_active = False
    illustrator.save()
    data = picture_fields(title="Le lapin", credit_user=illustrator.pk)
    assert client.post(reverse("wagtailimages:edit", args=[picture.pk]), data).status_code == 302
    picture.refresh_from_db()
    assert (picture.title, picture.credit_user) == ("Le lapin", illustrator)


def test_a_picture_that_only_a_draft_uses_may_change(client, hold):
    picture = IllustrationFactory()
    hold(picture, frozen=False)
    data = picture_fields(file=picture_upload(colour="red"), credit_name="Un autre")
    address = reverse("wagtailimages:edit", args=[picture.pk])
    assert client.post(address, data).status_code == 302
    before = picture.file_sha256
    picture.refresh_from_db()
    assert picture.file_sha256 != before


@pytest.mark.parametrize(
    ("field", "value"),
    [("file", "picture"), ("credit_name", "Un autre"), ("licence", "cc_by")],
)
def test_the_forms_say_at_the_field_why_a_signed_picture_stays(
    client, signed_picture, field, value
):
    value = picture_upload("b.png", colour="red") if value == "picture" else value
    stored = signed_picture.file.name
    response = client.post(
        reverse("wagtailimages:edit", args=[signed_picture.pk]), picture_fields(**{field: value})
    )
    (error,) = response.context["form"].errors[field]
    assert "Le bain sans danger" in error
    signed_picture.refresh_from_db()
    assert signed_picture.file.name == stored
    assert signed_picture.file.storage.exists(stored)


def test_the_second_form_of_the_upload_screen_is_no_way_round(client, signed_picture):
    prefix = f"image-{signed_picture.pk}-"
    data = {prefix + name: value for name, value in picture_fields(licence="cc_by").items()}
    address = reverse("wagtailimages:edit_multiple", args=[signed_picture.pk])
    answer = client.post(address, data, headers={"x-requested-with": "XMLHttpRequest"})
    assert not answer.json()["success"]
    signed_picture.refresh_from_db()
    assert signed_picture.licence == "full_rights"


@pytest.mark.parametrize("field", ["file", "transcript", "thumbnail", "captions_fr"])
def test_the_form_says_at_the_field_why_a_signed_film_stays(client, signed_film, field):
    value = {
        "file": SimpleUploadedFile("autre.mp4", MP4 + b"x"),
        "transcript": "Au revoir",
        "thumbnail": picture_upload(),
        "captions_fr": SimpleUploadedFile("a.vtt", VTT),
    }[field]
    stored = signed_film.file.name
    response = client.post(
        reverse("wagtailmedia:edit", args=[signed_film.pk]), film_fields(**{field: value})
    )
    assert "Le bain sans danger" in response.context["form"].errors[field][0]
    signed_film.refresh_from_db()
    assert signed_film.file.storage.exists(stored)
    assert not signed_film.caption_tracks.exists()
