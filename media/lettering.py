"""Setting words in the site's own fonts, on pictures that are drawn here."""

from functools import cache

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import ImageFont, features

from media import fonts

FONT_FILES = tuple(f"{family}-700" for family in fonts.IN_ORDER)
ARABIC_FONT_FILE = f"{fonts.ARABIC_WHOLE}-700"


@cache
def letters_of(file):
    """The code points that a font file holds."""
    with TTFont(fonts.path_of(file)) as font:
        return frozenset(font.getBestCmap())


@cache
def _outlines(file):
    """What draws the letters of a font file: its glyphs, their names by code point, and its
    units to an em."""
    font = TTFont(fonts.path_of(file))
    return font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm


@cache
def _font(file, size):
    return ImageFont.truetype(fonts.path_of(file), size)


def lettering_for(text):
    """The Lettering that can set all of `text`, or None."""
    if all(any(ord(letter) in letters_of(file) for file in FONT_FILES) for letter in text):
        return Lettering(FONT_FILES)
    arabic = letters_of(ARABIC_FONT_FILE)
    if features.check("raqm") and all(ord(letter) in arabic for letter in text):
        return Lettering((ARABIC_FONT_FILE,), rtl=True)
    return None


class Lettering:
    """How one writing is set with the site's fonts: `files`, the first that holds a letter
    sets it; `rtl`: it runs from right to left, and its letters join."""

    def __init__(self, files, rtl=False):
        self.files = files
        self.rtl = rtl
        self.features = {"direction": "rtl"} if rtl else {}

    def lines(self, text, size, room):
        """`text` broken between words into lines of at most `room` pixels."""
        lines = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.length(longer, size) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def length(self, text, size):
        """The pixels that a line takes."""
        return sum(
            _font(file, size).getlength(part, **self.features) for file, part in self._parts(text)
        )

    def write(self, pen, place, line, size, colour):
        """Set a line with its baseline's left end at `place`."""
        x, y = place
        for file, part in self._parts(line):
            font = _font(file, size)
            pen.text((x, y), part, fill=colour, font=font, anchor="ls", **self.features)
            x += font.getlength(part, **self.features)

    def path(self, place, line, size):
        """A line as the `d` of an SVG path, its baseline's left end at `place`: a drawing that
        needs no font. Not where letters join."""
        x, y = place
        drawn = []
        for file, part in self._parts(line):
            glyphs, names, em = _outlines(file)
            scale = size / em
            for letter in part:
                glyph = glyphs[names.get(ord(letter), ".notdef")]
                pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.1f}")
                glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
                drawn.append(pen.getCommands())
                x += glyph.width * scale
        return "".join(drawn)

    def _parts(self, text):
        """Yield (font file, letters beside each other that it sets)."""
        parts = []
        for letter in text:
            holds = (file for file in self.files if ord(letter) in letters_of(file))
            file = next(holds, self.files[0])
            if parts and parts[-1][0] == file:
                parts[-1][1].append(letter)
            else:
                parts.append((file, [letter]))
        for file, letters in parts:
            yield file, "".join(letters)
