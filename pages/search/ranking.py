"""Which topics answer a question, the best first.

The database gives rows of the index; what they are worth is reckoned here, so that both
databases give the same order. Four queries, none of them on a page.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from .documents import KEY_MESSAGE
from .index import PLACE_WEIGHTS, STRONG
from .models import SearchEntry, SearchPosting
from .questions import SAME

# Of a word that more topics have than this, only those are read in which it stands in more than
# the body: elsewhere it would say next to nothing. Of one that was not typed itself (a synonym,
# say), from fewer topics on, only those that have it in their title or key message.
MANY, MANY_MEANT = 200, 40
MEANT = PLACE_WEIGHTS[KEY_MESSAGE]
# A topic is found if it is worth this part of the best one: a word in passing is no answer.
LEAST_PART = 0.2
# Nobody reads further: the best ones are found, and counted by the filters.
MOST_FOUND = 100
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
    order = order[:MOST_FOUND]
    entries = _rows_of(order)
    # What was withdrawn since the query before is not there any more.
    order = [pk for pk in order if pk in entries]
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


def _rows_of(topic_ids):
    """{id: (theme's id, stages as kept)} of those topics that are still in the index."""
    rows = SearchEntry.objects.filter(pk__in=topic_ids).values_list("pk", "theme", "stages")
    return {pk: row for pk, *row in rows}


def _values(question):
    """({term of the question: {topic's id: what the word is worth there}}, {term: how many
    topics have it}) of the words that some topic has; one query."""
    whole, strong, meant = set(), set(), set()
    for word in question.words:
        for term, factor in word.terms.items():
            if factor == SAME:
                (strong if term.topics > MANY and term.strong else whole).add(term.pk)
            else:
                (meant if term.topics > MANY_MEANT else whole).add(term.pk)
    rows = defaultdict(list)
    postings = SearchPosting.objects.filter(
        Q(term__in=whole)
        | Q(term__in=strong, weight__gt=STRONG)
        | Q(term__in=meant, weight__gte=MEANT)
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


def _put_phrases_first(found, scores, phrase):
    if not phrase:
        return
    best = found.topic_ids[:PHRASE_AMONG]
    load_entries(found, best)
    for pk in found.entries.keys() & set(best):
        if any(f" {phrase} " in f" {terms} " for *_shown, terms in found.entries[pk].passages):
            scores[pk] *= PHRASE_BONUS
    found.topic_ids[:PHRASE_AMONG] = sorted(best, key=lambda pk: -scores[pk])
