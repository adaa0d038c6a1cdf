"""A signed content, part by part, in the order in which people read it."""

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Page

RICH_TEXT = re.compile(r"<(p|h\d|ul|ol|hr|embed)\b")
PARAGRAPHS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6"}
BOLD = {"b", "strong"}


class Word(NamedTuple):
    """One word of a text; ``kind`` is ``"bold"``, or ``"note"`` for what is not
    written there but is so: a heading, a link and where it leads."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Part:
    """One paragraph, one picture, film or sound (its SHA-256 as ``file``), or,
    where it has none of these, the place at which a block begins.

    ``place`` is where it stands in the content, as keys with dots between them;
    ``label`` says the same in people's words. ``source`` is what is stored.
    """

    place: str
    label: str
    words: tuple = ()
    source: str = ""
    file: str = ""

    @property
    def begins_a_block(self):
        return not (self.words or self.source or self.file)


class PartsReader:
    """Reads canonical contents into Parts.

    ``labels`` maps the places of the content, ``body.steps.heading``, to what
    people call them (``""`` for a place without a name of its own), and values
    that stand for words, ``body.call_out.tone=tip``, to these. Its order is the
    order of reading, whatever order the database gives the keys back in.
    """

    def __init__(self, labels):
        self.labels = labels
        self.ranks = {place: rank for rank, place in enumerate(labels)}

    def parts(self, content):
        """The Parts of ``content``, a dict that JSON can hold, as a list."""
        return list(self._parts(content, ()))

    def _parts(self, value, keys):
        if isinstance(value, dict):
            yield from self._parts_of_dict(value, keys)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict) and not self._is_block(item):
                    yield self._part(keys)
                yield from self._parts(item, keys)
        elif value not in (None, "", False):
            yield from self._parts_of_text(value, keys)

    def _parts_of_dict(self, value, keys):
        if self._is_block(value):
            keys = (*keys, value["type"])
            yield self._part(keys)
            yield from self._parts(value.get("value"), keys)
            return
        if file := value.get("sha256"):
            yield self._part(keys, file=file)
        last = len(self.ranks)
        places = ((self.ranks.get(".".join((*keys, key)), last), key) for key in value)
        for _rank, key in sorted(places):
            if key != "sha256":
                yield from self._parts(value[key], (*keys, key))

    @staticmethod
    def _is_block(value):
        """Whether a dict is a block of a stream, with its kind beside its value."""
        return "type" in value and not value.keys() - {"type", "value"}

    def _parts_of_text(self, value, keys):
        text = unicodedata.normalize("NFC", str(value))
        if isinstance(value, str) and RICH_TEXT.match(text):
            for words, source in paragraphs(text):
                yield self._part(keys, words=words, source=source)
            return
        shown = _("Yes") if value is True else self.labels.get(f"{'.'.join(keys)}={text}", text)
        yield self._part(keys, words=_words(str(shown)), source=text)

    def _part(self, keys, **fields):
        return Part(".".join(keys), self._label(keys), **fields)

    def _label(self, keys):
        """The names of the places on the way, each said once."""
        names = []
        for depth in range(1, len(keys) + 1):
            name = capfirst(str(self.labels.get(".".join(keys[:depth]), "")))
            if name and name not in names[-1:]:
                names.append(name)
        return " › ".join(names) or capfirst(_("Other"))


def paragraphs(html):
    """The paragraphs of a rich text, as (words, source) pairs."""
    reader = _ParagraphReader()
    reader.feed(html)
    reader.close()
    return reader.finished()


def _words(text, kind=""):
    return tuple(Word(word, kind) for word in text.split())


class _ParagraphReader(HTMLParser):
    """Collects paragraphs, headings and list items, with their mark-up in words."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.lists = []
        self.links = []
        self.bold = 0
        self._begin()

    def _begin(self, note=""):
        self.words = [Word(note, "note")] if note else []
        self.source = []
        self.opened = bool(note)

    def _end(self):
        source = "".join(self.source)
        if source.strip() or self.opened:
            words = self.words or [Word(_("empty line"), "note")]
            self.found.append((tuple(words), source))
        self._begin()

    def finished(self):
        self._end()
        return self.found

    def handle_starttag(self, tag, attrs):
        # The editor's own keys of paragraphs say nothing to anybody.
        attrs = sorted((k, v or "") for k, v in attrs if k != "data-block-key")
        written = f"<{tag}" + "".join(f' {k}="{v}"' for k, v in attrs) + ">"
        if tag in ("ul", "ol"):
            self.lists.append(tag)
            return
        if tag in PARAGRAPHS:
            self._end()
            self._begin(self._note(tag))
            self.opened = True
        elif tag in BOLD:
            self.bold += 1
            written = "<b>"
        elif tag == "a":
            self.links.append(dict(attrs))
        self.source.append(written)
        if tag == "li":
            self.source.append(self.lists[-1] if self.lists else "")

    def handle_endtag(self, tag):
        if tag in ("ul", "ol"):
            self._end()
            if self.lists:
                self.lists.pop()
        elif tag in PARAGRAPHS:
            self._end()
        else:
            self._close(tag)

    def _close(self, tag):
        self.source.append("</b>" if tag in BOLD else f"</{tag}>")
        if tag in BOLD:
            self.bold = max(0, self.bold - 1)
            self.words.append(Word(pgettext("of words in a text", "in bold"), "note"))
        elif tag == "a" and self.links:
            self.words.append(Word(link_note(self.links.pop()), "note"))

    def handle_data(self, data):
        self.source.append(data)
        self.words += _words(data, "bold" if self.bold else "")

    def _note(self, tag):
        if tag == "li":
            numbered = self.lists[-1:] == ["ol"]
            return _("numbered list") if numbered else _("list")
        if tag == "p":
            return ""
        return _("heading") if tag in ("h1", "h2") else _("small heading")


def link_note(attrs):
    """What to say of a link: the topic's title and address, or the address."""
    number = attrs.get("id", "")
    if attrs.get("linktype") != "page" or not number.isdecimal():
        return _("link to %(target)s") % {"target": attrs.get("href") or "?"}
    page = Page.objects.live().filter(pk=number).first()
    if page is None:
        # Its title may be another group's.
        return _("link to topic no. %(number)s, which is not online") % {"number": number}
    return _("link to “%(title)s”, %(address)s") % {
        "title": page.title,
        "address": page.get_url() or page.url_path,
    }
