"""What a file really is, told from its bytes and never from its name."""

import filetype
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

PICTURE_TYPES = {"image/jpeg", "image/png", "image/webp", "image/avif"}
# What browsers play without a plug-in, and how its name may end.
RECORDING_TYPES = {
    "video": {"video/mp4": ("mp4",), "video/webm": ("webm",)},
    "audio": {
        "audio/mpeg": ("mp3",),
        "audio/ogg": ("ogg",),
        "audio/mp4": ("m4a",),
    },
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
    if head[4:12] == b"ftypqt  ":  # filetype takes QuickTime for MP4
        return "video/quicktime"
    return filetype.guess_mime(head)


def damaged_picture():
    """The error to raise for a picture that no decoder reads to its end."""
    return ValidationError(
        _("This picture is damaged: it cannot be read to its end."),
        code="damaged_picture",
    )


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
        raise damaged_picture() from error
    finally:
        file.seek(0)


def check_recording(file, kind):
    """Refuse a new file that is no film (*kind* "video") or sound ("audio")."""
    if kind not in RECORDING_TYPES:
        raise ValidationError(_("Choose a film or a sound."), code="unknown_kind")
    if not _is_new(file):
        return
    if file.size > RECORDING_MAX_BYTES:
        raise ValidationError(_("This file is too big: at most 500 MB."), code="too_large")
    extensions = RECORDING_TYPES[kind].get(_mime_type(file))
    if not extensions:
        raise ValidationError(
            _("This is not an MP4 or WebM film.")
            if kind == "video"
            else _("This is not an MP3, Ogg or M4A sound."),
            code="not_a_recording",
        )
    # Servers and browsers go by the name: it must tell the truth.
    if file.name.rpartition(".")[2].lower() not in extensions:
        raise ValidationError(
            _("The name of this file must end with .%(extension)s.") % {"extension": extensions[0]},
            code="misleading_name",
        )


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
