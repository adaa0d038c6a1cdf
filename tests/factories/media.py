"""The smallest valid files, and what they look like as uploads."""

from io import BytesIO

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection

from media.models import CaptionTrack, Illustration, Recording

# The first box of an MP4, the header of a WebM: what tells them from others.
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\x00" * 64
WEBM = bytes.fromhex("1A45DFA39F4286810142F7810142F2810442F381084282847765626D") + b"\x00" * 64
M4A = b"\x00\x00\x00\x20ftypM4A \x00\x00\x02\x00M4A mp42isom\x00\x00\x00\x00" + b"\x00" * 64
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\x00" * 64
OGG = b"OggS" + b"\x00" * 64
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nBonjour à vous.\n".encode()


def picture_bytes(image_format="PNG", size=(40, 30), colour="teal"):
    """The bytes of a plain picture; *size* in pixels."""
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, image_format)
    return stream.getvalue()


def picture_upload(name="dessin.png", image_format="PNG", **kwargs):
    return SimpleUploadedFile(name, picture_bytes(image_format, **kwargs))


def collection(name):
    """A new collection under the root."""
    return Collection.get_first_root_node().add_child(name=name)


class _FileFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Fichier {n}")
    credit_name = "Inès Morel"
    licence = "full_rights"


class IllustrationFactory(_FileFactory):
    class Meta:
        model = Illustration

    file = factory.LazyFunction(picture_upload)


class RecordingFactory(_FileFactory):
    class Meta:
        model = Recording

    type = "video"
    file = factory.LazyFunction(lambda: SimpleUploadedFile("film.mp4", MP4))
    transcript = "Bonjour à vous."


class CaptionTrackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaptionTrack

    recording = factory.SubFactory(RecordingFactory)
    language = "fr"
    file = factory.LazyFunction(lambda: SimpleUploadedFile("film.vtt", VTT))
