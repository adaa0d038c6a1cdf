"""Words of the index that are near a word that it does not know."""

from .index import SHORTEST_MISSPELT, misspelt
from .models import SearchWord

MOST_NEAR = 5
SHORTEST_BEGINNING = 3  # letters
MOST_COMPLETIONS = 20
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
    return _best(word, _words(language).filter(text__startswith=word[:ALIKE]), 2)


def beginning_with(beginning, language):
    """The SearchWords that begin with `beginning`, folded, the shortest first. One query."""
    if len(beginning) < SHORTEST_BEGINNING:
        return []
    words = _words(language).filter(text__startswith=beginning)
    return sorted(words, key=lambda word: (len(word.text), word.text))[:MOST_COMPLETIONS]


def _words(language):
    return SearchWord.objects.filter(term__language=language).select_related("term")


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
