"""Pictures as parents get them: a few widths in AVIF and in WebP, one JPEG for old
phones; a drawing in SVG as it is. None is wider than what was uploaded.

Renditions are made when a page is published and read in one query.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urljoin

from media.models import Illustration, IllustrationRendition

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Format:
    """How one kind of picture is delivered: widths in pixels, narrow to wide, and
    `sizes` as the browser reads it."""

    widths: tuple[int, ...]
    sizes: str
    fallback_width: int

    def sources(self, picture):
        """{media type: filters} of the renditions to choose from, the lightest type
        first; {} for a drawing."""
        if picture.is_svg():
            return {}
        widths = self._widths_of(picture)
        # AVIF takes long to make, and saves little where a picture is small.
        of_each = {AVIF: widths[1:] or widths, WEBP: widths}
        return {
            media_type: [f"width-{width}|{ENDINGS[media_type]}" for width in of_each[media_type]]
            for media_type in of_each
        }

    def _widths_of(self, picture):
        """Up to the first that is as wide as the picture: a wider one would be the
        same file again."""
        narrower = [width for width in self.widths if width < picture.width]
        return self.widths[: len(narrower) + 1]

    def fallback(self, picture):
        """The filter of what a browser shows that knows none of the sources."""
        return DRAWING if picture.is_svg() else f"width-{self.fallback_width}|{FALLBACK}"

    def filters(self, picture):
        """All filters that `picture` needs, as a list."""
        found = [f for filters in self.sources(picture).values() for f in filters]
        return [*found, self.fallback(picture)]

    def every_filter(self):
        """All that some picture needs."""
        endings = [f"width-{width}|{end}" for end in ENDINGS.values() for width in self.widths]
        return [*endings, f"width-{self.fallback_width}|{FALLBACK}", DRAWING]


class OneFile(Format):
    """One file for all, to be looked at by itself."""

    def sources(self, picture):
        return {}

    def fallback(self, picture):
        return DRAWING if picture.is_svg() else self._filter

    def every_filter(self):
        return [self._filter, DRAWING]

    @property
    def _filter(self):
        return f"width-{self.fallback_width}|{ENDINGS[WEBP]}"


AVIF, WEBP = "image/avif", "image/webp"
ENDINGS = {AVIF: "format-avif|avifquality-55", WEBP: "format-webp|webpquality-72"}
FALLBACK = "bgcolor-ffffff|format-jpeg|jpegquality-72"
DRAWING = "original"

FORMATS = {
    "lead": Format((400, 640, 960), "(min-width: 60rem) 30rem, 92vw", 640),
    "step": Format((320, 640), "(min-width: 44rem) 13rem, 88vw", 320),
    "wide": Format((400, 640, 960), "(min-width: 44rem) 40rem, 92vw", 640),
    "card": Format((320, 480), "(min-width: 44rem) 20rem, 92vw", 320),
    # An infographic that somebody enlarges.
    "large": OneFile((1600,), "100vw", 1600),
}


def every_filter():
    """All filter specs in use, each once."""
    return list(dict.fromkeys(f for form in FORMATS.values() for f in form.every_filter()))


def load_pictures(ids):
    """{id: Illustration} for the ids given, renditions at hand.

    One query where every picture has renditions, as all published ones do;
    one more for those that have none yet.
    """
    ids = {int(pk) for pk in ids if pk}
    pictures, renditions = {}, defaultdict(list)
    stored = (
        IllustrationRendition.objects.filter(image__in=ids, filter_spec__in=every_filter())
        .select_related("image")
        .order_by("pk")
    )
    for rendition in stored if ids else ():
        rendition.image = pictures.setdefault(rendition.image_id, rendition.image)
        renditions[rendition.image_id].append(rendition)
    if missing := ids - pictures.keys():
        pictures |= Illustration.objects.in_bulk(missing)
    for pk, picture in pictures.items():
        picture.prefetched_renditions = renditions[pk]
    return pictures


def absolute_picture_url(illustration, page_url):
    """The whole address of a picture for search engines and shared links, seen
    from the page at `page_url`; None without a picture that they read."""
    if illustration is None or illustration.is_svg():
        return None
    fallback = FORMATS["lead"].fallback(illustration)
    made = renditions_or_none(illustration, [fallback])
    return urljoin(page_url or "/", made[fallback].url) if made else None


def renditions_or_none(illustration, filters):
    """{filter: rendition}, or None where one lacks and cannot be made now: the
    page does without the picture."""
    try:
        return illustration.get_renditions(*filters)
    except OSError:  # its file is missing, or the store of files does not answer
        logger.exception("No picture can be made of %s.", illustration.pk)
        return None


def make_renditions(illustration, names):
    """Make what lacks of a picture's renditions in the formats named."""
    filters = dict.fromkeys(f for name in names for f in FORMATS[name].filters(illustration))
    illustration.get_renditions(*filters)
