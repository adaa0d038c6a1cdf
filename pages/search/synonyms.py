"""Words of parents for words of topics: the groups of words/<language>.txt."""

from functools import lru_cache
from pathlib import Path

from .text import base_language, spans, term_of

FOLDER = Path(__file__).parent / "words"


@lru_cache
def synonyms(language):
    """{term: the other terms that a search for it finds as well}; {} for a language without
    a list. A word may stand in several groups, which does not join them."""
    path = FOLDER / f"{base_language(language)}.txt"
    if not path.is_file():
        return {}
    found = {}
    for line in path.read_text().splitlines():
        written, _hash, _comment = line.partition("#")
        terms = {term_of(word, language) for *_place, word in spans(written, language)} - {""}
        for term in terms:
            found.setdefault(term, set()).update(terms - {term})
    return found
