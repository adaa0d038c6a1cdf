"""The list of pictures: a scene function registers itself with its texts.

`lead`, `step`, `stage` and `theme` are decorators, so that the alternative text stands
beside the drawing that it describes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

INES, MAUD = "Inès Karoui", "Maud Le Bihan"


@dataclass(frozen=True)
class Picture:
    """One picture: its texts, its file under ``demo/content``, its size and its scene."""

    key: str
    title: str
    alt: str
    credit: str
    file: str
    pixels: int
    units: int
    draw: Callable[[], str]


PICTURES: dict[str, Picture] = {}


def _register(key, title, alt, credit, file, pixels, units=800):
    def keep(draw):
        if key in PICTURES:
            raise ValueError(f"two pictures are called {key}")
        PICTURES[key] = Picture(key, title, alt, credit, file, pixels, units, draw)
        return draw

    return keep


def lead(key, title, alt, credit=INES):
    """Register the picture that opens a topic (1600 x 1200)."""
    return _register(key, title, alt, credit, f"pictures/{key}.webp", 1600)


def step(key, title, alt, credit=INES):
    """Register the picture of a step (1200 x 900)."""
    return _register(key, title, alt, credit, f"pictures/{key}.webp", 1200)


def stage(slug, title, alt, credit=MAUD):
    """Register the square picture of a stage (800 x 800)."""
    return _register(f"etape-{slug}", title, alt, credit, f"stages/{slug}.webp", 800, 600)


def theme(slug, title, alt, credit=MAUD):
    """Register the picture of a theme (1200 x 900)."""
    return _register(f"theme-{slug}", title, alt, credit, f"themes/{slug}.webp", 1200)


def load_scenes() -> None:
    """Import every module of scenes, so that its pictures are registered."""
    for path in sorted(Path(__file__).parent.glob("scenes_*.py")):
        import_module(f"{__package__}.{path.stem}")
