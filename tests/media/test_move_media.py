"""Every file moves to a bucket and back, whatever stops the moving in between."""

import hashlib
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import models
from wagtail.models import UploadedFile

from media.failures import StoreError
from media.models import Illustration, IllustrationRendition, Recording
from media.moving import Moving, known_files
from tests.buckets import Line, files_in_bucket, keys
from tests.factories.media import (
    MP4,
    CaptionTrackFactory,
    IllustrationFactory,
    RecordingFactory,
    picture_bytes,
    picture_upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def files(settings):
    """A picture with renditions, a film with poster and captions, and what was sent and not
    yet described: on the disk."""
    picture = IllustrationFactory(file=picture_upload("été au bain.png"))
    picture.get_renditions("width-20", "width-10")
    film = RecordingFactory(thumbnail=picture_upload("affiche.png"))
    CaptionTrackFactory(recording=film)
    UploadedFile.objects.create(file=SimpleUploadedFile("envoi.png", picture_bytes()))
    Path(settings.MEDIA_ROOT, "nobody-knows-it.txt").write_text("left behind")
    return [file.name for file in known_files()]


@pytest.fixture
def both(files, bucket, settings):
    """The disk, with the files, and an empty bucket; the disk is in use."""
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["local"]}
    return storages["local"], storages["s3"]


def move(to, **options):
    """What `manage.py move_media` says, and its exit status."""
    said = StringIO()
    try:
        call_command("move_media", to=to, stdout=said, **options)
    except SystemExit as end:
        return said.getvalue(), end.code
    return said.getvalue(), 0


def content(storage, name):
    with storage.open(name) as file:
        return file.read()


def test_every_file_that_a_row_names_is_moved_and_nothing_else(both, files):
    disk, bucket = both
    said, status = move("s3")
    assert (status, keys(bucket)) == (0, set(files))
    assert len(files) == 7
    assert "7 files, from local to s3.\n7 of 7: 7 moved, 0 there already" in said
    for name in files:
        assert content(bucket, name) == content(disk, name)


def test_it_knows_every_file_field_of_the_site(files):
    known = {file.model for file in known_files()}
    with_rows = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField) and model._base_manager.exists()
    }
    assert known == with_rows
    assert all(file.sha256 for file in known_files() if file.model.startswith("media."))


def test_started_again_it_sends_nothing_twice(both, files):
    move("s3")
    _disk, bucket = both
    before = {name: bucket.get_modified_time(name) for name in files}
    said, status = move("s3")
    assert status == 0
    assert "0 moved, 7 there already" in said
    assert {name: bucket.get_modified_time(name) for name in files} == before


def test_and_back_again_with_nothing_left_behind(both, files, settings):
    disk, bucket = both
    before = {name: content(disk, name) for name in files}
    assert move("s3", delete_source=True)[1] == 0
    assert not any(disk.exists(name) for name in files)
    assert move("local", delete_source=True)[1] == 0
    assert keys(bucket) == set()
    assert {name: content(disk, name) for name in files} == before
    assert Path(settings.MEDIA_ROOT, "nobody-knows-it.txt").exists()


def test_without_being_told_it_deletes_nothing(both, files):
    disk, _bucket = both
    move("s3")
    assert all(disk.exists(name) for name in files)


@pytest.mark.parametrize("end", [KeyboardInterrupt, StoreError])
def test_stopped_in_the_middle_it_goes_on_where_it_was(both, files, monkeypatch, end):
    _disk, bucket = both
    put, sent = bucket.put, []

    def stops(name, file):
        if len(sent) == 3:
            raise end
        sent.append(name)
        put(name, file)

    monkeypatch.setattr(bucket, "put", stops)
    with pytest.raises(CommandError, match="Start it again"):
        move("s3")
    assert keys(bucket) == set(sent)
    monkeypatch.undo()
    said, status = move("s3")
    assert status == 0
    assert "4 moved, 3 there already" in said
    assert keys(bucket) == set(files)


def test_a_half_written_file_on_the_disk_counts_for_nothing(both, files):
    disk, bucket = both
    move("s3", delete_source=True)
    path = Path(disk.path(files[0]))
    path.with_name(path.name + ".part").write_bytes(b"half")
    assert move("local")[1] == 0
    assert content(disk, files[0]) == content(bucket, files[0])
    assert not path.with_name(path.name + ".part").exists()


def test_a_store_that_goes_away_is_told_and_nothing_half_is_left(files, settings, s3_server):
    line = Line(s3_server)
    with closing(files_in_bucket(settings, line.url, time_limit=1, attempts=1)) as kept:
        bucket = next(kept)
        line.disturb("gone", b"PUT")
        with pytest.raises(CommandError, match="Start it again"):
            move("s3")
        line.disturb(None)
        assert keys(bucket) == set()
        assert move("s3")[1] == 0
        assert keys(bucket) == set(files)
        bucket.client.close()
    line.stop()


# What does not match


def test_a_missing_file_is_named_and_the_others_are_moved(both, files):
    disk, bucket = both
    film = Recording.objects.get()
    disk.delete(film.file.name)
    said, status = move("s3")
    assert status == 1
    assert f"{film.file.name} (media.Recording): it is missing\n" in said
    assert keys(bucket) == set(files) - {film.file.name}


@pytest.mark.parametrize("delete_source", [False, True])
def test_another_file_of_the_same_name_is_named_and_kept(both, files, delete_source):
    disk, bucket = both
    name = Illustration.objects.get().file.name
    bucket.put(name, SimpleUploadedFile("a.png", b"another"))
    said, status = move("s3", delete_source=delete_source)
    assert status == 1
    assert name in said
    assert content(bucket, name) == b"another"
    assert disk.exists(name)


def test_a_file_that_has_changed_since_it_was_stored_is_named_and_kept(both, files):
    disk, _bucket = both
    rendition = IllustrationRendition.objects.first()
    Path(disk.path(rendition.file.name)).write_bytes(b"rotten")
    said, status = move("s3", delete_source=True)
    assert status == 1
    assert f"{rendition.file.name} (media.IllustrationRendition): it is not the file" in said
    assert disk.exists(rendition.file.name)


def test_what_arrives_otherwise_than_it_was_sent_is_named(both, files, monkeypatch):
    disk, bucket = both
    put = bucket.put
    monkeypatch.setattr(
        bucket, "put", lambda name, file: put(name, SimpleUploadedFile("x", b"cut"))
    )
    said, status = move("s3", delete_source=True)
    assert status == 1
    assert said.count("did not arrive") == len(files)
    assert all(disk.exists(name) for name in files)


def test_a_name_that_leads_out_of_the_store_is_named(both, files):
    models.QuerySet(Recording).update(file="../../etc/passwd")
    said, status = move("s3")
    assert status == 1
    assert "../../etc/passwd (media.Recording)" in said


def test_without_a_bucket_it_says_what_is_missing(files):
    with pytest.raises(CommandError, match="S3_BUCKET, S3_ACCESS_KEY_ID"):
        move("s3")


def test_a_big_film_moves_whole(both):
    disk, bucket = both
    data = MP4 + bytes(12 * 1024 * 1024)
    film = RecordingFactory(file=SimpleUploadedFile("long.mp4", data))
    (known,) = [file for file in known_files() if file.name == film.file.name]
    moving = Moving(disk, bucket)
    assert moving.move(known) is None
    assert hashlib.sha256(content(bucket, film.file.name)).hexdigest() == film.file_sha256
