"""What an easy version must be besides a topic.

Easy to read says: sentences of at most twelve words, one idea each, and only easy once
people concerned have read and understood it (“L'information pour tous”, Unapei and
Inclusion Europe).
"""

import re

from django.utils.html import strip_tags
from django.utils.translation import gettext_noop as _

from workgroups.models import ReadinessProblem

MOST_WORDS = 12
MOST_TOLD = 5  # long sentences in one go
# Of a block's value, what is no sentence of the text.
NO_TEXT = {"id", "type", "alt_text", "service", "speciality", "kinds", "numbers", "tone", "answer"}


def easy_problems(page, stage):
    """What an easy version lacks besides what every topic needs, as ReadinessProblems."""
    if not page.is_easy:
        return
    told = 0
    for field, sentence in _sentences(page):
        words = number_of_words(sentence)
        if words > MOST_WORDS and told < MOST_TOLD:
            told += 1
            yield ReadinessProblem(
                field,
                _("%(most)d words at most, and this sentence has %(words)d: “%(sentence)s”"),
                {"most": MOST_WORDS, "words": words, "sentence": sentence},
            )
    if stage == "illustration" and not (page.understood_by.strip() and page.understood_on):
        yield ReadinessProblem(
            "understood_by",
            _("Have it read by people for whom easy French is made; say who, and when."),
        )


def number_of_words(sentence):
    """As one counts aloud: “l'enfant” is one, “:” is none."""
    return sum(1 for word in sentence.split() if re.search(r"\w", word))


def _sentences(page):
    """(name of the field, sentence) for all that parents read of a version's text."""
    for field in ("title", "key_message"):
        yield from ((field, sentence) for sentence in _split(getattr(page, field)))
    for field in ("in_brief", "body", "help_block"):
        for text in _texts(list(getattr(page, field).raw_data)):
            yield from ((field, sentence) for sentence in _split(text))


def _texts(raw):
    """Every text under a stored value that is read as one."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for name, value in raw.items():
            if name not in NO_TEXT and not (name == "value" and raw.get("type") == "recording"):
                yield from _texts(value)
    elif isinstance(raw, (list, tuple)):
        for value in raw:
            yield from _texts(value)


def _split(text):
    """The sentences of a text, rich or plain: a paragraph, heading or list item ends one."""
    plain = strip_tags(re.sub(r"</(p|h\d|li)>|<br/?>", "\n", text))
    found = re.split(r"(?<=[.!?…؟])\s+|\n+", plain)
    return [sentence.strip() for sentence in found if sentence.strip()]
