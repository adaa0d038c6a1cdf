"""Which topics answer a question, the best first.

The database gives rows of the index; what they are worth is reckoned here, so that both
databases give the same order. Four queries, none of them on a page.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from .index import STRONG
from .models import SearchEntry, SearchPosting
from .questions import SAME

# A word that more topics have than this is read only where it stands in more than the body of
# a topic: elsewhere it would say next to nothing. The same for a word that was not typed
# itself, a synonym say, from fewer topics on.
MANY, MANY_MEANT = 300, 40
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
    number = SearchEntry.objects.filter(language=question.language).count()
    values, numbers = _values(question)
    rarity = {
        term: math.log(1 + (number - numbers[term] + 0.5) / (numbers[term] + 0.5))
        for term in values
    }
    scores = defaultdict(float)
    for term, of in values.items():
        for pk, value in of.items():
            scores[pk] += rarity[term] * value
    least = LEAST_PART * max(scores.values(), default=0)
    found = Found(rarity=rarity)
    order = sorted((pk for pk in scores if scores[pk] >= least), key=lambda pk: -scores[pk])
    entries = _themes_and_stages(order, question.language)
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
    """({term of the question: {topic's id: what the word is worth there}}, {term: how many
    topics have it}) of the words that some topic has; one query."""
    whole, strong = set(), set()
    for word in question.words:
        for term, factor in word.terms.items():
            is_many = term.topics > (MANY if factor == SAME else MANY_MEANT)
            (strong if is_many and term.strong else whole).add(term.pk)
    rows = defaultdict(list)
    postings = SearchPosting.objects.filter(
        Q(term__in=whole) | Q(term__in=strong - whole, weight__gt=STRONG)
    )
    for term_id, pk, weight in postings.values_list("term", "entry", "weight"):
        rows[term_id].append((pk, weight))
    values, having = {}, {}
    for word in question.words:
        of = {}
        for term, factor in word.terms.items():
            for pk, weight in rows[term.pk]:
                if weight * factor > of.get(pk, 0):
                    of[pk] = weight * factor
        if of:
            values[word.term] = of
            having[word.term] = max(len(of), *(term.topics for term in word.terms))
    return values, having


def _themes_and_stages(topic_ids, language):
    """{topic's id: (theme's id, the ids of its stages between commas)}; one query."""
    entries = SearchEntry.objects.filter(language=language)
    if len(topic_ids) <= MANY:
        entries = entries.filter(pk__in=topic_ids)
    return {pk: row for pk, *row in entries.values_list("pk", "theme", "stages")}


def _put_phrases_first(found, scores, phrase):
    if not phrase:
        return
    best = found.topic_ids[:PHRASE_AMONG]
    load_entries(found, best)
    for pk in best:
        if any(f" {phrase} " in f" {terms} " for *_shown, terms in found.entries[pk].passages):
            scores[pk] *= PHRASE_BONUS
    found.topic_ids[:PHRASE_AMONG] = sorted(best, key=lambda pk: -scores[pk])
