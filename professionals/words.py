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


# The first postal code of a divided town, less one, and how many arrondissements it has.
ARRONDISSEMENTS = {"paris": (75000, 20), "lyon": (69000, 9), "marseille": (13000, 16)}
_NUMBER = re.compile(r"0?(\d{1,2})(?:er|e|eme|ieme|nd|nde)?")
_OF_DIVISION = {"arrondissement", "arrdt", "arr", "ardt"}
_DIVISION = re.compile(r"^(Paris|Lyon|Marseille) (\d+er?) Arrondissement$")


def place_words(text):
    """(the beginning of a postal code or "", the words of a commune's name) in what somebody types
    for a place: as digits_of() and commune_words(), but "Lyon 7", "Lyon 7ème" and "Lyon cedex 07"
    are 69007 and "lyon 7e"; "cedex" and the country say nothing."""
    words = [word for word in folded(text[:80]).split() if word != "cedex"]
    if words[1:] and words[-1] == "france" and words[-2] not in ("en", "de"):
        words.pop()
    town = next((word for word in words if word in ARRONDISSEMENTS), None)
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    if town and len(numbers) == 1 and (number := _arrondissement(town, numbers[0])):
        code = next((word for word in words if word.isdecimal() and len(word) == 5), None)
        others = (word for word in words if word not in {*numbers, *_OF_DIVISION, code})
        said = [SHORT_WORDS.get(word, word) for word in others]
        code = code or str(ARRONDISSEMENTS[town][0] + number)
        return code, [*said, "1er" if number == 1 else f"{number}e"]
    rest = " ".join(words)
    return digits_of(rest), commune_words(rest)


def _arrondissement(town, word):
    number = int(_NUMBER.fullmatch(word)[1])
    return number if 1 <= number <= ARRONDISSEMENTS[town][1] else None


def town_of(commune):
    """The name that a letter bears, of a commune's: "Lyon" for one of its arrondissements."""
    found = _DIVISION.match(commune)
    return found[1] if found else commune


def short_name(commune):
    """A commune's name as people say it: "Lyon 7e" for its arrondissement."""
    found = _DIVISION.match(commune)
    return f"{found[1]} {found[2]}" if found else commune


# What people search for
_SMALL_WORDS = frozenset(
    (
        *("a", "au", "aux", "d", "de", "des", "du", "en", "et"),
        *("l", "la", "le", "les", "ou", "pour", "s", "un", "une"),
    )
)


def search_words(text):
    """The beginnings of words by which a search for *text* looks: folded, without small words
    ("de", "l") where there are others, in the singular: "crèches" → ["creche"]."""
    words = folded(text).split()
    said = [word for word in words if word not in _SMALL_WORDS] or words
    return list(dict.fromkeys(_singular(word) for word in said))


def _singular(word):
    """The beginning that a French word shares with its plural."""
    if len(word) > 4 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-2]  # familial, familiaux
    if len(word) > 4 and word.endswith(("ux", "s")) and not word.endswith("ss"):
        return word[:-1]
    return word
