"""Words of the index that are near a word that it does not know."""

from django.db.models.functions import Length

from .index import SHORTEST_MISSPELT, misspelt
from .models import SearchWord

MOST_NEAR = 5
SHORTEST_BEGINNING = 3  # letters
MOST_COMPLETIONS = 20
LESS_NEAR = 2  # letters between a word and one that is offered instead
ALIKE = 2  # letters at the beginning that two words share which look alike


def near(word, language):
    """The SearchWords (with their terms) that become `word`, folded, by one letter more,
    less, other or changed with its neighbour; the best first. One query."""
    wanted = misspelt(word)
    if not wanted:
        return []
    found = _words(language).filter(misspellings__text__in=wanted).distinct()
    return _best(word, found, 1)


def less_near(word, language):
    """The SearchWords two letters from `word`, folded, that begin as it does, to offer where
    nothing was found. One query."""
    if len(word) <= SHORTEST_MISSPELT:
        return []
    lengths = (len(word) - LESS_NEAR, len(word) + LESS_NEAR)
    found = _words(language).filter(text__startswith=word[:ALIKE], length__range=lengths)
    return _best(word, found, LESS_NEAR)


def beginning_with(beginning, language):
    """The SearchWords that begin with `beginning`, folded, the shortest first. One query."""
    if len(beginning) < SHORTEST_BEGINNING:
        return []
    words = _words(language).filter(text__startswith=beginning).order_by("length", "text")
    # Both databases put the same ones first; among them, each has its own order of letters.
    return sorted(words[:MOST_COMPLETIONS], key=lambda word: (len(word.text), word.text))


def _words(language):
    words = SearchWord.objects.filter(term__language=language).select_related("term")
    return words.alias(length=Length("text"))


def _best(word, found, most):
    steps = {row: distance(word, row.text) for row in found}
    close = [row for row in steps if steps[row] <= most]
    # The same first letter is seldom mistyped; then the words that differ least in length.
    close.sort(
        key=lambda row: (
            steps[row],
            row.text[:1] != word[:1],
            abs(len(row.text) - len(word)),
            row.text,
        )
    )
    return close[:MOST_NEAR]


def distance(one, other):
    """How many letters to add, drop, replace or change with their neighbour lead from `one`
    to `other` (optimal string alignment)."""
    before, last = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, its in enumerate(other, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
