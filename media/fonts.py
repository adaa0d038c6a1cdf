"""The site's font files (site/static/fonts): which ones show which letters.

site.css loads them by unicode-range and booklet.css one after the other; that what they name is
what stands here, tests/pages/test_fonts.py holds.
"""

from django.conf import settings

WEIGHTS = (400, 700)
LATIN = "andika-latin"
ARABIC = "noto-sans-arabic"  # what Arabic is written with
ARABIC_WHOLE = "noto-sans-arabic-whole"  # and what is written in its letters elsewhere
# Before any other file, on paper and in pictures: the first that holds a letter shows it.
IN_ORDER = (LATIN, "andika-latin-ext", "andika-cyrillic")
# What a page in a writing of its own needs instead of the Latin letters: {language: family}.
OF_LANGUAGE = {"ar": ARABIC, "uk": "andika-cyrillic"}


def files_of(family):
    """The files of a family, as paths of static files."""
    return [f"fonts/{family}-{weight}.woff2" for weight in WEIGHTS]


def opens_with(language):
    """The files of the letters that a page in that language opens with."""
    return files_of(OF_LANGUAGE.get(language, LATIN))


def path_of(name):
    """Where a file stands, from its name without an ending, "andika-latin-700"."""
    return settings.ROOT / "site" / "static" / "fonts" / f"{name}.woff2"
