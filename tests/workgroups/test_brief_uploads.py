"""A picture that comes in pieces: gone on with after a break, or leaving nothing behind."""

import hashlib
import os
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from media.storages import LocalStorage
from tests.factories.briefs import asked
from tests.factories.media import picture_bytes
from tests.factories.workgroups import WorkgroupFactory, member
from tests.workgroups.brief_doors import stored
from workgroups.models import BriefUpload, BriefVersion, IllustrationBrief, brief_versions
from workgroups.models.brief_uploads import LARGEST_PIECE, LONGEST, SMALLEST_PIECE

PICTURE = picture_bytes(size=(300, 200), image_format="WEBP")


def noise(size=(300, 240)):
    """The bytes of a picture of more than three of the smallest pieces."""
    stream = BytesIO()
    pixels = hashlib.shake_256(b"noise").digest(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, pixels).save(stream, "PNG")
    return stream.getvalue()


LARGE = noise()
PIECE = SMALLEST_PIECE


@pytest.fixture
def brief(world):
    return asked(world.make_topic(), world.author)


def begin(client, brief, content=PICTURE, **changes):
    data = {
        "name": "dessin.png" if content.startswith(b"\x89PNG") else "dessin.webp",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "kind": "sketch",
        "note": "",
        **changes,
    }
    return client.post(reverse("brief_upload_begin", args=[brief.pk]), data)


def patch(client, upload, offset, data):
    return client.patch(
        upload["url"],
        data,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def test_piece_by_piece_it_becomes_a_version(
    world, login, brief, django_capture_on_commit_callbacks
):
    client = login(world.illustrator)
    upload = begin(client, brief, LARGE).json()
    assert upload["offset"] == 0
    assert patch(client, upload, 0, LARGE[:PIECE])["Upload-Offset"] == str(PIECE)
    answer = client.head(upload["url"])
    assert (answer["Upload-Offset"], answer["Upload-Length"]) == (str(PIECE), str(len(LARGE)))
    assert client.post(upload["finish"]).status_code == 409
    patch(client, upload, PIECE, LARGE[PIECE:])
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(upload["finish"])
    again = client.post(upload["finish"])
    assert first.json() == again.json()
    version = BriefVersion.objects.get()
    assert (version.number, version.kind, version.by) == (1, "sketch", world.illustrator)
    with default_storage.open(version.file.name) as kept:
        assert kept.read() == LARGE
    assert stored("uploads") == []
    assert IllustrationBrief.objects.get().state == "sketch"


def test_the_same_file_chosen_again_goes_on_where_it_stopped(world, login, brief):
    client = login(world.illustrator)
    upload = begin(client, brief, LARGE).json()
    patch(client, upload, 0, LARGE[:PIECE])
    again = begin(client, brief, LARGE, kind="colour").json()
    assert (again["url"], again["offset"]) == (upload["url"], PIECE)
    other = begin(client, brief).json()
    assert (other["url"] != upload["url"], other["offset"]) == (True, 0)


def test_a_piece_counts_once(world, login, brief):
    """Its answer was lost, or two tabs send: the second hears how far it has come."""
    client = login(world.illustrator)
    upload = begin(client, brief, LARGE).json()
    patch(client, upload, 0, LARGE[:PIECE])
    for offset in (0, 10, 2 * PIECE):
        answer = patch(client, upload, offset, LARGE[offset : offset + PIECE])
        assert (answer.status_code, answer["Upload-Offset"]) == (409, str(PIECE))
    assert len(stored("uploads")) == 1


def test_of_two_pieces_at_the_same_moment_one_is_kept(world, login, brief, monkeypatch):
    client = login(world.illustrator)
    upload = begin(client, brief, LARGE).json()
    save, sent = LocalStorage.save, []

    def save_after_another(*args):
        monkeypatch.setattr(LocalStorage, "save", save)
        sent.append(patch(client, upload, 0, LARGE[:PIECE]))
        return save(*args)

    monkeypatch.setattr(LocalStorage, "save", save_after_another)
    assert patch(client, upload, 0, LARGE[: PIECE + 1]).status_code == 409
    assert sent[0].status_code == 204
    kept = BriefUpload.objects.get()
    assert (kept.received, len(kept.pieces), len(stored("uploads"))) == (PIECE, 1, 1)


def test_no_crumbs(world, login, brief):
    """A piece may be small only where it is the last one."""
    client = login(world.illustrator)
    upload = begin(client, brief, LARGE).json()
    for crumb in (b"", LARGE[:1], LARGE[: PIECE - 1]):
        answer = patch(client, upload, 0, crumb)
        assert (answer.status_code, bool(answer.json()["error"])) == (400, True)
    assert stored("uploads") == []
    most = len(LARGE) - len(LARGE) % PIECE
    patch(client, upload, 0, LARGE[:most])
    assert patch(client, upload, most, b"").status_code == 400
    assert patch(client, upload, most, LARGE[most:]).status_code == 204


def test_it_does_not_last_for_ever(world, login, brief):
    client = login(world.illustrator)
    upload = begin(client, brief, LARGE).json()
    patch(client, upload, 0, LARGE[:PIECE])
    begun = timezone.now() - LONGEST + timedelta(hours=1)
    path = default_storage.path(BriefUpload.objects.get().pieces[0])
    os.utime(path, (begun.timestamp(), begun.timestamp()))
    patch(client, upload, PIECE, LARGE[PIECE : 2 * PIECE])
    kept = BriefUpload.objects.get()
    assert kept.received == 2 * PIECE
    assert kept.expires_at <= begun + LONGEST + timedelta(seconds=1)


def test_a_piece_that_is_gone_makes_it_begin_again(
    world, login, brief, store, django_capture_on_commit_callbacks
):
    """As where the files were moved to another store meanwhile."""
    client = login(world.illustrator)
    upload = begin(client, brief, LARGE).json()
    patch(client, upload, 0, LARGE[:PIECE])
    first = BriefUpload.objects.get().pieces[0]
    default_storage.delete(first)
    assert patch(client, upload, PIECE, LARGE[PIECE:]).status_code == 204
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(upload["finish"])
    assert (answer.status_code, bool(answer.json()["error"])) == (422, True)
    assert not BriefUpload.objects.exists()
    assert not BriefVersion.objects.exists()
    assert begin(client, brief, LARGE).json()["offset"] == 0


def test_others_may_write_while_a_picture_is_made_ready(world, login, brief, monkeypatch):
    client = login(world.illustrator)
    upload = begin(client, brief).json()
    outside, inside = len(connection.savepoint_ids), []
    prepared, save = brief_versions.prepared_picture, LocalStorage.save

    def spy(what):
        def spied(*args, **kwargs):
            inside.append(len(connection.savepoint_ids))
            return what(*args, **kwargs)

        return spied

    monkeypatch.setattr(brief_versions, "prepared_picture", spy(prepared))
    monkeypatch.setattr(LocalStorage, "save", spy(save))
    patch(client, upload, 0, PICTURE)
    assert client.post(upload["finish"]).status_code == 200
    assert inside == [outside] * 3  # the piece, the picture, its file


def test_what_another_tab_drops_is_not_found(world, login, brief, monkeypatch):
    client = login(world.illustrator)
    whole, begun = begin(client, brief).json(), begin(client, brief, LARGE).json()
    patch(client, whole, 0, PICTURE)
    drawn_by = IllustrationBrief.may_be_drawn_by

    def dropped_meanwhile(self, user):
        BriefUpload.objects.all().delete()
        return drawn_by(self, user)

    monkeypatch.setattr(IllustrationBrief, "may_be_drawn_by", dropped_meanwhile)
    uploads = list(BriefUpload.objects.all())
    for ask in (
        lambda: client.post(whole["finish"]),
        lambda: patch(client, begun, 0, LARGE[:PIECE]),
    ):
        BriefUpload.objects.bulk_create(uploads, ignore_conflicts=True)
        assert ask().status_code in (302, 404)
    assert not BriefVersion.objects.exists()


def test_a_topic_that_is_deleted_meanwhile_leaves_nothing(
    world, login, brief, monkeypatch, django_capture_on_commit_callbacks
):
    client = login(world.illustrator)
    upload = begin(client, brief).json()
    patch(client, upload, 0, PICTURE)
    prepared = brief_versions.prepared_picture

    def deleted_meanwhile(file):
        brief.page.specific.delete()
        return prepared(file)

    monkeypatch.setattr(brief_versions, "prepared_picture", deleted_meanwhile)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(upload["finish"])
    assert (answer.status_code, bool(answer.json()["error"])) == (422, True)
    assert not BriefUpload.objects.exists()
    assert stored("uploads") == stored("briefs") == []


@pytest.mark.parametrize(
    "change",
    [
        {"size": 0},
        {"size": 40 * 1024 * 1024 + 1},
        {"size": "beaucoup"},
        {"size": "9" * 30},
        {"kind": "poem"},
        {"sha256": "abc"},
        {"name": ""},
    ],
)
def test_what_no_picture_can_be_is_refused_before_it_is_sent(world, login, brief, change):
    answer = begin(login(world.illustrator), brief, **change)
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert not BriefUpload.objects.exists()


def test_no_more_comes_than_was_announced(world, login, brief):
    client = login(world.illustrator)
    upload = begin(client, brief, PICTURE[:60]).json()
    assert patch(client, upload, 0, PICTURE[:61]).status_code == 413
    assert patch(client, upload, 0, b"x" * (LARGEST_PIECE + 1)).status_code == 413
    assert patch(client, upload, "-1", b"x").status_code == 400
    assert BriefUpload.objects.get().received == 0
    assert stored("uploads") == []


@pytest.mark.parametrize(
    ("content", "sha256"),
    [(b"GIF89a but not a picture", None), (PICTURE[:-90], None), (PICTURE, "0" * 64)],
    ids=["disguised", "cut off", "damaged on the way"],
)
def test_what_is_no_picture_leaves_nothing_behind(
    world, login, brief, content, sha256, django_capture_on_commit_callbacks
):
    client = login(world.illustrator)
    changes = {"sha256": sha256} if sha256 else {}
    upload = begin(client, brief, content, **changes).json()
    patch(client, upload, 0, content)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(upload["finish"])
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert not BriefUpload.objects.exists()
    assert not BriefVersion.objects.exists()
    assert stored("uploads") == stored("briefs") == []


def test_dropped_it_leaves_nothing_behind(world, login, brief, django_capture_on_commit_callbacks):
    client = login(world.illustrator)
    upload = begin(client, brief, LARGE).json()
    patch(client, upload, 0, LARGE[:PIECE])
    page = client.get(reverse("desk"))
    assert [u.percent for u in page.context["cards"][0]["uploads"]] == [PIECE * 100 // len(LARGE)]
    assert not re.search(r":\s*</label>", page.content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(upload["forget"])
    assert not BriefUpload.objects.exists()
    assert stored("uploads") == []


def test_after_a_day_it_is_swept_away(world, login, brief, django_capture_on_commit_callbacks):
    client = login(world.illustrator)
    patch(client, begin(client, brief, LARGE).json(), 0, LARGE[:PIECE])
    going_on = begin(client, brief, picture_bytes()).json()
    default_storage.save("uploads/nobodys/000000000000", ContentFile(b"x"))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("run_due")
    assert BriefUpload.objects.count() == 2
    BriefUpload.objects.exclude(pk=going_on["url"].split("/")[-2]).update(
        expires_at=timezone.now() - timedelta(minutes=1)
    )
    with django_capture_on_commit_callbacks(execute=True):
        call_command("run_due")
    assert BriefUpload.objects.count() == 1
    assert stored("uploads") == []


def test_only_its_owner_goes_on(world, login, brief):
    upload = begin(login(world.illustrator), brief).json()
    second = member(world.group, "illustrator")
    stranger = member(WorkgroupFactory(name="Repas"), "illustrator")
    for user in (second, stranger, world.author, world.coordinator, world.superuser):
        client = login(user)
        assert patch(client, upload, 0, PICTURE[:9]).status_code in (302, 404)
        assert client.head(upload["url"]).status_code in (302, 404)
        assert client.post(upload["finish"]).status_code in (302, 404)
        assert client.post(upload["forget"]).status_code in (302, 404)
    assert BriefUpload.objects.get().received == 0


def test_whoever_has_left_the_group_does_not_go_on(world, login, brief):
    member(world.group, "illustrator")
    client = login(world.illustrator)
    upload = begin(client, brief).json()
    world.group.memberships.filter(user=world.illustrator).delete()
    patch(client, upload, 0, PICTURE[:9])
    assert BriefUpload.objects.get().received == 0


def test_only_who_draws_begins(world, login, brief):
    stranger = member(WorkgroupFactory(name="Repas"), "illustrator")
    for user in (world.author, world.signatory, stranger):
        assert begin(login(user), brief).status_code != 201
    assert not BriefUpload.objects.exists()


def test_nothing_more_for_a_closed_brief(world, login, brief):
    client = login(world.illustrator)
    upload = begin(client, brief).json()
    patch(client, upload, 0, PICTURE)
    brief.give_up(world.author, "Plus besoin.")
    assert client.post(upload["finish"]).status_code == 422
    assert begin(client, brief).status_code == 422
    assert not BriefUpload.objects.exists()
