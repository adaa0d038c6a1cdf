"""Good files stay good: what is taken out of them changes nothing that parents see."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from media.models import Illustration, Recording
from tests.factories.accounts import UserFactory
from tests.factories.bad_files import SECRET, cmyk, saved, srgb_profile, svg, with_everything
from tests.factories.media import (
    CaptionTrackFactory,
    IllustrationFactory,
    picture_bytes,
    picture_upload,
)
from tests.factories.recordings import m4a, mp3, mp4, ogg, webm
from tests.media.doors import (
    CHOOSER,
    SINGLE,
    codes,
    film_fields,
    picture_fields,
    post_picture,
    post_recording,
    stored,
    upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

RED = (200, 30, 40)


@pytest.fixture(autouse=True)
def coordinator(client):
    user = UserFactory(roles=["coordinator"])
    client.force_login(user)
    return user


def kept(client, name, content, door=SINGLE):
    """The bytes under which a picture is kept."""
    assert post_picture(client, upload(name, content), door) == {}
    return Path(Illustration.objects.get().file.path).read_bytes()


def opened(content):
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def is_near(colour, other, by):
    return all(abs(a - b) <= by for a, b in zip(colour, other, strict=True))


@pytest.mark.parametrize("door", [SINGLE, CHOOSER], ids=["form", "chooser"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_places_and_names_go_and_the_picture_stands_upright(client, kind, door):
    content = with_everything(kind)
    assert opened(content).getexif().get(0x0112) == 6
    made = kept(client, f"a.{kind.lower()}", content, door)
    assert SECRET.encode() not in made
    picture = opened(made)
    assert not {"exif", "xmp", "icc_profile", "XML:com.adobe.xmp"} & set(picture.info)
    assert picture.size == (20, 40)
    assert is_near(picture.convert("RGB").getpixel((9, 19)), RED, 8)
    stored_as = Illustration.objects.get()
    assert (stored_as.width, stored_as.height) == (20, 40)


def test_notes_in_a_png_go(client):
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", SECRET)
    notes.add_itxt("Comment", SECRET, zip=True)
    made = kept(client, "a.png", saved(Image.new("RGB", (40, 30), RED), "PNG", pnginfo=notes))
    assert opened(made).info == {}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_hidden_behind_a_picture_goes(client, kind):
    """A picture that is an archive or a page too, for whoever asks it to be one."""
    whole = picture_bytes(kind)
    made = kept(client, f"a.{kind.lower()}", whole + b"PK\x03\x04<script>alert(1)</script>")
    assert b"script" not in made
    opened(made)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_plain_picture_keeps_its_bytes(client, kind):
    whole = picture_bytes(kind)
    assert kept(client, f"a.{kind.lower()}", whole) == whole


@pytest.mark.parametrize("profile", [None, b"no profile" * 30], ids=["none", "broken"])
def test_four_colours_become_those_of_a_screen(client, profile):
    picture = opened(kept(client, "a.jpg", cmyk(profile)))
    assert picture.mode == "RGB"
    red, green, blue = picture.getpixel((9, 9))
    assert red > 180
    assert max(green, blue) < 90


def test_other_colour_spaces_become_srgb(client):
    content = saved(Image.new("RGB", (40, 30), RED), "JPEG", icc_profile=srgb_profile())
    picture = opened(kept(client, "a.jpg", content))
    assert "icc_profile" not in picture.info
    assert is_near(picture.getpixel((9, 9)), RED, 3)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_what_is_transparent_stays_so(client, kind):
    clear = Image.new("RGBA", (40, 30), (*RED, 0))
    clear.paste((*RED, 255), (0, 0, 20, 30))
    content = saved(clear, kind, icc_profile=srgb_profile())
    picture = opened(kept(client, f"a.{kind.lower()}", content)).convert("RGBA")
    assert picture.getpixel((35, 9))[3] < 10
    assert is_near(picture.getpixel((5, 9)), (*RED, 255), 8)


def rendition_colour(spec="width-20|format-webp"):
    rendition = Illustration.objects.get().get_rendition(spec)
    return opened(Path(rendition.file.path).read_bytes()).convert("RGB").getpixel((9, 9))


def test_sixteen_bits_of_grey_stay_as_light_as_they_were(client):
    grey = Image.new("I;16", (40, 30), 40_000)
    picture = opened(kept(client, "a.png", saved(grey, "PNG")))
    assert picture.mode == "L"
    assert abs(picture.getpixel((9, 9)) - 155) <= 1
    assert is_near(rendition_colour(), (155, 155, 155), 4)


def test_a_palette_gives_the_colours_that_it_means(client):
    content = saved(Image.new("RGB", (40, 30), RED).quantize(4), "PNG")
    assert kept(client, "a.png", content) == content
    assert is_near(rendition_colour(), RED, 8)


def test_a_telephones_double_picture_is_kept_as_one(client):
    red, other = Image.new("RGB", (40, 30), RED), Image.new("RGB", (20, 15), "blue")
    content = saved(red, "MPO", save_all=True, append_images=[other])
    assert opened(content).n_frames == 2
    picture = opened(kept(client, "a.jpg", content))
    assert (picture.format, picture.size) == ("JPEG", (40, 30))


DRAWING = svg(
    "<!-- Marie Martin, 3 rue des Lilas --><title>Marie Martin, 3 rue des Lilas</title>"
    "<metadata>Marie Martin, 3 rue des Lilas</metadata>"
    "<style>.a{fill:url(#g)}</style>"
    '<defs><linearGradient id="g"><stop offset="0" stop-color="#c81e28"/></linearGradient>'
    '<circle id="c" r="9" data-name="Marie Martin, 3 rue des Lilas"/></defs>'
    '<g transform="translate(9 9)"><use xlink:href="#c" class="a"/></g>'
    "<text>&lt;3 été</text>"
)


@pytest.mark.parametrize("door", [SINGLE, CHOOSER], ids=["form", "chooser"])
def test_a_plain_drawing_is_taken_with_its_shapes_and_without_its_notes(client, door):
    doctype = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">'
    made = kept(client, "rond.svg", doctype + DRAWING, door).decode()
    assert SECRET not in made
    for shape in ("<linearGradient", 'stop-color="#c81e28"', "url(#g)", 'href="#c"', "été"):
        assert shape in made
    picture = Illustration.objects.get()
    assert (picture.width, picture.height) == (40, 30)
    assert post_picture(client, upload("encore.svg", made.encode())) == {}


# What a picture says


def test_a_picture_decorates_or_says_something_never_both(client):
    data = picture_fields(picture_upload(), is_decorative="on")
    assert codes(client.post(SINGLE, data)) == {"is_decorative": ["decorative_with_text"]}
    assert stored() == []
    data = picture_fields(
        picture_upload(), is_decorative="on", description="", long_description="Tout."
    )
    assert codes(client.post(SINGLE, data)) == {"is_decorative": ["decorative_with_text"]}
    data = picture_fields(picture_upload(), is_decorative="on", description="")
    assert codes(client.post(SINGLE, data)) == {}
    assert Illustration.objects.get().default_alt_text == ""


def test_the_chooser_tells_a_place_whether_a_picture_only_decorates(client):
    for decorative in (True, False):
        picture = IllustrationFactory(description="", is_decorative=decorative)
        chosen = client.get(reverse("wagtailimages_chooser:chosen", args=[picture.pk])).json()
        assert chosen["result"]["is_decorative"] is decorative
    another = picture_upload(colour="red")  # Wagtail asks about one that it has already
    data = picture_fields(another, is_decorative="on", description="")
    prefix = "image-chooser-upload-"
    uploaded = client.post(CHOOSER, {prefix + name: value for name, value in data.items()}).json()
    assert uploaded["result"]["is_decorative"] is True


def test_what_is_proposed_in_a_place_is_the_description_and_never_the_title():
    assert IllustrationFactory(description="Un bain.").default_alt_text == "Un bain."
    assert IllustrationFactory(title="DSC_0042").default_alt_text == ""


# The layered original


SOURCES = {
    "a.psd": b"8BPS\x00\x01" + b"\x00" * 50,
    "a.ai": b"%PDF-1.6\n",
    "a.kra": b"PK\x03\x04" + b"\x00" * 50,
    "a.tif": b"II*\x00" + b"\x00" * 50,
    "a.SVG": svg('<script>1</script><circle r="3"/>'),
}


@pytest.mark.parametrize("name", SOURCES)
def test_the_layered_original_is_kept_apart(client, name):
    data = picture_fields(picture_upload(), source_file=upload(name, SOURCES[name]))
    assert codes(client.post(SINGLE, data)) == {}
    source = Illustration.objects.get().source_file
    assert source.name.startswith("sources/")
    assert Path(source.path).read_bytes() == SOURCES[name]


def uploads():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_original_goes_with_its_picture_and_when_it_is_replaced(
    client, django_capture_on_commit_callbacks
):
    picture = IllustrationFactory(source_file=upload("a.psd", SOURCES["a.psd"]))
    picture.get_rendition("width-20|format-webp")
    address = reverse("wagtailimages:edit", args=[picture.pk])
    data = picture_fields("", source_file=upload("b.kra", SOURCES["a.kra"]))
    with django_capture_on_commit_callbacks(execute=True):
        assert codes(client.post(address, data)) == {}
    assert [path.name for path in uploads() if path.parent.name == "sources"] == ["b.kra"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, picture_fields("", **{"source_file-clear": "on"}))
    assert [path for path in uploads() if path.parent.name == "sources"] == []
    picture.refresh_from_db()
    picture.source_file = upload("c.psd", SOURCES["a.psd"])
    picture.save()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert uploads() == []


# Films and sounds


@pytest.mark.parametrize(
    ("kind", "name", "content", "seconds", "size"),
    [
        ("video", "a.mp4", mp4(26), 26, (640, 360)),
        ("video", "a.mp4", mp4(26, tracks=(b"vide", b"soun")), 26, (640, 360)),
        ("video", "a.webm", webm(31), 31, (640, 360)),
        ("audio", "a.m4a", m4a(26), 26, (None, None)),
        ("audio", "a.mp3", mp3(100), 2.606, (None, None)),
        ("audio", "a.ogg", ogg(26), 26, (None, None)),
    ],
    ids=["mp4", "mp4-with-sound", "webm", "m4a", "mp3", "ogg"],
)
def test_how_long_and_how_large_is_read_from_the_file(client, kind, name, content, seconds, size):
    assert post_recording(client, kind, upload(name, content), duration="5") == {}
    recording = Recording.objects.get()
    assert recording.duration == pytest.approx(seconds, abs=0.1)
    assert (recording.width, recording.height) == size


def test_how_long_is_asked_where_the_file_does_not_tell(client):
    film = webm(None)
    assert post_recording(client, "video", upload("a.webm", film)) == {
        "duration": ["unknown_duration"]
    }
    assert stored() == []
    assert post_recording(client, "video", upload("a.webm", film), duration="14") == {}
    assert Recording.objects.get().duration == 14


def test_captions_may_overlap_and_bear_what_the_standard_knows(client):
    content = (
        b"\xef\xbb\xbfWEBVTT - le bain\r\nKind: captions\r\n\r\nNOTE pour la relecture\r\n\r\n"
        b"STYLE\r\n::cue { color: white }\r\n\r\n"
        b"1\r\n00:01.000 --> 00:04.000 line:0\r\n- Oui\r\n\r\n"
        b"00:00:02.000 --> 00:00:05.000\r\n<v Papa>Non\r\nnon\r\n"
    )
    assert (
        post_recording(
            client, "video", upload("a.mp4", mp4()), captions_fr=upload("a.vtt", content)
        )
        == {}
    )


def test_deleting_a_film_takes_every_file_along(client, django_capture_on_commit_callbacks):
    track = CaptionTrackFactory(
        recording__file=upload("a.mp4", mp4()), recording__thumbnail=picture_upload("affiche.png")
    )
    address = reverse("wagtailmedia:edit", args=[track.recording.pk])
    with django_capture_on_commit_callbacks(execute=True):
        data = film_fields("", duration="12", thumbnail=picture_upload("autre.png", colour="red"))
        assert codes(client.post(address, data)) == {}
    assert sorted(path.name for path in uploads()) == ["a.mp4", "autre.png", "film.vtt"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailmedia:delete", args=[track.recording.pk]))
    assert uploads() == []
