"""A picture that comes in pieces: gone on with after a break, or leaving nothing behind."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tests.factories.briefs import asked
from tests.factories.media import picture_bytes
from tests.factories.workgroups import WorkgroupFactory, member
from tests.workgroups.brief_doors import stored
from workgroups.models import BriefUpload, BriefVersion, IllustrationBrief
from workgroups.models.brief_uploads import LARGEST_PIECE

PICTURE = picture_bytes(size=(300, 200), image_format="WEBP")


@pytest.fixture
def brief(world):
    return asked(world.make_topic(), world.author)


def begin(client, brief, content=PICTURE, **changes):
    data = {
        "name": "dessin.webp",
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
    upload = begin(client, brief).json()
    assert upload["offset"] == 0
    assert patch(client, upload, 0, PICTURE[:50])["Upload-Offset"] == "50"
    answer = client.head(upload["url"])
    assert (answer["Upload-Offset"], answer["Upload-Length"]) == ("50", str(len(PICTURE)))
    assert client.post(upload["finish"]).status_code == 409
    patch(client, upload, 50, PICTURE[50:])
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(upload["finish"])
    again = client.post(upload["finish"])
    assert first.json() == again.json()
    version = BriefVersion.objects.get()
    assert (version.number, version.kind, version.by) == (1, "sketch", world.illustrator)
    with default_storage.open(version.file.name) as kept:
        assert kept.read() == PICTURE
    assert stored("uploads") == []
    assert IllustrationBrief.objects.get().state == "sketch"


def test_the_same_file_chosen_again_goes_on_where_it_stopped(world, login, brief):
    client = login(world.illustrator)
    upload = begin(client, brief).json()
    patch(client, upload, 0, PICTURE[:70])
    again = begin(client, brief, kind="colour").json()
    assert (again["url"], again["offset"]) == (upload["url"], 70)
    other = begin(client, brief, picture_bytes()).json()
    assert (other["url"] != upload["url"], other["offset"]) == (True, 0)


def test_a_piece_counts_once(world, login, brief):
    """Its answer was lost, or two tabs send: the second hears how far it has come."""
    client = login(world.illustrator)
    upload = begin(client, brief).json()
    patch(client, upload, 0, PICTURE[:40])
    for offset in (0, 10, 60):
        answer = patch(client, upload, offset, PICTURE[offset : offset + 40])
        assert (answer.status_code, answer["Upload-Offset"]) == (409, "40")
    assert len(stored("uploads")) == 1


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
    upload = begin(client, brief).json()
    patch(client, upload, 0, PICTURE[:70])
    page = client.get(reverse("desk"))
    assert [u.percent for u in page.context["cards"][0]["uploads"]] == [70 * 100 // len(PICTURE)]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(upload["forget"])
    assert not BriefUpload.objects.exists()
    assert stored("uploads") == []


def test_after_a_day_it_is_swept_away(world, login, brief, django_capture_on_commit_callbacks):
    client = login(world.illustrator)
    patch(client, begin(client, brief).json(), 0, PICTURE[:70])
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
