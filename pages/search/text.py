"""One form of words, for what is written and for what is asked.

words:  "L'œuf qu'il mange" → l, œuf, qu, il, mange
folded: accents gone, œ is oe, small letters
term:   the lemma of the word, folded: mange → manger, bébés → bebe
"""

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

from simplemma import is_known, lemmatize

from .languages import (
    ACCENTED,
    ARTICLES,
    FOLDED_LETTERS,
    PLURAL_ENDINGS,
    SHORTEST_PLURAL,
    SILENT_WORDS,
)

# The signs that are written on a letter, where the two are no single character: accents, and
# the vowels of Arabic. What one sees is one word.
SIGNS = "\u0300-\u036f\u064b-\u065f\u0670"
# Letters and digits; what stands between them, apostrophes and hyphens too, parts words.
WORD = re.compile(rf"(?:[^\W_][{SIGNS}]*)+")
# In Ukrainian an apostrophe stands inside a word.
JOINED = {"uk": re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")}
JOINED_WORD = re.compile(rf"(?:(?:[^\W_]|\u02bc)[{SIGNS}]*)+")

LONGEST_WORD = 40  # characters, as the index keeps them
MOST_GUESSES = 300  # ways to put accents on one word
KNOWN_LANGUAGES = frozenset({"fr", "en", "ar", "uk", "tr"})


def base_language(code):
    """The language of the dictionary for a code like "fr" or "fr-be"."""
    return (code or "").split("-")[0].lower()


def cleaned(text, longest):
    """`text` without what no keyboard writes (NUL, marks of direction), cut to `longest`
    characters, with single spaces and each letter in one piece with its accent."""
    text = composed(text[: longest * 4])
    kept = (" " if unicodedata.category(c)[0] in "CZ" else c for c in text[: longest * 2])
    return " ".join("".join(kept).split())[:longest].strip()


def composed(text):
    """`text` with accents in their letters, as most keyboards write it."""
    return unicodedata.normalize("NFC", text)


def lowered(text, language):
    """`text` in small letters: Turkish has two kinds of i."""
    if base_language(language) == "tr":
        text = text.replace("I", "ı").replace("İ", "i")
    return composed(text.lower())


def folded(word):
    """`word` (in small letters) without its accents and with the letters that go for it."""
    bare = unicodedata.normalize("NFD", word.translate(FOLDED_LETTERS))
    return "".join(c for c in bare if unicodedata.category(c) != "Mn")


def spans(text, language):
    """Yield (start, end, word in small letters) for each word of `text`."""
    joined = JOINED.get(base_language(language))
    if joined:
        text = joined.sub("\u02bc", text)
    pattern = JOINED_WORD if joined else WORD
    for found in pattern.finditer(text):
        yield found.start(), found.end(), lowered(found[0].replace("\u02bc", ""), language)


@lru_cache(maxsize=60_000)
def term_of(word, language):
    """The term under which the index keeps `word` (in small letters); "" for a word that
    says nothing or that is too long to be one."""
    language = base_language(language)
    bare = folded(word)
    if len(word) > LONGEST_WORD or len(bare) > LONGEST_WORD or bare in _silent(language):
        return ""
    term = folded(_lemma(word, language))[:LONGEST_WORD]
    return "" if term in _silent(language) else term


def terms_in(text, language):
    """The terms of `text` in their order, silent words left out."""
    found = (term_of(word, language) for _start, _end, word in spans(text, language))
    return [term for term in found if term]


@lru_cache
def _silent(language):
    return frozenset(folded(word) for word in SILENT_WORDS.get(language, "").split())


def _lemma(word, language):
    if language not in KNOWN_LANGUAGES or word.isdigit():
        return word
    if is_known(word, language):
        return lemmatize(word, language).lower()
    for guess in islice(_with_accents(word, language), MOST_GUESSES):
        if is_known(guess, language):
            return lemmatize(guess, language).lower()
    article = ARTICLES.get(language)
    if article and word.startswith(article) and len(word) > len(article) + 2:
        return _lemma(word.removeprefix(article), language)
    if word[-1] in PLURAL_ENDINGS.get(language, "") and len(word) >= SHORTEST_PLURAL:
        return word[:-1]
    return word


def _with_accents(word, language):
    """`word` with each way to put accents on it, if it has none."""
    letters = ACCENTED.get(language)
    if not letters or folded(word) != word:
        return
    choices = [letter + letters.get(letter, "") for letter in word]
    for guess in product(*choices):
        if (written := "".join(guess)) != word:
            yield written
