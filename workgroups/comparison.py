"""What changed between two signed contents, part by part, side by side."""

import difflib
import html
import re
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from media.models import Illustration


@dataclass(frozen=True)
class Part:
    """One text or one picture of a content, under the name people know."""

    label: str
    text: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Change:
    """A part before and now; either may be missing. ``before`` and ``now`` are
    safe HTML with the differing words marked, pictures are Illustrations."""

    label: str
    before: SafeString
    now: SafeString
    picture_before: object = None
    picture_now: object = None


def parts_of(content, labels, label=""):
    """The parts of a canonical ``content`` in reading order, as Parts.

    ``labels`` maps the content's keys, and the values that stand for words, to
    what people know; a dict with a ``sha256`` is a picture, a film or a sound.
    """
    if isinstance(content, dict):
        if sha := content.get("sha256"):
            yield Part(label, picture=sha)
        for key, value in content.items():
            if key not in ("sha256", "type"):
                yield from parts_of(value, labels, labels.get(key, label))
    elif isinstance(content, list):
        for item in content:
            yield from parts_of(item, labels, label)
    elif content not in (None, "", True, False):
        text = html.unescape(strip_tags(re.sub(r"</(p|li|h\d)>", " ", str(content)))).strip()
        if text:
            yield Part(label, text=str(labels.get(text, text)))


def changes(before, now, labels):
    """The Changes between two canonical contents, unchanged parts left out."""
    old, new = list(parts_of(before, labels)), list(parts_of(now, labels))
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    pairs = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        length = max(i2 - i1, j2 - j1)
        left = old[i1:i2] + [None] * (length - (i2 - i1))
        right = new[j1:j2] + [None] * (length - (j2 - j1))
        pairs += zip(left, right, strict=True)
    shas = {part.picture for pair in pairs for part in pair if part and part.picture}
    pictures = {p.file_sha256: p for p in Illustration.objects.filter(file_sha256__in=shas)}
    return [_change(left, right, pictures) for left, right in pairs]


def _change(left, right, pictures):
    before, now = _marked(left.text if left else "", right.text if right else "")
    return Change(
        label=(right or left).label or _("Other"),
        before=before,
        now=now,
        picture_before=pictures.get(left.picture) if left else None,
        picture_now=pictures.get(right.picture) if right else None,
    )


def _marked(before, now):
    """The two texts as HTML, with the words that differ in del and ins."""
    old, new = before.split(), now.split()
    left, right = [], []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        gone, come = " ".join(old[i1:i2]), " ".join(new[j1:j2])
        if tag == "equal":
            left.append(format_html("{}", gone))
            right.append(format_html("{}", come))
            continue
        if gone:
            left.append(format_html("<del>{}</del>", gone))
        if come:
            right.append(format_html("<ins>{}</ins>", come))
    return tuple(format_html_join(" ", "{}", ((p,) for p in side)) for side in (left, right))
