"""How files are sent, from the disk and from a bucket alike: films piece by piece, nothing
twice, and each as what it is."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.utils.http import http_date

from media import registry
from media.models import Illustration, Recording
from media.serving import send
from tests.factories.media import MP4, CaptionTrackFactory, IllustrationFactory, RecordingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CONTENT = MP4 + bytes(range(256)) * 64
SIZE = len(CONTENT)


@pytest.fixture(autouse=True)
def film(store):
    """A film that parents see."""
    registry.register_publisher(lambda model, pk: [model.objects.filter(pk=pk)])
    return RecordingFactory(file=SimpleUploadedFile("film.mp4", CONTENT))


def sent(response):
    return b"".join(response.streaming_content)


def address():
    return Recording.objects.get().file.url


def ask(client, asked, **headers):
    return client.get(address(), headers={"range": asked, **headers})


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-0", 0, 0),
        ("bytes=5000-9999", 5000, 9999),
        ("bytes=5000-", 5000, SIZE - 1),
        ("bytes=-300", SIZE - 300, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
        (f"bytes=100-{SIZE * 2}", 100, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
        ("Bytes=0-1", 0, 1),
    ],
)
def test_one_range_is_sent_alone(client, asked, first, last):
    response = ask(client, asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["Content-Type"] == "video/mp4"
    assert response["Accept-Ranges"] == "bytes"
    assert sent(response) == CONTENT[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}", "bytes=-0"])
def test_beyond_the_end_there_is_nothing(client, asked):
    response = ask(client, asked)
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{SIZE}"
    assert response.content == b""


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "bytes=",
        "bytes=-",
        "bytes=9-5",
        "bytes=0-1,4-5",
        "lines=0-1",
        "bytes=a-b",
        "bytes=²-3",
        f"bytes={'9' * 5000}-",
    ],
)
def test_several_ranges_or_none_get_the_whole_film(client, asked):
    response = ask(client, asked)
    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert "Content-Range" not in response
    assert sent(response) == CONTENT


def test_a_film_that_has_changed_meanwhile_is_sent_whole(client):
    known = last_modified(client)
    assert sent(ask(client, "bytes=0-1", if_range=known)) == CONTENT[:2]
    etag = client.head(address())["ETag"]
    assert sent(ask(client, "bytes=0-1", if_range=etag)) == CONTENT[:2]
    for other in (http_date(0), '"abc"', "x"):
        response = ask(client, "bytes=0-1", if_range=other)
        assert response.status_code == 200
        assert sent(response) == CONTENT


def test_what_the_browser_has_already_is_not_sent_again(client):
    fresh = {"if_modified_since": last_modified(client)}
    assert ask(client, "bytes=0-1", **fresh).status_code == 304
    assert client.get(address(), headers=fresh).status_code == 304
    etag = client.head(address())["ETag"]
    assert client.get(address(), headers={"if_none_match": etag}).status_code == 304
    assert sent(client.get(address(), headers={"if_none_match": '"abc"'})) == CONTENT


def test_what_the_browser_has_already_is_not_fetched_from_the_store(client):
    etag = client.head(address())["ETag"]
    default_storage.delete(Recording.objects.get().file.name)
    assert client.get(address(), headers={"if_none_match": etag}).status_code == 304
    assert client.get(address()).status_code == 404


def last_modified(client):
    response = client.get(address())
    assert sent(response) == CONTENT
    return response["Last-Modified"]


def test_head_tells_of_the_whole_film(client):
    response = client.head(address(), headers={"range": "bytes=0-1"})
    response.close()
    assert response.status_code == 200
    assert response["Content-Length"] == str(SIZE)
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "recordings",
        "recordings/",
        "recordings/autre.mp4",
        "../settings.py",
        "..%2fsettings.py",
        "recordings/../recordings/{name}",
        "recordings//{name}",
        "./recordings/{name}",
        "/recordings/{name}",
        "recordings%5C{name}",
        "recordings/{name}%00",
        "recordings/{name}/",
        "recordings/{name}.part",
    ],
)
def test_nothing_else_is_sent(client, path):
    name = Recording.objects.get().file.name.rpartition("/")[2]
    response = client.get(f"/media/{path.format(name=name)}", headers={"range": "bytes=0-1"})
    assert not response.streaming
    assert response.status_code in (301, 302, 404)


@pytest.mark.parametrize("folder", ["uploads", "briefs", "sources", "recordings"])
def test_what_no_row_names_is_not_sent(client, folder):
    name = default_storage.save(f"{folder}/nu.mp4", SimpleUploadedFile("nu.mp4", CONTENT))
    assert default_storage.exists(name)
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_files_are_only_read_here(client, method):
    assert getattr(client, method)(address()).status_code == 405


def test_a_long_piece_is_read_as_it_is_sent_and_closed_after(rf):
    name = Recording.objects.get().file.name
    response = send(rf.get("/", headers={"range": "bytes=1-"}), name)
    file = response.file_to_stream.file
    first = file.read(10)
    assert first == CONTENT[1:11]
    response.close()
    closed = getattr(file, "closed", None)
    assert closed or file.stream._raw_stream.closed


def test_each_file_is_what_it_is_and_nothing_else(client, film):
    track = CaptionTrackFactory(recording=film)
    picture = IllustrationFactory()
    made = picture.get_rendition("width-20|format-webp")
    for file, kind in (
        (film.file, "video/mp4"),
        (track.file, "text/vtt; charset=utf-8"),
        (picture.file, "image/png"),
        (made.file, "image/webp"),
    ):
        response = client.get(file.url)
        assert sent(response)
        assert response["Content-Type"] == kind
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "Content-Disposition" not in response


@pytest.mark.parametrize("name", ["page.html", "script.js", "texte.pdf", "sans-nom"])
def test_what_is_no_picture_film_or_sound_is_kept_and_not_shown(rf, name):
    stored = default_storage.save(name, SimpleUploadedFile(name, b"<script>1</script>"))
    response = send(rf.get("/"), stored)
    assert sent(response)
    response.file_to_stream.close()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_drawing_opened_by_itself_may_do_nothing(client):
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    name = default_storage.save(
        "original_images/trait.svg", SimpleUploadedFile("trait.svg", drawing)
    )
    # Not by an upload, whose rules are told elsewhere.
    QuerySet(Illustration).filter(pk=IllustrationFactory().pk).update(file=name)
    response = client.get(f"/media/{name}")
    assert sent(response) == drawing
    assert response["Content-Type"] == "image/svg+xml"
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy
