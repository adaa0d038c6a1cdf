"""Where pictures stand in a topic: at its top, in its steps and cards, in its picture
blocks.

A block keeps its id from one version to the next, and so does a step: they name the place
wherever it is moved to.
"""

import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Place:
    """``holder`` is what holds the picture under the name ``picture``: a block's value; the
    page itself for the one at the top, which is None here."""

    key: str
    label: str
    holder: Any = None


def places_of(page):
    """Each Place of the TopicPage ``page``, in the order of reading."""
    yield Place("lead", _("Picture at the top"))
    pictures = 0
    for block in page.body:
        if block.block_type in ("picture", "infographic"):
            pictures += 1
            label = _("Picture %(number)d in the text") % {"number": pictures}
            key = f"{block.block_type}:{block.id}"
            yield Place(key, _named(label, block.value["caption"]), block.value)
        elif block.block_type == "steps":
            yield from _places_of_items(block, "step", _("Step %(number)d"))
        elif block.block_type == "cards":
            yield from _places_of_items(block, "card", _("Card %(number)d"))


def _places_of_items(block, kind, name):
    """The Places of the steps or cards of one block; `name` says which of them it is."""
    for number, item in enumerate(block.value[f"{kind}s"].bound_blocks, start=1):
        label = name % {"number": number}
        if heading := block.value["heading"]:
            label = f"{label} ({heading})"
        label = _named(label, item.value["title"])
        yield Place(f"{kind}:{block.id}:{item.id}", label, item.value)


def _named(label, text):
    return _("%(place)s: %(text)s") % {"place": label, "text": text} if text else label


def place_picture(page, key, illustration, alt_text, decorative):
    """Put ``illustration`` in the place called ``key``. Raises LookupError where there is
    none."""
    place = next((place for place in places_of(page) if place.key == key), None)
    if place is None:
        raise LookupError(key)
    alt_text = "" if decorative else alt_text
    if place.holder is None:
        page.lead_illustration = illustration
        page.lead_alt_text, page.lead_is_decorative = alt_text, decorative
        return
    # A copy: the alternative text is set on the picture in its place.
    picture = copy.copy(illustration)
    picture.contextual_alt_text, picture.decorative = alt_text, decorative
    place.holder["picture"] = picture
