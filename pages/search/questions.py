"""What somebody asks, in the words of the index."""

from collections import defaultdict
from dataclasses import dataclass, field

from .models import SearchWord
from .spelling import beginning_with, near
from .synonyms import synonyms
from .text import folded, spans, term_of

LONGEST_QUESTION = 200  # characters; a longer one is cut
MOST_WORDS = 12
MOST_UNKNOWN = 3  # for which words that look like them are looked for

# How much a word counts that was not typed itself.
SAME, NEAR, SYNONYM, BEGINNING = 1.0, 0.8, 0.6, 0.5


@dataclass
class AskedWord:
    """One word of a question: as `typed`, its `term`, the SearchTerms that answer
    it, each with how much it counts, and their `texts`."""

    typed: str
    term: str
    terms: dict = field(default_factory=dict)
    texts: set = field(default_factory=set)
    # The words searched instead, where nobody writes what was typed.
    instead: list = field(default_factory=list)

    def take(self, term, factor):
        """Have the SearchTerm `term` answer this word, for `factor` of what it is worth."""
        self.terms[term] = max(factor, self.terms.get(term, 0))
        self.texts.add(term.text)


@dataclass
class Question:
    """The words of a question that say something, each once, in their order."""

    language: str
    words: list

    @property
    def fruitless(self):
        """The words that no topic has, not even nearly."""
        return [word for word in self.words if not word.terms]

    @property
    def phrase(self):
        """Its terms one after the other; "" for a single one."""
        return " ".join(word.term for word in self.words) if len(self.words) > 1 else ""

    @property
    def texts(self):
        """The terms that answer any of its words."""
        return set().union(*(word.texts for word in self.words))


def understood(text, language, is_being_typed=False):
    """The Question in `text`; with `is_being_typed` its last word may be a beginning.

    At most two queries and, for each of three words that no topic has, two more.
    """
    words = {}
    for *_place, typed in spans(text, language):
        if (term := term_of(typed, language)) and len(words) < MOST_WORDS:
            words.setdefault(term, AskedWord(typed, term))
    question = Question(language, list(words.values()))
    _look_up(question)
    for word in question.words:
        if is_being_typed and word is question.words[-1]:
            for row in beginning_with(folded(word.typed), language):
                word.take(row.term, BEGINNING)
    for word in question.fruitless[:MOST_UNKNOWN]:
        _look_nearby(word, language)
    return question


def _look_up(question):
    meaning = synonyms(question.language)
    wanted = set()
    for word in question.words:
        wanted |= {folded(word.typed), word.term, *meaning.get(word.term, ())}
    rows = defaultdict(list)
    if wanted:
        found = SearchWord.objects.filter(term__language=question.language, text__in=wanted)
        for row in found.select_related("term"):
            rows[row.text].append(row.term)
    for word in question.words:
        for text in {folded(word.typed), word.term}:
            for term in rows[text]:
                word.take(term, SAME)
        for text in meaning.get(word.term, ()):
            for term in rows[text]:
                if term.text == text:
                    word.take(term, SYNONYM)


def _look_nearby(word, language):
    typed = folded(word.typed)
    found, factor = near(typed, language), NEAR
    if not found:
        found, factor = beginning_with(typed, language), BEGINNING
    for row in found:
        word.take(row.term, factor)
    word.instead = list(dict.fromkeys(row.text for row in found))[:3]
