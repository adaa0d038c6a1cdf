"""Pictures made of pixels: what is refused, and what is taken out before they are kept.

Kept is a still picture in sRGB, upright, with 8 bits a colour, and nothing besides:
no place, no name, no hidden thumbnail, nothing appended. A file that is so already
keeps its bytes.
"""

import re
import warnings
from contextlib import contextmanager
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, JpegImagePlugin

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/avif": "AVIF"}
# MPO: what phones write when they add a small second picture to a JPEG.
DECODERS = [*FORMATS.values(), "MPO"]
PLAIN_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}

# The parts of a file that make its pixels; all others are taken out.
JPEG_PARTS = {*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDD, 0xE0, 0xEE}
JFIF_LENGTH = 16  # bytes, without a thumbnail
PNG_PARTS = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD",
    b"pHYs", b"hIST",
}  # fmt: skip
WEBP_PARTS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
AVIF_PARTS = {b"ftyp", b"meta", b"mdat"}

_QUALITY = {
    "JPEG": {"quality": 95},
    "PNG": {},
    "WEBP": {"quality": 92},
    "AVIF": {"quality": 88},
}


def damaged_picture():
    """The error to raise for a picture that no decoder reads to its end."""
    return ValidationError(
        _("This picture is damaged: it cannot be read to its end."),
        code="damaged_picture",
    )


def moving_picture():
    """The error to raise for a picture of several pictures."""
    return ValidationError(
        _("This picture moves. Choose a still picture, or add a film instead."),
        code="animated",
    )


@contextmanager
def _opened(file):
    """The Pillow image of a file, its header alone read yet. It may be any size."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=DECODERS)
        with picture:
            yield picture
    finally:
        file.seek(0)


def check(file):
    """Refuse a picture that is too large, moves, or is not whole.

    The number of pixels is read from the header, before any is decoded.
    """
    try:
        with _opened(file) as picture:
            _check_size(picture)
            if picture.format != "MPO" and getattr(picture, "is_animated", False):
                raise moving_picture()
            # A JPEG read at an eighth of its size still shows where it is cut.
            picture.draft(None, (picture.width // 8, picture.height // 8))
            picture.load()
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except Exception as error:  # decoders raise anything on a damaged file
        raise damaged_picture() from error


def _check_size(picture):
    if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_large()


def _too_large():
    return ValidationError(
        _("This picture is too large: at most %(count)d million pixels.")
        % {"count": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000},
        code="file_too_many_pixels",
    )


def cleaned(file):
    """The file as it is kept: *file* itself where nothing is to be taken out, else
    a new one of the same name and type.

    Raises ValidationError where check() would.
    """
    check(file)
    file.seek(0)
    data = file.read()
    with _opened(file) as picture:
        if _is_plain(picture, data):
            return file
        try:
            return ContentFile(_written(picture, data), name=file.name)
        except Exception as error:  # as in check()
            raise damaged_picture() from error


def _is_plain(picture, data):
    parts = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "AVIF": _avif}.get(picture.format)
    if parts is None or picture.mode not in PLAIN_MODES:
        return False
    if {"exif", "xmp", "icc_profile"} & {key for key, value in picture.info.items() if value}:
        return False
    try:
        return parts(data)
    except (IndexError, ValueError):
        return False


def _jpeg(data):
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2 == len(data)
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker not in JPEG_PARTS or (marker == 0xE0 and length > JFIF_LENGTH):
            return False
        at += 2 + length
        if marker == 0xDA:  # the pixels, up to the next marker
            at = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]").search(data, at).start()
    return False


def _png(data):
    at, last = 8, b""
    while at < len(data):
        length, last = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if last not in PNG_PARTS:
            return False
        at += 12 + length
        if last == b"IEND":
            break
    return at == len(data)


def _webp(data):
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while at < end:
        if data[at : at + 4] not in WEBP_PARTS:
            return False
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return end == len(data)


def _avif(data):
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] not in AVIF_PARTS or length < 8:
            return False
        at += length
    return at == len(data)


def _written(picture, data):
    """The bytes of *picture*, read from *data*, in its own format: its pixels alone."""
    image_format = "JPEG" if picture.format == "MPO" else picture.format
    options = dict(_QUALITY[image_format])
    picture.load()
    in_colours_of_its_own = picture.info.get("icc_profile") or picture.mode not in ("L", "RGB")
    if image_format == "JPEG" and not in_colours_of_its_own:
        # As fine as it was: nearly no loss.
        options = {
            "qtables": picture.quantization,
            "subsampling": max(JpegImagePlugin.get_sampling(picture), 0),
        }
    if image_format == "WEBP" and b"VP8L" in data:
        options = {"lossless": True}
    upright = _in_srgb(ImageOps.exif_transpose(picture), picture.info.get("icc_profile"))
    transparency = upright.info.get("transparency")
    upright.info = {} if transparency is None else {"transparency": transparency}
    written = BytesIO()
    upright.save(written, image_format, **options)
    return written.getvalue()


def _in_srgb(picture, profile):
    """*picture* with 8 bits a colour, in sRGB. A profile that cannot be read is
    passed over: its colours are then those that most programs would show."""
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if profile:
        picture = _by_profile(picture, profile)
    if picture.mode in PLAIN_MODES:
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _by_profile(picture, profile):
    alpha = None
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        alpha = picture.getchannel("A")
        picture = picture.convert("RGB")
    elif picture.mode in ("P", "1"):
        picture = picture.convert("RGB")
    try:
        picture = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        picture = picture.convert("RGB")
    if alpha is not None:
        picture.putalpha(alpha)
    return picture
