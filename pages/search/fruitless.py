"""Counts the words under which nothing was found, and nothing about who typed them.

While a search is answered nothing is written to the database. A word is first counted under a
hash that only this site can make, in a cache of its own; only what came several times is
noted there by name, one word at a time and apart from what was typed beside it. A nightly
command moves that into FruitlessWord, which coordinators read.
"""

from datetime import timedelta

from django.core.cache import caches
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import FruitlessWord

CACHE = "fruitless"
SEVERAL = 3  # searches before a word is noted by name
REMEMBERED = timedelta(days=30)  # how long it is counted from its last search on
KEPT = timedelta(days=365)  # how long the report shows it after its last search
MOST_NOTED = 500  # words between two runs of the command
MOST_AT_ONCE = 3  # words of one search
LENGTHS = range(3, 31)  # letters
NOTED = "noted"


def count(question):
    """Take note of the words of `question` that no topic has."""
    typed = [word.typed for word in question.fruitless if _is_word(word.typed)]
    for word in typed[:MOST_AT_ONCE]:
        _count(question.language, word)


def _is_word(typed):
    # No number: it might be somebody's telephone.
    return len(typed) in LENGTHS and typed.isalpha()


def _count(language, word):
    cache = caches[CACHE]
    key = salted_hmac("pages.search.fruitless", f"{language} {word}").hexdigest()
    searches = cache.get(key, 0) + 1
    cache.set(key, searches, REMEMBERED.total_seconds())
    if searches < SEVERAL:
        return
    noted = cache.get(NOTED, {})
    # The first time, with those that were counted without a name.
    new = SEVERAL if searches == SEVERAL else 1
    if (language, word) in noted or len(noted) < MOST_NOTED:
        noted[language, word] = noted.get((language, word), 0) + new
        cache.set(NOTED, noted, REMEMBERED.total_seconds())


@transaction.atomic
def keep():
    """Move what was noted into the database, and drop what nobody has searched for a year.
    Returns how many words were added to."""
    cache, today = caches[CACHE], timezone.localdate()
    noted = cache.get(NOTED, {})
    for (language, word), searches in noted.items():
        row, _made = FruitlessWord.objects.get_or_create(
            language=language, word=word, defaults={"last_on": today}
        )
        FruitlessWord.objects.filter(pk=row.pk).update(
            searches=F("searches") + searches, last_on=today
        )
    FruitlessWord.objects.filter(last_on__lt=today - KEPT).delete()
    cache.delete(NOTED)
    return len(noted)
