"""What somebody typed beside what is stored by now: nobody's words go over another's, and
none is lost without a word."""

import hashlib
from dataclasses import dataclass

from .translated_markup import clean_markup


def _plain(text):
    """As it is stored: browsers send the ends of lines as two signs."""
    return text.replace("\r\n", "\n").strip()


def mark(text):
    """A short hash of a text as it was shown, to tell later whether it is the same."""
    return hashlib.sha256(_plain(text).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Typed:
    """What a form brought: ``to_keep`` and ``refused`` (somebody else has written something
    else there since), both {key of a Piece: text}, and ``gone``, the texts typed for what
    the source says no more."""

    to_keep: dict
    refused: dict
    gone: list

    @property
    def is_lost(self):
        """Whether a text was not kept."""
        return bool(self.refused or self.gone)


def sort_out(pieces, texts, marks):
    """What of ``texts``, {key: text}, is new. ``marks``, {key: mark}, are those of what was
    shown; where one lacks, what is stored was. Returns a Typed."""
    to_keep, refused = {}, {}
    for piece in pieces:
        if piece.key not in texts:
            continue
        text, stored = _plain(texts[piece.key]), mark(piece.text)
        shown = marks.get(piece.key, stored)
        if mark(clean_markup(text) if piece.is_rich else text) == stored:
            if text and not piece.is_confirmed:
                to_keep[piece.key] = text
        elif mark(text) != shown:
            (to_keep if shown == stored else refused)[piece.key] = text
    there = {piece.key for piece in pieces}
    gone = {key: _plain(text) for key, text in texts.items() if key not in there}
    gone = [text for key, text in gone.items() if text and mark(text) != marks.get(key)]
    return Typed(to_keep, refused, gone)
