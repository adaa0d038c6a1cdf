"""Fetching the files of a picture or a film by their addresses."""

from django.core.files.uploadedfile import SimpleUploadedFile

from media.models import Illustration
from tests.factories.media import MP4, CaptionTrackFactory, RecordingFactory, picture_upload
from workgroups import signing

SPECS = ("width-20", "width-10|format-webp", "max-165x165")


def addresses(file):
    """Every address under which something of ``file`` is stored."""
    if isinstance(file, Illustration):
        file.get_renditions(*SPECS)
    return [stored.url for stored, _sha256 in file.stored_files()]


def status(client, address):
    response = client.get(address)
    if response.status_code == 200:
        assert b"".join(response.streaming_content)
    return response.status_code


def refused(client, file):
    return {status(client, address) for address in addresses(file)} == {404}


def given(client, file):
    return {status(client, address) for address in addresses(file)} == {200}


def login(client, user):
    client.logout()
    if user is not None:
        client.force_login(user)


def withdraw(topic, user):
    signing.withdraw(topic, user, "Une erreur.")


def film(group, **fields):
    """A film with all that goes with it."""
    values = {"file": SimpleUploadedFile("film.mp4", MP4), "duration": 2}
    made = RecordingFactory(
        **values, thumbnail=picture_upload("affiche.png"), collection=group.collection, **fields
    )
    CaptionTrackFactory(recording=made)
    return made
