"""Every letter has its file: on the screen, on paper, and where there is no line."""

import json
import re

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from media import fonts
from pages import booklet

CSS = settings.ROOT / "site" / "static" / "css"
FACE = re.compile(r'fonts/([\w-]+\.woff2)"\) format\("woff2"\); unicode-range: ([^;]+);')
LETTERS = {
    "fr": "aàâæçéèêëîïôœùûüÿÀÉŒ«»’…",
    "en": "az’–",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةٱ،؛؟ـًٌٍَُِّْٰ٠١٢٣٤٥٦٧٨٩٪٫پچڤڨگ",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяҐЄІЇʼ",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyzÇĞİÖŞÜ",
}


def shown_by(letter):
    """The files that site.css has a browser load for that letter."""
    found = set()
    for file, ranges in FACE.findall((CSS / "site.css").read_text()):
        for span in ranges.split(", "):
            first, _, last = span.removeprefix("U+").partition("-")
            if int(first, 16) <= ord(letter) <= int(last or first, 16):
                found.add(file)
    return found


@pytest.mark.any_database
def test_a_kept_topic_has_the_letters_of_its_language(client):
    source = client.get("/sw.js").content.decode()
    keeping = json.loads(re.match(r"const KEEPING = (.*);\n", source)[1])
    assert set(LETTERS) == {code for code, _name in settings.LANGUAGES}
    for language, letters in LETTERS.items():
        kept = [*keeping["fonts"], *keeping["fontsOf"].get(language, [])]
        for letter in letters:
            files = shown_by(letter)
            assert files, letter
            for file in files:
                assert f"/static/fonts/{file}" in kept, (language, letter)


@pytest.mark.any_database
def test_a_file_holds_the_letters_that_it_is_loaded_for():
    """The small files of Arabic, the signs for vowels among them."""
    held = {}
    for letter in "".join(LETTERS.values()):
        for file in shown_by(letter):
            if file not in held:
                with TTFont(settings.ROOT / "site" / "static" / "fonts" / file) as font:
                    held[file] = font.getBestCmap()
            assert ord(letter) in held[file], (file, letter)
    rare = shown_by("ٹ") | shown_by("ﷺ")  # Urdu's, and one sign for a whole sentence
    assert rare == {f"{fonts.ARABIC_WHOLE}-{weight}.woff2" for weight in fonts.WEIGHTS}


@pytest.mark.any_database
def test_paper_has_the_files_that_its_style_names():
    named = re.findall(r'url\("own:([\w-]+\.woff2)"\)', (CSS / "booklet.css").read_text())
    linked = [file for family in booklet.FONTS for file in fonts.files_of(family)]
    assert [f"fonts/{file}" for file in named] == linked
