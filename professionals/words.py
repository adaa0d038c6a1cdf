"""One form of words for names and places: small letters, no accents, single spaces."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
# How people shorten what stands in names of communes.
SHORT_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def folded(text):
    """*text* in small letters and figures with single spaces: "L'Haÿ-les-Roses" → "l hay les
    roses"."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(LIGATURES)
    bare = "".join(
        c for c in unicodedata.normalize("NFD", lowered) if unicodedata.category(c) != "Mn"
    )
    return " ".join(re.findall(r"[^\W_]+", bare))


def commune_words(text):
    """The words of the name of a commune in *text*, without figures: "St-Étienne 42000" →
    ["saint", "etienne"]. "1er" is a word of an arrondissement's name."""
    words = folded(text[:80]).split()
    return [SHORT_WORDS.get(word, word) for word in words if not word.isdecimal()]


def digits_of(text):
    """The beginning of a postal code in *text*: the first figures that stand alone, or ""."""
    for word in folded(text[:80]).split():
        if word.isdecimal() and word.isascii():
            return word[:6]  # six begin no postal code
    return ""
