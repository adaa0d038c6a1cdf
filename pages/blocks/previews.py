"""What the picker of blocks shows where a picture or a film will stand: the
site's own drawings, whatever the database holds and whoever looks."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.templatetags.static import static

WIDTH = 480  # pixels, of each file in site/static/previews/


@dataclass(frozen=True)
class Drawing:
    """Stands where a template expects an Illustration in its place."""

    name: str
    contextual_alt_text: str
    height: int = 360
    credit: str = "Mes Infos Bébé"
    long_description: str = ""

    @property
    def url(self):
        return static(f"previews/{self.name}.webp")

    @property
    def width(self):
        return WIDTH

    def is_svg(self):
        """As Wagtail asks its pictures."""
        return False

    def get_renditions(self, *filters):
        """The one file, whatever the widths asked for."""
        made = SimpleNamespace(url=self.url, width=WIDTH, height=self.height)
        return dict.fromkeys(filters, made)


LIGHT = Drawing("light", "Un père baisse la lumière, son bébé dans les bras.")
BOOK = Drawing("book", "Un père lit un livre à son bébé.")
BED = Drawing("bed", "Un père couche son bébé sur le dos, encore éveillé.")
REST = Drawing("rest", "Une mère dort pendant que son compagnon garde le bébé.")


class Film:
    """Stands where a template expects a Recording: a poster, nothing to play."""

    type = "video"
    url = ""
    width, height = 640, 360
    thumbnail = Drawing("film", "", height=270)
    caption_tracks = SimpleNamespace(all=())
    transcript = "On baisse la lumière. On lit un livre. On se dit bonne nuit."
    credit = "Mes Infos Bébé"


class Service:
    """Stands where a template expects a PublicService."""

    name = "Monenfant.fr"
    url = "https://www.monenfant.fr/"
    site_name = "monenfant.fr"
