"""Files that are not what they say, are broken, or do harm: each is refused with a
sentence, through every form, and nothing is left of it."""

import re
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from media.models import Illustration
from tests.factories.accounts import UserFactory
from tests.factories.bad_files import (
    ACTIVE_DRAWINGS,
    CAPTIONS,
    PICTURES,
    PNG,
    RECORDINGS,
    SECRET,
    with_everything,
)
from tests.factories.media import MP4, IllustrationFactory, picture_upload
from tests.media.doors import (
    CHOOSER,
    MULTIPLE,
    SINGLE,
    codes,
    film_fields,
    picture_fields,
    post_picture,
    post_recording,
    stored,
    temporary_files,
    upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

DRAWINGS = {
    name: ("bain.svg", content, "active_drawing") for name, content in ACTIVE_DRAWINGS.items()
}
ALL_PICTURES = {**PICTURES, **DRAWINGS}


@pytest.fixture(autouse=True)
def coordinator(client):
    user = UserFactory(roles=["coordinator"])
    client.force_login(user)
    return user


def test_the_corpus_is_as_large_as_promised():
    assert len(ALL_PICTURES) + len(RECORDINGS) + len(CAPTIONS) >= 30
    assert len(ACTIVE_DRAWINGS) >= 8
    assert len(CAPTIONS) >= 6


@pytest.mark.parametrize("case", ALL_PICTURES)
def test_a_bad_picture_is_refused(client, case):
    name, content, code = ALL_PICTURES[case]
    before = temporary_files()
    assert post_picture(client, upload(name, content)) == {"file": [code]}
    assert stored() == []
    assert temporary_files() == before


@pytest.mark.parametrize("door", [MULTIPLE, CHOOSER], ids=["multiple", "chooser"])
@pytest.mark.parametrize(
    "case",
    [
        "html-as-jpeg", "jpeg-as-png", "empty", "cut-webp", "129-megapixels", "moving-avif",
        "svg-laughs", "svg-repeats", "double-ending", "script", "style-loads",
    ],
)  # fmt: skip
def test_a_bad_picture_is_refused_at_the_other_doors_too(client, door, case):
    name, content, _code = ALL_PICTURES[case]
    assert post_picture(client, upload(name, content), door)["file"]
    assert stored() == []


def without_renditions():
    return [left for left in stored() if "/media/images/" not in left]


@pytest.mark.parametrize("case", ["html-as-jpeg", "cut-png", "script", "moving-webp"])
def test_a_bad_picture_does_not_take_a_good_ones_place(client, case):
    picture = IllustrationFactory(file=picture_upload(colour="teal"))
    before, kept = without_renditions(), picture.file_sha256
    name, content, code = ALL_PICTURES[case]
    address = reverse("wagtailimages:edit", args=[picture.pk])
    answer = client.post(address, picture_fields(upload(name, content)))
    assert codes(answer) == {"file": [code]}
    assert without_renditions() == before
    assert Illustration.objects.get().file_sha256 == kept


@pytest.mark.parametrize("case", RECORDINGS)
def test_a_bad_film_or_sound_is_refused(client, case):
    kind, name, content, code = RECORDINGS[case]
    before = temporary_files()
    assert post_recording(client, kind, upload(name, content))["file"] == [code]
    assert stored() == []
    assert temporary_files() == before


@pytest.mark.parametrize("case", CAPTIONS)
def test_bad_captions_are_refused_line_by_line(client, case):
    content, mistakes = CAPTIONS[case]
    address = reverse("wagtailmedia:add", args=["video"])
    fields = film_fields(upload("a.mp4", MP4), captions_fr=upload("a.vtt", content))
    response = client.post(address, fields)
    errors = response.context["form"].errors["captions_fr"].as_data()
    assert [error.code for error in errors] == list(mistakes.values())
    for error, line in zip(errors, mistakes, strict=True):
        if line:
            (message,) = error.messages
            assert re.search(rf"\b{line}\b", message), message
    assert stored() == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", b"<svg></svg>"), ("a.svg", DRAWINGS["script"][1]), ("a.png", PNG[:90])],
)
def test_a_bad_poster_is_refused_with_its_film(client, name, content):
    assert post_recording(client, "video", upload("a.mp4", MP4), thumbnail=upload(name, content))[
        "thumbnail"
    ]
    assert stored() == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ" * 40),
        ("a.psd", b"MZ" * 40),
        ("a.zip", b"<html>"),
        ("a.html", b"<html>"),
        ("a", b"PK\x03\x04"),
    ],
)
def test_a_source_file_that_no_drawing_program_wrote_is_refused(client, name, content):
    data = picture_fields(picture_upload(), source_file=upload(name, content))
    assert codes(client.post(SINGLE, data)) == {"source_file": ["not_a_source"]}
    assert stored() == []


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.png",
        "..\\..\\evil.png",
        "/etc/passwd.png",
        "a\x00.png",
        "a\u202egnp.png",
        "b" * 200 + ".png",
        "été à la mer.png",
    ],
)
def test_a_strange_name_leads_nowhere(client, name):
    """A good picture is taken; its name says neither where it is put nor what it is."""
    assert post_picture(client, upload(name, PNG)) in ({}, {"file": ["max_length"]})
    for picture in Illustration.objects.all():
        assert re.fullmatch(r"original_images/[\w.-]+\.png", picture.file.name)
        assert default_storage.exists(picture.file.name)
    assert len(stored()) in (0, 2)


def test_a_good_picture_waits_for_its_credit_without_its_places_and_names(client):
    """Several at once: what is uploaded first and described after."""
    file = upload("a.jpg", with_everything("JPEG"))
    assert post_picture(client, file, MULTIPLE) == {}
    assert not Illustration.objects.exists()
    (waiting,) = [path for path in stored() if path.endswith(".jpg") and "/" in path]
    assert SECRET.encode() not in Path(waiting).read_bytes()
