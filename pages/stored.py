"""What a stored StreamField refers to, read without loading anything."""

import json

from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock

from pages.blocks import (
    PlacedIllustrationBlock,
    PublicServiceChoiceBlock,
    RecordingChooserBlock,
)
from pages.topic_links import linked_page_ids

# What is stored as the key alone of what was chosen.
CHOSEN = {RecordingChooserBlock: "recording", PublicServiceChoiceBlock: "service"}


def stored_references(block, raw):
    """Yield ("picture" | "recording" | "topic", primary key), or ("service", slug), for
    all that the JSON value `raw` of a block refers to."""
    if not raw:
        return
    if kind := next((kind for chooser, kind in CHOSEN.items() if isinstance(block, chooser)), None):
        yield kind, raw
    elif isinstance(block, PlacedIllustrationBlock):
        if pk := raw.get("image"):
            yield "picture", pk
    elif isinstance(block, RichTextBlock):
        for pk in linked_page_ids(raw):
            yield "topic", pk
    elif isinstance(block, StreamBlock):
        for item in raw:
            if child := block.child_blocks.get(item["type"]):
                yield from stored_references(child, item["value"])
    elif isinstance(block, ListBlock):
        for item in raw:
            # Items written by hand may stand there without their wrapping.
            wrapped = isinstance(item, dict) and item.get("type") == "item"
            value = item["value"] if wrapped else item
            yield from stored_references(block.child_block, value)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from stored_references(child, raw.get(name))


def stored_items(raw):
    """The items of a StreamField that was read beside its page."""
    # SQLite may give JSON as it is written.
    return json.loads(raw) if isinstance(raw, str) else raw
