"""What of a topic is searched, and what of it may be shown as a result."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from bs4 import BeautifulSoup
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)

from pages.blocks import PlacedIllustrationBlock, RecordingChooserBlock
from pages.names import said

from .text import composed

TITLE, KEY_MESSAGE, IN_BRIEF, BODY, AROUND = "title", "key", "brief", "body", "around"

# Found, but never shown out of their place: a common belief reads as a fact, what does not
# help as advice, what a parent tells as what is so, and the cell of a table as no sentence,
# once what stands around them is gone.
NEVER_ALONE = {
    ("true_false", "statement"),
    ("do_dont", "dont"),
    ("quotation", "words"),
    ("table", "columns"),
    ("table", "rows"),
}

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True)
class Passage:
    """A sentence or a heading: its `place` in the topic, its `text`, and whether a list of
    results may show it by itself."""

    place: str
    text: str
    is_shown: bool = True


@dataclass
class Document:
    """A topic as the index takes it; `stage_ids` in the order of the stages."""

    topic_id: int
    theme_id: int
    language: str
    passages: list = field(default_factory=list)
    stage_ids: list = field(default_factory=list)


def document_of(page, theme, stages, language):
    """The Document of a TopicPage as it stands before parents, under `theme` (a ThemePage)
    and about these `stages` (Stages); `language` is a code."""
    shown = partial(Passage, BODY)
    hidden = partial(Passage, BODY, is_shown=False)
    passages = [Passage(TITLE, page.title), Passage(KEY_MESSAGE, page.key_message)]
    passages += [Passage(IN_BRIEF, block.value) for block in page.in_brief]
    passages += [
        shown(text) if may_show else hidden(text)
        for stream in (page.body, page.help_block)
        for text, may_show in texts_of(stream.stream_block, stream)
    ]
    passages += [hidden(text) for text in (page.seo_title, page.search_description)]
    passages += [hidden(block.value["title"]) for block in page.sources]
    names = (said(stage, name, language)[0] for stage in stages for name in ("label", "name"))
    passages += [Passage(AROUND, name, is_shown=False) for name in (theme.title, *names)]
    return Document(
        topic_id=page.pk,
        theme_id=theme.pk,
        language=language,
        passages=[replace(p, text=composed(p.text)) for p in passages if p.text.strip()],
        stage_ids=[stage.pk for stage in stages],
    )


def texts_of(block, value, may_show=True):
    """Yield (text, whether it may be shown by itself) for all that people read under
    `value`, whatever its block: a new kind of block is searched without a line here."""
    if not value:
        return
    if isinstance(block, PlacedIllustrationBlock):
        for text in (value.contextual_alt_text, value.long_description):
            yield text or "", False
    elif isinstance(block, RecordingChooserBlock):
        for text in _sentences(value.transcript or ""):
            yield text, False
    elif isinstance(block, RichTextBlock):
        yield from ((text, may_show) for text in _sentences_of_html(value.source))
    elif isinstance(block, (CharBlock, TextBlock)):
        yield from ((text, may_show) for text in _sentences(str(value)))
    elif isinstance(block, StreamBlock):
        for child in value:
            yield from texts_of(child.block, child.value, may_show)
    elif isinstance(block, ListBlock):
        for child in value:
            yield from texts_of(block.child_block, child, may_show)
    elif isinstance(block, StructBlock) and isinstance(value, Mapping):
        for name, child in block.child_blocks.items():
            alone = may_show and (block.name, name) not in NEVER_ALONE
            yield from texts_of(child, value.get(name), alone)


def _sentences(text):
    return [part.strip() for part in SENTENCE_END.split(text) if part.strip()]


def _sentences_of_html(html):
    # Headings, paragraphs and items of lists: no block of rich text stands inside another.
    for element in BeautifulSoup(html, "html.parser").find_all(["h2", "h3", "p", "li"]):
        yield from _sentences(element.get_text())
