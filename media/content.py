"""What a file really is, told from its bytes and never from its name."""

import filetype
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import bitmaps, captions, drawings, films

DRAWING_TYPE = "image/svg+xml"
PICTURE_ENDINGS = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/avif": ("avif",),
    DRAWING_TYPE: ("svg",),
}
MOVING_TYPES = {"image/apng", "image/avif-sequence"}
# What browsers play without a plug-in, and how its name may end.
RECORDING_TYPES = {
    "video": {"video/mp4": ("mp4",), "video/webm": ("webm",)},
    "audio": {
        "audio/mpeg": ("mp3",),
        "audio/ogg": ("ogg",),
        "audio/mp4": ("m4a",),
    },
}
# What illustrators work in: how its name ends, and how its bytes begin.
SOURCE_TYPES = {
    **dict.fromkeys(("psd", "psb"), (b"8BPS",)),
    **dict.fromkeys(("ai", "pdf"), (b"%PDF",)),
    "eps": (b"%!PS", b"\xc5\xd0\xd3\xc6"),
    **dict.fromkeys(("kra", "ora", "procreate", "zip"), (b"PK\x03\x04",)),
    "xcf": (b"gimp xcf",),
    "clip": (b"CSFCHUNK",),
    **dict.fromkeys(("afdesign", "afphoto", "af"), (b"\x00\xffKA",)),
    **dict.fromkeys(("tif", "tiff"), (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")),
    "png": (b"\x89PNG",),
    "svg": (b"<", b"\xef\xbb\xbf<"),
}
RECORDING_MAX_BYTES = 500 * 1024 * 1024
SOURCE_MAX_BYTES = 500 * 1024 * 1024
CAPTIONS_MAX_BYTES = 1024 * 1024


def is_new(file):
    """Whether *file* was just given, and not yet stored by a model."""
    return bool(file) and not getattr(file, "_committed", False)


def _head(file):
    file.open()
    head = file.read(8192)
    file.seek(0)
    return head


def _mime_type(file):
    head = _head(file)
    if head[4:12] == b"ftypqt  ":  # filetype takes QuickTime for MP4
        return "video/quicktime"
    if head[4:12] == b"ftypavis":
        return "image/avif-sequence"
    return filetype.guess_mime(head) or (DRAWING_TYPE if drawings.looks_like_one(head) else None)


def refuse_moving(file):
    """Refuse the kinds of pictures that move, which not every program knows."""
    if _mime_type(file) in MOVING_TYPES:
        raise bitmaps.moving_picture()


def _refuse_misleading_name(file, endings):
    """Servers and browsers go by the name: it must tell the truth."""
    if file.name.rpartition(".")[2].lower() not in endings:
        raise ValidationError(
            _("The name of this file must end with .%(extension)s.") % {"extension": endings[0]},
            code="misleading_name",
        )


def prepared_picture(file):
    """The picture or drawing *file* as it is kept: see bitmaps and drawings.

    Returns *file* itself where it is so already, or is stored. Raises ValidationError
    with a sentence for whoever uploads it.
    """
    if not is_new(file):
        return file
    refuse_moving(file)
    kind = _mime_type(file)
    if kind in ("image/heic", "image/heif"):
        raise ValidationError(
            _(
                "This photo is in a telephone's own format (HEIC), which few browsers show. "
                "Save it as JPEG."
            ),
            code="not_a_picture",
        )
    if kind not in PICTURE_ENDINGS:
        raise ValidationError(
            _("This is not a JPEG, PNG, WebP, AVIF or SVG picture."), code="not_a_picture"
        )
    _refuse_misleading_name(file, PICTURE_ENDINGS[kind])
    return drawings.cleaned(file) if kind == DRAWING_TYPE else bitmaps.cleaned(file)


def check_picture(file):
    """Refuse a new file that is no whole picture."""
    prepared_picture(file)


def check_recording(file, kind):
    """Refuse a new file that is no film (*kind* "video") or sound ("audio").

    Returns films.Measured, or None for a file that is stored already.
    """
    if kind not in RECORDING_TYPES:
        raise ValidationError(_("Choose a film or a sound."), code="unknown_kind")
    if not is_new(file):
        return None
    if file.size > RECORDING_MAX_BYTES:
        raise ValidationError(_("This file is too big: at most 500 MB."), code="too_large")
    endings = RECORDING_TYPES[kind].get(_mime_type(file))
    if not endings:
        raise ValidationError(
            _("This is not an MP4 or WebM film.")
            if kind == "video"
            else _("This is not an MP3, Ogg or M4A sound."),
            code="not_a_recording",
        )
    _refuse_misleading_name(file, endings)
    return films.measured(file, kind)


def check_captions(file):
    """Refuse a new file that is no WebVTT text in UTF-8.

    Returns its captions.Cues, or None for a file that is stored already.
    """
    if not is_new(file):
        return None
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
    return captions.check(text)


def check_source(file):
    """Refuse a new file that no drawing program has written."""
    if not is_new(file):
        return
    if file.size > SOURCE_MAX_BYTES:
        raise ValidationError(_("This file is too big: at most 500 MB."), code="too_large")
    beginnings = SOURCE_TYPES.get(file.name.rpartition(".")[2].lower())
    if not beginnings or not _head(file).startswith(beginnings):
        raise ValidationError(
            _("This is no file of a drawing program that we know. Put it in a ZIP file."),
            code="not_a_source",
        )
