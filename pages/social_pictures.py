"""What a shared link shows: one picture of 1200 × 630 pixels with a topic's title and its
illustration, made when the topic is published.

It is found by what it shows, so a changed title has another file. No row names it: the
address of the topic's picture (pages.views.social_picture) is the only door to it, and
that one is open while the topic is live.
"""

import hashlib
import logging
from io import BytesIO
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageOps

from media.lettering import FONT_FILES, Lettering, lettering_for
from pages.pictures import FORMATS
from pages.templatetags.typography import typography_plain

logger = logging.getLogger(__name__)

SIZE = WIDTH, HEIGHT = 1200, 630  # pixels, as social networks show it
DESIGN = "1"  # another one, and every picture is made anew
QUALITY = 82
MARGIN = 64
PICTURE_WIDTH = 520
TITLE_SIZES = (80, 72, 64, 56, 48, 40)  # pixels, the largest that fits
LINE_HEIGHT = 1.22
BRAND_SIZE = 34

INK, LAGOON = "#22303c", "#08525a"
# The five washes of site.css.
WASHES = {
    "lagoon": "#e0f2f1",
    "sun": "#fff1cc",
    "leaf": "#e6f2dd",
    "coral": "#fde9e3",
    "plum": "#efe6f7",
}
NARROW_SPACE, SPACE = "\u202f", "\u00a0"  # which does not break; no font has the first


def path_of(topic):
    """Where the picture of a TopicPage, as it is published, stands in the store."""
    picture = topic.lead_illustration
    shown = [
        DESIGN,
        topic.title,
        topic.locale.language_code,
        (topic.theme_details or {}).get("wash", ""),
        picture.file_sha256 if picture else "",
    ]
    name = hashlib.sha256("\0".join(shown).encode()).hexdigest()[:32]
    return f"{_folder_of(topic.pk)}/{name}.jpg"


def address_of(topic, url):
    """The address of the picture of a TopicPage whose own whole address is `url`: another
    one after each change, since social networks keep what they saw."""
    version = path_of(topic).rpartition("/")[2][:8]
    return urljoin(url, f"partage-{version}.jpg")


def _folder_of(topic_id):
    return f"social/{topic_id}"


def make(topic):
    """Make the picture of a TopicPage where it lacks, and take away what it showed before."""
    path = path_of(topic)
    if default_storage.exists(path):
        return
    stream = BytesIO()
    draw(topic).save(stream, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    default_storage.save(path, ContentFile(stream.getvalue()))
    folder = _folder_of(topic.pk)
    for name in default_storage.listdir(folder)[1]:
        if f"{folder}/{name}" != path:
            default_storage.delete(f"{folder}/{name}")


def draw(topic):
    """The picture as a PIL image: the title beside the illustration, from the side where
    the language begins; the illustration alone where the title's letters cannot be set."""
    title = typography_plain(topic.title).replace(NARROW_SPACE, SPACE)
    lettering = lettering_for(title)
    illustration = _illustration(topic)
    if lettering is None and illustration:
        return ImageOps.fit(illustration, SIZE, Image.Resampling.LANCZOS)
    wash = WASHES.get((topic.theme_details or {}).get("wash"), WASHES["lagoon"])
    canvas = Image.new("RGB", SIZE, wash)
    rtl = topic.locale.is_bidi
    if illustration:
        _place(canvas, illustration, at_left=rtl)
    room = WIDTH - 2 * MARGIN - (PICTURE_WIDTH if illustration else 0)
    start = PICTURE_WIDTH + MARGIN if illustration and rtl else MARGIN
    pen = ImageDraw.Draw(canvas)
    if lettering:
        _write(pen, lettering, title, start, room)
    brand = Lettering(FONT_FILES)
    edge = start + room - brand.length(settings.WAGTAIL_SITE_NAME, BRAND_SIZE) if rtl else start
    brand.write(pen, (edge, HEIGHT - MARGIN), settings.WAGTAIL_SITE_NAME, BRAND_SIZE, LAGOON)
    return canvas


def _illustration(topic):
    """The topic's illustration as a PIL image, or None: a drawing, or none that can be had."""
    picture = topic.lead_illustration
    if picture is None or picture.is_svg():
        return None
    try:
        rendition = picture.get_rendition(FORMATS["lead"].fallback(picture))
        with rendition.file.storage.open(rendition.file.name) as stored:
            return Image.open(stored).convert("RGB")
    except OSError:  # its file is missing, or the store of files does not answer
        logger.exception("The picture of topic %s cannot be read.", topic.pk)
        return None


def _place(canvas, illustration, at_left):
    fitted = ImageOps.fit(illustration, (PICTURE_WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    canvas.paste(fitted, (0 if at_left else WIDTH - PICTURE_WIDTH, 0))


def _write(pen, lettering, title, start, room):
    """Set the title in the largest size that fits, centred between top and brand."""
    height = HEIGHT - 2 * MARGIN - 2 * BRAND_SIZE
    for size in TITLE_SIZES:
        lines = lettering.lines(title, size, room)
        if len(lines) * size * LINE_HEIGHT <= height and all(
            lettering.length(line, size) <= room for line in lines
        ):
            break
    step = size * LINE_HEIGHT
    lines = lines[: int(height // step)]
    baseline = MARGIN + (height - len(lines) * step) / 2 + size
    for line in lines:
        edge = start + room - lettering.length(line, size) if lettering.rtl else start
        lettering.write(pen, (edge, baseline), line, size, INK)
        baseline += step
