"""The tables of the index: plain rows, the same on every database.

Everything in them is made from live topics and can be made again: `manage.py rebuild_search`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .text import LONGEST_WORD


class SearchEntry(models.Model):
    """A live topic as search sees it."""

    topic = models.OneToOneField(
        "pages.TopicPage", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    theme = models.ForeignKey("pages.ThemePage", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10, db_index=True)
    # The ids of its stages, between commas: filters are counted over all that was found.
    stages = models.CharField(max_length=200, blank=True)
    # See documents.Passage: [[place, text as shown or "", terms between spaces], …].
    passages = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.language} {self.topic_id}"


class SearchTerm(models.Model):
    """A word as the index knows it: its lemma, folded (see text.term_of)."""

    language = models.CharField(max_length=10)
    text = models.CharField(max_length=LONGEST_WORD)
    # How many topics have it, and how many in more than their body (see index.STRONG).
    topics = models.PositiveIntegerField(default=0)
    strong = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["language", "text"], name="pages_one_search_term")
        ]

    def __str__(self):
        return self.text


class SearchPosting(models.Model):
    """That a term stands in a topic, and how much it says about it there."""

    term = models.ForeignKey(
        SearchTerm, on_delete=models.CASCADE, related_name="postings", db_index=False
    )
    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="postings")
    weight = models.FloatField()

    class Meta:
        default_permissions = ()
        # All that ranking reads stands in this one index.
        indexes = [models.Index(fields=["term", "weight", "entry"], name="pages_search_ranking")]

    def __str__(self):
        return f"{self.term_id} in {self.entry_id}"


class SearchWord(models.Model):
    """A word as topics write it, folded, with its term; and the term as a word."""

    term = models.ForeignKey(SearchTerm, on_delete=models.CASCADE, related_name="words")
    text = models.CharField(max_length=LONGEST_WORD, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["term", "text"], name="pages_one_search_word")
        ]

    def __str__(self):
        return self.text


class SearchMisspelling(models.Model):
    """A word less one letter: what it has in common with a word mistyped by one letter."""

    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, related_name="misspellings")
    text = models.CharField(max_length=LONGEST_WORD, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.text


class FruitlessWord(models.Model):
    """A word under which several searches found no topic; nothing about who."""

    language = models.CharField(_("language"), max_length=10)
    word = models.CharField(_("word"), max_length=LONGEST_WORD)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    last_on = models.DateField(_("last time"))

    class Meta:
        verbose_name = _("word searched in vain")
        verbose_name_plural = _("words searched in vain")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="pages_one_fruitless_word")
        ]

    def __str__(self):
        return self.word
