"""What a list of results shows of a topic: the passage that answers, its words marked."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from .documents import BODY, KEY_MESSAGE, TITLE
from .text import spans, term_of


def best_passage(entry, question, rarity):
    """The text of `entry` (a SearchEntry) that says most about `question`; its key message
    where the words stand in what is not shown by itself."""
    best, most, key_message = "", 0, ""
    for place, text, terms in entry.passages:
        if place == KEY_MESSAGE:
            key_message = text
        if not text or place == TITLE:
            continue
        value = _value(terms, question, rarity)
        # A sentence of the body only where those before it say less.
        if place == BODY:
            value *= 0.99
        if value > most:
            best, most = text, value
    return best or key_message


def _value(terms, question, rarity):
    there = set(terms.split())
    value = 0
    for word in question.words:
        if word.term in there:
            value += rarity.get(word.term, 0) + 0.1
        elif there & word.texts:
            value += 0.6 * rarity.get(word.term, 0) + 0.05
    if question.phrase and f" {question.phrase} " in f" {terms} ":
        value *= 1.5
    return value


def marked(text, question):
    """`text` as HTML with the words that answer `question` in <mark>."""
    texts, parts, end = question.texts, [], 0
    for start, stop, word in spans(text, question.language):
        if term_of(word, question.language) in texts:
            parts += [(text[end:start], text[start:stop])]
            end = stop
    html = format_html_join("", "{}<mark>{}</mark>", parts)
    return mark_safe(html + format_html("{}", text[end:]))  # noqa: S308 - escaped above
