"""What changed between two signed contents, part by part, side by side."""

import difflib
from collections import defaultdict, deque
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from media.models import Illustration

from .models.editorial_page import hash_of
from .parts import Part, PartsReader, Word


@dataclass(frozen=True)
class Change:
    """A part before and now; either may be missing. ``before`` and ``now`` are
    safe HTML with the differing words marked, pictures are Illustrations."""

    label: str
    before: SafeString
    now: SafeString
    picture_before: object = None
    picture_now: object = None


def changes(before, now, labels):
    """The Changes between two canonical contents, unchanged parts left out:
    none only where both have the same hash. ``labels``: see PartsReader."""
    if hash_of(before) == hash_of(now):
        return []
    reader = PartsReader(labels)
    old, new = reader.parts(before), reader.parts(now)
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    pairs = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            pairs += _paired(old[i1:i2], new[j1:j2])
    files = {part.file for pair in pairs for part in pair if part and part.file}
    pictures = {p.file_sha256: p for p in Illustration.objects.filter(file_sha256__in=files)}
    return [_change(left, right, pictures) for left, right in pairs] or [_unseen_change()]


def _paired(left, right):
    """The parts of one stretch as pairs of the same place, None where one is
    missing. That a block begins there is told where nothing else is."""
    if any(not part.begins_a_block for part in (*left, *right)):
        left = [part for part in left if not part.begins_a_block]
        right = [part for part in right if not part.begins_a_block]
    waiting = defaultdict(deque)
    for part in left:
        waiting[part.place].append(part)
    pairs = [
        (waiting[part.place].popleft() if waiting[part.place] else None, part) for part in right
    ]
    gone = [(part, None) for parts in waiting.values() for part in parts]
    return gone + pairs


def _change(left, right, pictures):
    old, new = left or Part("", ""), right or Part("", "")
    picture_before, picture_now = pictures.get(old.file), pictures.get(new.file)
    before, now = list(old.words), list(new.words)
    if old.file and not picture_before:
        before.append(Word(_("the file of that day"), "note"))
    if new.file and not picture_now:
        now.append(Word(_("a new file"), "note"))
    for part, words in ((left, before), (right, now)):
        if part and part.begins_a_block:
            words.append(Word(_("a block begins here"), "note"))
    if before == now:
        now.append(Word(_("only spaces, or signs that one does not see, differ"), "note"))
    before, now = _marked(before, now)
    return Change((right or left).label, before, now, picture_before, picture_now)


def _unseen_change():
    """For contents that differ in nothing that can be shown side by side."""
    words = [
        Word(
            _(
                "Something changed that cannot be shown here. Please read the whole "
                "topic as parents will see it."
            ),
            "note",
        )
    ]
    return Change(_("Other"), *_marked([], words))


def _marked(before, now):
    """Two lists of Words as HTML, with those that differ in del and ins."""
    left, right = [], []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(
        a=before, b=now, autojunk=False
    ).get_opcodes():
        gone, come = _html(before[i1:i2]), _html(now[j1:j2])
        if tag == "equal":
            left.append(gone)
            right.append(come)
            continue
        if gone:
            left.append(format_html("<del>{}</del>", gone))
        if come:
            right.append(format_html("<ins>{}</ins>", come))
    return _joined(left), _joined(right)


def _joined(pieces):
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))


MARKS = {
    "": "{}",
    "bold": "<b>{}</b>",
    "note": '<span class="sign-off__note">[{}]</span>',
}


def _html(words):
    """Words as HTML, those of one kind together."""
    runs = (
        (kind, " ".join(word.text for word in run))
        for kind, run in groupby(words, key=lambda word: word.kind)
    )
    return _joined(format_html(MARKS[kind], text) for kind, text in runs)
