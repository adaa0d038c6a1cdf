"""The badge as a drawing (SVG), its words as shapes so that no font is needed, and as PNG."""

import base64
import logging
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import resvg_py
import segno
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image, ImageDraw
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from media.lettering import FONT_FILES, Lettering, lettering_for
from media.qr_code import QUIET_ZONE
from professionals.models import DirectorySettings

from .signing import accepted_at, printed_address, text_of

logger = logging.getLogger(__name__)

WIDTH, HEIGHT = 1120, 360  # units of the drawing
PNG_WIDTH = 2240  # pixels: 19 cm on paper at 300 dpi
MARGIN = 36
SIDE = HEIGHT - 2 * MARGIN  # of the picture and of the code
PAPER, INK, LAGOON, LINE = "#fffaf4", "#22303c", "#08525a", "#08525a"
NAME_SIZES, SMALL_SIZES = (40, 34, 28, 24, 22), (24, 22, 20, 18, 16)
LINE_HEIGHT = 1.25


def svg(entry):
    """The badge of a Professional that may have one, as the text of an SVG drawing."""
    text = text_of(entry)
    picture = _picture()
    with override(settings.LANGUAGE_CODE):
        words = [_("Professional of the first 1000 days"), _("Checked with a public body")]
        number = _("No. %(number)s") % {"number": entry.pk}
        label = f"{settings.WAGTAIL_SITE_NAME}. {' '.join(words)} {entry.name}, {number}"
        since = _("since %(month)s") % {"month": date_format(accepted_at(entry), "F Y")}
    start = MARGIN + (SIDE + MARGIN if picture else 0)
    room = WIDTH - MARGIN - SIDE - MARGIN - start
    parts = [
        f'<rect x="2" y="2" width="{WIDTH - 4}" height="{HEIGHT - 4}" rx="28" fill="{PAPER}" '
        f'stroke="{LINE}" stroke-width="4"/>',
        picture,
        *_column(entry.name, words, f"{number} · {since}", start, room),
        _code(printed_address(text), WIDTH - MARGIN - SIDE, MARGIN),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-label={quoteattr(label)}>'
        f"<title>{escape(label)}</title>{''.join(parts)}</svg>"
    )


def png(entry):
    """The same as the bytes of a PNG, PNG_WIDTH wide."""
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg(entry), width=PNG_WIDTH, skip_system_fonts=True)
    )


def _column(name, words, below, start, room):
    """Yield the brand, the words, the name in the largest size that fits, and what stands
    below."""
    y = MARGIN + 26
    yield _small(settings.WAGTAIL_SITE_NAME, (start, y), room, LAGOON)
    for line in words:
        y += 30
        yield _small(line, (start, y), room, INK)
    lettering = lettering_for(name) or Lettering(FONT_FILES)
    top, bottom = y + 16, HEIGHT - MARGIN - 30
    for size in NAME_SIZES:
        lines = lettering.lines(name, size, room)
        most = int((bottom - top) / (size * LINE_HEIGHT))
        if len(lines) <= most and all(lettering.length(one, size) <= room for one in lines):
            break
    else:
        lines = _cut(lettering, lines, most, size, room)
    step = size * LINE_HEIGHT
    y = top + (bottom - top - len(lines) * step) / 2 + size * 0.95
    for line in lines:
        edge = start + room - lettering.length(line, size) if lettering.rtl else start
        yield _line(line, (edge, y), size, INK, lettering)
        y += step
    yield _small(below, (start, HEIGHT - MARGIN - 4), room, LAGOON)


def _small(text, place, room, colour):
    """One line in the largest of the small sizes in which there is room for it."""
    lettering = lettering_for(text) or Lettering(FONT_FILES)
    fitting = (size for size in SMALL_SIZES if lettering.length(text, size) <= room)
    return _line(text, place, next(fitting, SMALL_SIZES[-1]), colour, lettering)


def _cut(lettering, lines, most, size, room):
    """As much of a very long name as there is room for, with its end marked."""
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] += "…"
    return [_shortened(lettering, line, size, room) for line in kept]


def _shortened(lettering, line, size, room):
    while lettering.length(line, size) > room and len(line) > 2:
        line = line.rstrip("…")[:-1] + "…"
    return line


def _line(text, place, size, colour, lettering):
    if lettering.rtl:
        return _written(lettering, text, place, size, colour)
    return f'<path fill="{colour}" d="{lettering.path(place, text, size)}"/>'


def _written(lettering, text, place, size, colour):
    """A line whose letters join, as a small picture."""
    larger, (x, y) = 3 * size, place
    width = int(lettering.length(text, larger)) + larger
    canvas = Image.new("RGBA", (width, 2 * larger), "#0000")
    lettering.write(ImageDraw.Draw(canvas), (0, int(1.4 * larger)), text, larger, colour)
    stream = BytesIO()
    canvas.save(stream, "PNG")
    box = f'x="{x:.1f}" y="{y - 1.4 * size:.1f}" width="{width / 3:.1f}" height="{2 * size}"'
    return f'<image {box} href="{_data("image/png", stream.getvalue())}"/>'


def _code(address, x, y):
    """The QR code of an address: a quarter of it may be stained."""
    code = segno.make(address, error="q", micro=False)
    modules = code.symbol_size(border=QUIET_ZONE)[0]
    drawn = code.svg_inline(border=QUIET_ZONE, omitsize=True, svgclass=None, lineclass=None)
    inside = drawn.partition(">")[2].rpartition("</svg>")[0]
    return (
        f'<svg x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" viewBox="0 0 {modules} {modules}">'
        f'<rect width="{modules}" height="{modules}" fill="#fff"/>{inside}</svg>'
    )


def _picture():
    """The picture of the settings, in the drawing itself; "" where there is none or it cannot
    be had."""
    picture = DirectorySettings.load().badge_picture
    if picture is None:
        return ""
    try:
        if picture.is_svg():
            kind, file = "image/svg+xml", picture.file
        else:
            kind, file = "image/png", picture.get_rendition("max-800x800|format-png").file
        with file.storage.open(file.name) as stored:
            data = stored.read()
    except (OSError, SourceImageIOError, InvalidFilterSpecError):
        logger.exception("The picture of the badge cannot be read.")
        return ""
    box = f'x="{MARGIN}" y="{MARGIN}" width="{SIDE}" height="{SIDE}"'
    return f'<image {box} href="{_data(kind, data)}"/>'


def _data(kind, data):
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
