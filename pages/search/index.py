"""Puts topics into the index and takes them out."""

from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Locale

from pages.models import Stage, ThemePage, TopicPage

from .documents import AROUND, BODY, IN_BRIEF, KEY_MESSAGE, TITLE, document_of
from .models import SearchEntry, SearchMisspelling, SearchPosting, SearchTerm, SearchWord
from .text import LONGEST_WORD, folded, spans, term_of, terms_in

# What a term says about a topic by where it stands: each place counts once, more than all
# those after it together; in the body it counts the more often it comes, below 1.
PLACE_WEIGHTS = {TITLE: 6.0, KEY_MESSAGE: 3.0, IN_BRIEF: 1.5, AROUND: 0.4}
BODY_HALF = 2  # this many times in the body are worth one half
STRONG = 1.0  # what weighs more stands in more than the body

BATCH = 100  # topics at once
ROWS = 500  # of one INSERT: SQLite takes few values at a time
SHORTEST_MISSPELT = 4  # letters: shorter words have too many neighbours


def searchable_topics():
    """The topics that parents may read and find."""
    return (
        TopicPage.objects.readable()
        .listed()
        .select_related("locale")
        .prefetch_related(Prefetch("stages", Stage.objects.order_by("sort_order", "pk")))
        .order_by("pk")
    )


def _hold():
    """One writer at a time, until its transaction ends: words are shared between topics, and
    the last topic that has one takes it along."""
    list(Locale.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


@transaction.atomic
def refresh(topic_ids):
    """Bring the index in step with these topics, live or not."""
    topic_ids = list(topic_ids)
    if not topic_ids:
        return
    _hold()
    left = set(SearchPosting.objects.filter(entry__in=topic_ids).values_list("term", flat=True))
    SearchEntry.objects.filter(pk__in=topic_ids).delete()
    topics = list(searchable_topics().filter(pk__in=topic_ids))
    paths = {topic.path[: -topic.steplen] for topic in topics}
    themes = {theme.path: theme for theme in ThemePage.objects.filter(path__in=paths)}
    add(
        document_of(
            topic,
            themes[topic.path[: -topic.steplen]],
            list(topic.stages.all()),
            topic.locale.language_code,
        )
        for topic in topics
    )
    _count_topics(left)
    SearchTerm.objects.filter(topics=0).delete()


def in_parts(things, size=ROWS):
    """`things` as lists of at most `size`."""
    things = list(things)
    return [things[start : start + size] for start in range(0, len(things), size)]


@transaction.atomic
def rebuild():
    """Make the whole index anew. Returns how many topics are in it."""
    _hold()
    for model in (SearchMisspelling, SearchWord, SearchPosting, SearchTerm, SearchEntry):
        model.objects.all()._raw_delete(using=model.objects.db)
    ids = list(searchable_topics().values_list("pk", flat=True))
    for some in in_parts(ids, BATCH):
        refresh(some)
    return len(ids)


def add(documents):
    """Put Documents into the index that are not there."""
    entries, weights = [], {}
    words_by_term = defaultdict(set)
    for document in documents:
        entry, found = _entry(document)
        entries.append(entry)
        weights[entry.pk] = (document.language, found)
        for passage in document.passages:
            for _start, _end, word in spans(passage.text, document.language):
                if term := term_of(word, document.language):
                    words_by_term[document.language, term] |= {folded(word)[:LONGEST_WORD], term}
    SearchEntry.objects.bulk_create(entries, batch_size=ROWS)
    terms = _keep_words(words_by_term)
    SearchPosting.objects.bulk_create(
        [
            SearchPosting(term_id=terms[language, term], entry_id=pk, weight=weight)
            for pk, (language, found) in weights.items()
            for term, weight in found.items()
        ],
        batch_size=ROWS,
    )
    _count_topics(terms.values())


def _count_topics(term_ids):
    """Have each of these terms know how many topics have it."""
    postings = SearchPosting.objects.filter(term=OuterRef("pk")).order_by().values("term")
    strong = postings.filter(weight__gt=STRONG)
    for some in in_parts(term_ids):
        SearchTerm.objects.filter(pk__in=some).update(
            topics=Coalesce(Subquery(postings.annotate(n=Count("pk")).values("n")), 0),
            strong=Coalesce(Subquery(strong.annotate(n=Count("pk")).values("n")), 0),
        )


def _entry(document):
    """The SearchEntry of a Document, and {term: weight}."""
    places, times, kept = defaultdict(set), Counter(), []
    for passage in document.passages:
        terms = terms_in(passage.text, document.language)
        for term in terms:
            places[term].add(passage.place)
            times[term] += passage.place == BODY
        kept.append([passage.place, passage.text if passage.is_shown else "", " ".join(terms)])
    entry = SearchEntry(
        topic_id=document.topic_id,
        theme_id=document.theme_id,
        language=document.language,
        stages=",".join(map(str, document.stage_ids)),
        passages=kept,
    )
    weights = {
        term: sum(PLACE_WEIGHTS.get(place, 0) for place in places[term])
        + times[term] / (times[term] + BODY_HALF)
        for term in places
    }
    return entry, weights


def _keep_words(words_by_term):
    """Have a row for each term and word, and what they may be mistyped as.

    `words_by_term`: {(language, term): words}. Returns {(language, term): the term's id}.
    """
    ids = _ids_of(words_by_term)
    new = sorted(words_by_term.keys() - ids.keys())
    SearchTerm.objects.bulk_create(
        [SearchTerm(language=language, text=text) for language, text in new], batch_size=ROWS
    )
    ids |= _ids_of(new)
    known = set()
    for pks in in_parts(ids.values()):
        known |= set(SearchWord.objects.filter(term__in=pks).values_list("term", "text"))
    made = {(ids[key], word) for key, words in words_by_term.items() for word in words} - known
    SearchWord.objects.bulk_create(
        [SearchWord(term_id=term, text=word) for term, word in sorted(made)], batch_size=ROWS
    )
    for terms in in_parts({term for term, _word in made}):
        words = SearchWord.objects.filter(term__in=terms).values_list("pk", "term", "text")
        SearchMisspelling.objects.bulk_create(
            [
                SearchMisspelling(word_id=pk, text=text)
                for pk, term, word in words
                if (term, word) in made
                for text in misspelt(word)
            ],
            batch_size=ROWS,
        )
    return ids


def _ids_of(keys):
    """{(language, text): id} of the terms that there are."""
    texts = defaultdict(list)
    for language, text in keys:
        texts[language].append(text)
    return {
        (language, text): pk
        for language, wanted in texts.items()
        for some in in_parts(wanted)
        for text, pk in SearchTerm.objects.filter(language=language, text__in=some).values_list(
            "text", "pk"
        )
    }


def misspelt(word):
    """`word` itself and with each of its letters left out; nothing for a short one."""
    if len(word) < SHORTEST_MISSPELT or any(letter.isdigit() for letter in word):
        return set()
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
