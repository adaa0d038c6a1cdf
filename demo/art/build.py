"""Draw every picture of the demo again, from the scenes in this folder.

Run ``python -m demo.art.build`` for all pictures, or ``python -m demo.art.build KEY ...``
for some (the table ``pictures.toml`` is always written whole). Each scene function returns
the inside of an SVG of 800 x 600 units (600 x 600 for stages). It becomes a PNG through
``rsvg-convert`` (Debian package ``librsvg2-bin``), then a WebP through Pillow. The same
code gives the same pixels: nothing is random and nothing is dated.

Written: ``demo/content/pictures/KEY.webp`` (leads 1600 x 1200, steps 1200 x 900),
``demo/content/stages/SLUG.webp`` (800 x 800), ``demo/content/themes/SLUG.webp``
(1200 x 900) and ``demo/content/pictures.toml``.
"""

import io
import subprocess
import sys
from pathlib import Path

from PIL import Image

from .catalogue import PICTURES, Picture, load_scenes
from .shapes import document

CONTENT = Path(__file__).resolve().parent.parent / "content"
QUALITY = 82


def svg(picture: Picture) -> str:
    """The whole SVG file of a picture."""
    return document(picture.draw(), picture.units, 600)


def raster(text: str, width: int) -> Image.Image:
    """Render SVG text `width` pixels wide; raise CalledProcessError if it is not valid."""
    done = subprocess.run(
        ["rsvg-convert", "--width", str(width), "--keep-aspect-ratio"],
        input=text.encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def write_picture(picture: Picture) -> int:
    """Render one picture to its file and return the file's size in bytes."""
    target = CONTENT / picture.file
    target.parent.mkdir(parents=True, exist_ok=True)
    raster(svg(picture), picture.pixels).save(target, "WEBP", quality=QUALITY, method=6)
    return target.stat().st_size


def write_table() -> None:
    """Write ``pictures.toml``: title, alternative text, credit and file of every picture."""
    lines = ["# Written by `python -m demo.art.build`; the texts live beside the drawings.\n"]
    for picture in PICTURES.values():
        if len(picture.alt) > 140:
            raise ValueError(f"{picture.key}: alternative text of {len(picture.alt)} characters")
        lines.append(f"[{picture.key}]")
        for name in ("title", "alt", "credit", "file"):
            lines.append(f'{name} = "{getattr(picture, name)}"')
        lines.append("")
    (CONTENT / "pictures.toml").write_text("\n".join(lines), encoding="utf-8")


def main(keys: list[str]) -> None:
    """Draw the pictures called `keys`, or all of them."""
    load_scenes()
    unknown = set(keys) - set(PICTURES)
    if unknown:
        raise SystemExit(f"no picture called {', '.join(sorted(unknown))}")
    for key in keys or PICTURES:
        size = write_picture(PICTURES[key])
        print(f"{key:28} {size / 1000:6.1f} KB")
    write_table()


if __name__ == "__main__":
    main(sys.argv[1:])
