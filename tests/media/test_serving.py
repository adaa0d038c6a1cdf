"""Films are sent piece by piece to browsers that ask so."""

from pathlib import Path

import pytest
from django.utils.http import http_date

from media.serving import serve_upload

pytestmark = pytest.mark.django_db  # for the page that says that there is nothing

ADDRESS = "/media/recordings/film.mp4"
CONTENT = bytes(range(256)) * 64
SIZE = len(CONTENT)


@pytest.fixture(autouse=True)
def film(settings):
    path = Path(settings.MEDIA_ROOT) / "recordings" / "film.mp4"
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    return path


def sent(response):
    return b"".join(response.streaming_content)


def ask(client, asked, **headers):
    return client.get(ADDRESS, headers={"range": asked, **headers})


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
    for other in (http_date(0), '"abc"', "x"):
        response = ask(client, "bytes=0-1", if_range=other)
        assert response.status_code == 200
        assert sent(response) == CONTENT


def test_what_the_browser_has_already_is_not_sent_again(client):
    fresh = {"if_modified_since": last_modified(client)}
    assert ask(client, "bytes=0-1", **fresh).status_code == 304


def last_modified(client):
    response = client.get(ADDRESS)
    assert sent(response) == CONTENT
    return response["Last-Modified"]


def test_head_tells_of_the_whole_film(client):
    response = client.head(ADDRESS, headers={"range": "bytes=0-1"})
    response.close()
    assert response.status_code == 200
    assert response["Content-Length"] == str(SIZE)
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("path", ["recordings", "recordings/autre.mp4", "../settings.py"])
def test_nothing_else_is_sent(client, path):
    response = client.get(f"/media/{path}", headers={"range": "bytes=0-1"})
    assert not response.streaming
    assert response.status_code >= 300


def test_a_long_piece_is_read_as_it_is_sent_and_closed_after(rf):
    response = serve_upload(rf.get(ADDRESS, headers={"range": "bytes=1-"}), "recordings/film.mp4")
    file = response.file_to_stream.file
    first = next(iter(response.streaming_content))
    assert first == CONTENT[1 : len(first) + 1]
    assert file.tell() < SIZE
    response.close()
    assert file.closed
