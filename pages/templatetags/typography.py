"""French typography, applied when a text is shown and nowhere else.

No-break spaces before ; : ! ? » and after «, real apostrophes, ordinals,
ranges, and numbers that stay with their unit. Editors type as they like.
"""

import re
from functools import lru_cache

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

NBSP = "\u00a0"
# Narrow, as the Imprimerie nationale sets it before ; ! ?
NNBSP = "\u202f"

# Characters: names and labels, which many pages say again and again, are made once.
SHORT = 200

UNITS = (
    r"mois|ans?|jours?|semaines?|heures?|minutes?|secondes?|min|h|°C|°|%|€|"
    r"ml|cl|l|mg|kg|g|cm|mm|m|km|fois|repas|tétées?"
)

RULES = [
    (re.compile(r"(?<=\w)'|^'(?=\w)"), "\u2019"),
    (re.compile(r"\.\.\.+"), "\u2026"),
    (re.compile(r"«\s*"), f"«{NBSP}"),
    (re.compile(r"\s*»"), f"{NBSP}»"),
    # A sign that ends a word: with or without a space typed before it.
    (re.compile(r"(?<=[\w)\]»%°\u2026])\s*([;!?]+)(?=\s|$|[»)\]])"), rf"{NNBSP}\1"),
    (re.compile(r"\s+([;!?]+)"), rf"{NNBSP}\1"),
    (re.compile(r"(?<=[\w)\]»%])\s*:(?=\s|$)|\s+:(?=\s|$)"), f"{NBSP}:"),
    # 0-3 mois, 4 - 11 mois; not 2026-11-10, not 06-12-34-56-78.
    (
        re.compile(r"(?<![\w–-])(\d{1,3})\s?-\s?(\d{1,3})(?![\w–-]|\s?-\s?\d)"),
        r"\1–\2",
    ),
    # 0 800 00 34 56, and a number with its unit, stay on one line.
    (re.compile(r"(?<=\d) (?=\d{2,3}\b)"), NBSP),
    (re.compile(rf"(?<=\d)\s(?=(?:{UNITS})(?!\w))"), NBSP),
    # 2ème, 3ième → 2e; 1ère → 1re.
    (re.compile(r"\b(\d+)i?[eè]mes?\b"), r"\1e"),
    (re.compile(r"\b1[eè]re\b"), "1re"),
]

ORDINAL = re.compile(r"\b(1(?:er|re)|\d+e)(s?)\b")
# What markup is made of: tags, comments, entities. Never touched.
MARKUP = re.compile(r"(<!--.*?-->|<[^>]*>|&(?:[a-zA-Z]\w*|#\d+|#x[0-9a-fA-F]+);)", re.DOTALL)
APOSTROPHES = {"&#x27;", "&#39;", "&#039;", "&apos;"}
VERBATIM = {"script", "style", "code", "pre", "textarea"}


def is_french():
    """Whether the page is being shown in French."""
    return (get_language() or "fr").startswith("fr")


def french_text(text):
    """Plain text (no markup) with French typography, ordinals left as typed."""
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text


def _raise_ordinals(text):
    return ORDINAL.sub(
        lambda match: "{}<sup>{}</sup>".format(
            *re.fullmatch(r"(\d+)(\w+)", match.group()).groups()
        ),
        text,
    )


def french_html(html):
    """HTML with French typography in its text; tags, attributes and entities
    stay as they are, and so does what stands in scripts or code."""
    return _french_html_again(html) if len(html) <= SHORT else _french_html(html)


@lru_cache(maxsize=4096)
def _french_html_again(html):
    return _french_html(html)


def _french_html(html):
    verbatim = None
    parts = []
    for part in MARKUP.split(html):
        tag = re.match(r"<(/?)([a-zA-Z]+)", part)
        if tag and verbatim is None and tag[2].lower() in VERBATIM:
            verbatim = tag[2].lower()
        elif tag and tag[1] and tag[2].lower() == verbatim:
            verbatim = None
        if verbatim:
            parts.append(part)
        elif MARKUP.fullmatch(part):
            # Outside of tags an escaped apostrophe is an apostrophe.
            parts.append("\u2019" if part in APOSTROPHES else part)
        else:
            parts.append(_raise_ordinals(french_text(part)))
    return "".join(parts)


@register.filter(is_safe=False)
def typography(value):
    """A text, or markup already marked safe, as it is printed in French."""
    if value is None:
        return ""
    html = conditional_escape(value)
    return mark_safe(french_html(html)) if is_french() else html  # noqa: S308


@register.filter(is_safe=False)
def french_typography(value):
    """The same of a text that is French whatever language the page is in."""
    return mark_safe(french_html(conditional_escape(value)))  # noqa: S308


@register.filter
def typography_plain(value):
    """The same for places without markup: titles, attributes, descriptions."""
    if value is None:
        return ""
    if isinstance(value, SafeString):
        return value
    return _plain(str(value)) if is_french() else str(value)


def _plain(text):
    return _french_text_again(text) if len(text) <= SHORT else french_text(text)


@lru_cache(maxsize=4096)
def _french_text_again(text):
    return french_text(text)
