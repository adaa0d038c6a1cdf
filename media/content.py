"""What a file really is, told from its bytes and never from its name."""

import filetype
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

PICTURE_TYPES = {"image/jpeg", "image/png", "image/webp", "image/avif"}
# What browsers play without a plug-in; a phone's .m4a is an MP4 with sound alone.
FILM_TYPES = {"video/mp4": ("mp4", "m4v"), "video/webm": ("webm",)}
SOUND_TYPES = {
    "audio/mpeg": ("mp3",),
    "audio/ogg": ("ogg", "oga", "opus"),
    "audio/mp4": ("m4a",),
}
RECORDING_MAX_BYTES = 500 * 1024 * 1024
CAPTIONS_MAX_BYTES = 1024 * 1024


def _is_new(file):
    """Whether *file* was just given, and not yet stored by a model."""
    return bool(file) and not getattr(file, "_committed", False)


def _mime_type(file):
    file.open()
    head = file.read(8192)
    file.seek(0)
    return filetype.guess_mime(head)


def check_picture(file):
    """Refuse a new file that is no whole JPEG, PNG, WebP or AVIF picture."""
    if not _is_new(file):
        return
    if _mime_type(file) not in PICTURE_TYPES:
        raise ValidationError(
            _("This is not a JPEG, PNG, WebP or AVIF picture."), code="not_a_picture"
        )
    try:
        file.seek(0)
        with Image.open(file) as picture:
            # A JPEG read at an eighth of its size still shows where it is cut.
            picture.draft(None, (picture.width // 8, picture.height // 8))
            picture.load()
    except Exception as error:  # decoders raise anything on a damaged file
        raise ValidationError(
            _("This picture is damaged: it cannot be read to its end."),
            code="damaged_picture",
        ) from error
    finally:
        file.seek(0)


def check_poster(file):
    """Like check_picture, for a film's still picture."""
    check_picture(file)


def check_captions(file):
    """Refuse a new file that is no WebVTT text in UTF-8."""
    if not _is_new(file):
        return
    if file.size > CAPTIONS_MAX_BYTES:
        raise ValidationError(_("These captions are too long."), code="too_large")
    file.open()
    content = file.read()
    file.seek(0)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("This file is not written in UTF-8: save it again in UTF-8."),
            code="not_utf8",
        ) from error
    first_line = text.partition("\n")[0].rstrip("\r")
    if first_line != "WEBVTT" and not first_line.startswith(("WEBVTT ", "WEBVTT\t")):
        raise ValidationError(
            _("This is not a captions file: it must start with WEBVTT."),
            code="not_webvtt",
        )
