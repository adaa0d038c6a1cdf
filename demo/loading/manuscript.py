"""A topic at one moment of its making, with values as the editor would store them."""

import json
import re
import uuid

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from pages.blocks.body import TEXT_FEATURES
from pages.models import Stage

LINK = re.compile(r'<a href="topic:([a-z0-9-]+)">(.*?)</a>', re.DOTALL)
# The same each time: a topic keeps its address in partners' pages, and comparisons of two
# versions know a block again.
NAMESPACE = uuid.UUID("4f1c2f0e-6a0b-5d6e-9c0f-2b1d2a1f6c55")


def key_of(slug):
    """The translation key of the demo's topic `slug`, the same in every demo."""
    return uuid.uuid5(NAMESPACE, slug)


class Manuscript:
    """One topic of demo/content/topics/, from the first notes to its pictures.

    `library`: the pictures of its group; `links`: {slug: page id} of the topics that its
    text may lead to. Each version is a dict {name of a TopicPage's field: value}.
    """

    def __init__(self, topic, library, links=None):
        self.topic = topic
        self.library = library
        self.links = links or {}
        self._html = {}

    def notes(self):
        """What the first author writes down: the question, the message, some lines."""
        written = [i for i, block in enumerate(self.topic["body"]) if block["type"] == "text"]
        return {
            "title": self.topic["title"],
            "key_message": self.topic["key_message"],
            "stages": list(Stage.objects.filter(slug__in=self.topic["stages"])),
            "in_brief": self._points(self.topic["in_brief"][:1]),
            "body": self._body(written[:1]),
        }

    def text(self, read_by, without=()):
        """The whole text, its pictures not yet chosen, without the blocks at `without`.

        `read_by` is the day of writing: no source was read later.
        """
        return {
            **self.notes(),
            "in_brief": self._points(self.topic["in_brief"]),
            "body": self._body(self._but(without)),
            "sources": self._sources(read_by),
        }

    def finishing(self):
        """What comes last: when to ask for help, and what search engines show."""
        return {
            "seo_title": self.topic["seo_title"],
            "search_description": self.topic["search_description"],
            "help_block": self._help(),
        }

    def lead_picture(self):
        """The picture at the top alone, which nobody has described yet."""
        return {"lead_illustration": self.library.picture(self.topic["lead"])}

    def pictures(self, without=()):
        """The pictures in their places, each with its alternative text."""
        lead = self.topic["lead"]
        return {
            "lead_illustration": self.library.picture(lead),
            "lead_alt_text": self.library.alt(lead),
            "body": self._body(self._but(without), with_pictures=True),
        }

    def _but(self, without):
        return [i for i in range(len(self.topic["body"])) if i not in without]

    def _id(self, *place):
        return str(uuid.uuid5(key_of(self.topic["slug"]), "/".join(map(str, place))))

    def _items(self, place, values):
        return [
            {"type": "item", "id": self._id(*place, i), "value": value}
            for i, value in enumerate(values)
        ]

    def _stream(self, name, kind, values):
        return json.dumps(
            [
                {"type": kind, "id": self._id(name, i), "value": value}
                for i, value in enumerate(values)
            ]
        )

    def _points(self, points):
        return self._stream("in_brief", "point", points)

    def _sources(self, read_by):
        return self._stream(
            "sources",
            "source",
            [
                {**source, "read_on": min(source["read_on"], read_by).isoformat()}
                for source in self.topic["sources"]
            ],
        )

    def _help(self):
        if not self.topic["help_text"]:
            return "[]"
        numbers = self.topic["help_numbers"]
        return self._stream("help", "help", [{"text": self.topic["help_text"], "numbers": numbers}])

    def _body(self, indexes, with_pictures=False):
        blocks = []
        for i in indexes:
            block = dict(self.topic["body"][i])
            kind = block.pop("type")
            value = getattr(self, f"_{kind}")(i, block, with_pictures)
            blocks.append({"type": kind, "id": self._id("body", i), "value": value})
        return json.dumps(blocks)

    # One method per kind of block: the TOML table `block` at place `i` as stored

    def _text(self, i, block, with_pictures):
        if i not in self._html:
            self._html[i] = self._rich_text(block["html"])
        return self._html[i]

    def _rich_text(self, html):
        def link(match):
            page_id = self.links.get(match[1])
            return f'<a linktype="page" id="{page_id}">{match[2]}</a>' if page_id else match[2]

        # Through the editor's own converter: a draft that is opened and saved is unchanged.
        converter = ContentstateConverter(features=TEXT_FEATURES)
        state = converter.from_database_format(LINK.sub(link, html.strip()))
        return converter.to_database_format(state)

    def _steps(self, i, block, with_pictures):
        steps = [
            {
                "picture": self._placed(step["picture"], with_pictures),
                "title": step["title"],
                "text": step["text"],
            }
            for step in block["steps"]
        ]
        return {"heading": block["heading"], "steps": self._items(("body", i, "steps"), steps)}

    def _picture(self, i, block, with_pictures):
        return {
            "picture": self._placed(block["picture"], with_pictures),
            "caption": block["caption"],
        }

    _infographic = _picture

    def _cards(self, i, block, with_pictures):
        cards = [
            {**card, "picture": self._placed(card["picture"], with_pictures)}
            for card in block["cards"]
        ]
        return {"heading": block["heading"], "cards": self._items(("body", i, "cards"), cards)}

    def _table(self, i, block, with_pictures):
        rows = [
            {
                "heading": row["heading"],
                "cells": self._items(("body", i, "rows", number), row["cells"]),
            }
            for number, row in enumerate(block["rows"])
        ]
        return {
            "caption": block["caption"],
            "columns": self._items(("body", i, "columns"), block["columns"]),
            "rows": self._items(("body", i, "rows"), rows),
        }

    def _placed(self, key, with_pictures):
        if not with_pictures:
            return {"image": None, "decorative": False, "alt_text": ""}
        return {
            "image": self.library.picture(key).pk,
            "decorative": False,
            "alt_text": self.library.alt(key),
        }

    def _do_dont(self, i, block, with_pictures):
        return {name: self._items(("body", i, name), block[name]) for name in ("do", "dont")}

    def _true_false(self, i, block, with_pictures):
        return {**block, "answer": "true" if block["answer"] else "false"}

    def _call_out(self, i, block, with_pictures):
        return block

    _quotation = _public_service = _near_you = _call_out

    def _recording(self, i, block, with_pictures):
        recording = self.library.recording(block["recording"])
        return {"heading": block["heading"], "recording": recording.pk}
