"""The smallest valid files, and what they look like as uploads."""

from io import BytesIO

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection

from media.models import CaptionTrack, Illustration, Recording
from tests.factories.recordings import m4a, mp3, mp4, ogg, webm

MP4, WEBM, M4A, MP3, OGG = mp4(), webm(), m4a(), mp3(), ogg()
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
