"""Which topics answer a question, the best first.

The database gives rows of the index; what they are worth is reckoned here, so that both
databases give the same order. Three queries, none of them on a page.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count

from .models import SearchEntry, SearchPosting

# A word that very many topics have says little of each: past this many rows it is left out,
# as long as a rarer one of the question is there.
MOST_ROWS = 4000
# A topic is found if it is worth this part of the best one: a word in passing is no answer.
LEAST_PART = 0.2
# An exact phrase is looked for among this many of the best, and makes them worth more.
PHRASE_AMONG = 20
PHRASE_BONUS = 1.5


@dataclass
class Found:
    """The ids of the topics found, the best first; how many there would be {id: topics} at
    each stage and in each theme if its filter changed; the SearchEntries of the best ones."""

    topic_ids: list = field(default_factory=list)
    by_stage: Counter = field(default_factory=Counter)
    by_theme: Counter = field(default_factory=Counter)
    without_filters: int = 0
    # How much each word of the question tells: {its term: rarity}.
    rarity: dict = field(default_factory=dict)
    entries: dict = field(default_factory=dict)


def find(question, stage_id=None, theme_id=None):
    """The topics that answer `question`, as Found, of one stage and of one theme if asked."""
    entries = {
        pk: (theme, stages)
        for pk, theme, stages in SearchEntry.objects.filter(language=question.language).values_list(
            "pk", "theme", "stages"
        )
    }
    values = _values(question)
    rarity = {
        term: math.log(1 + (len(entries) - len(of) + 0.5) / (len(of) + 0.5))
        for term, of in values.items()
    }
    scores = defaultdict(float)
    for term, of in values.items():
        for pk, value in of.items():
            scores[pk] += rarity[term] * value
    least = LEAST_PART * max(scores.values(), default=0)
    found = Found(rarity=rarity)
    order = sorted((pk for pk in scores if scores[pk] >= least), key=lambda pk: -scores[pk])
    for pk in order:
        theme, stages = entries[pk]
        at = [int(stage) for stage in stages.split(",") if stage]
        of_stage = stage_id is None or stage_id in at
        of_theme = theme_id is None or theme_id == theme
        if of_stage:
            found.by_theme[theme] += 1
        if of_theme:
            found.by_stage.update(at)
        if of_stage and of_theme:
            found.topic_ids.append(pk)
    found.without_filters = len(order)
    _put_phrases_first(found, scores, question.phrase)
    return found


def load_entries(found, topic_ids):
    """Have the SearchEntries of these topics in `found.entries`; one query at most."""
    missing = set(topic_ids) - found.entries.keys()
    if missing:
        found.entries |= SearchEntry.objects.in_bulk(missing)


def _values(question):
    """{term of the question: {topic's id: what the word is worth there}}."""
    chosen = _terms_to_read(question)
    rows = defaultdict(list)
    postings = SearchPosting.objects.filter(term__in=chosen)
    for term_id, pk, weight in postings.values_list("term", "entry", "weight"):
        rows[term_id].append((pk, weight))
    values = {}
    for word in question.words:
        of = {}
        for term_id, factor in word.terms.items():
            for pk, weight in rows[term_id]:
                if weight * factor > of.get(pk, 0):
                    of[pk] = weight * factor
        if of:
            values[word.term] = of
    return values


def _terms_to_read(question):
    """The ids of the terms whose rows are read: the rarest ones, words as typed first."""
    factors = {}
    for word in question.words:
        for term_id, factor in word.terms.items():
            factors[term_id] = max(factor, factors.get(term_id, 0))
    numbers = SearchPosting.objects.filter(term__in=factors).values_list("term")
    numbers = dict(numbers.annotate(Count("pk")).order_by())
    chosen, rows = [], 0
    for term_id in sorted(numbers, key=lambda pk: (-factors[pk], numbers[pk])):
        if chosen and rows + numbers[term_id] > MOST_ROWS:
            continue
        chosen.append(term_id)
        rows += numbers[term_id]
    return chosen


def _put_phrases_first(found, scores, phrase):
    if not phrase:
        return
    best = found.topic_ids[:PHRASE_AMONG]
    load_entries(found, best)
    for pk in best:
        if any(f" {phrase} " in f" {terms} " for *_shown, terms in found.entries[pk].passages):
            scores[pk] *= PHRASE_BONUS
    found.topic_ids[:PHRASE_AMONG] = sorted(best, key=lambda pk: -scores[pk])
