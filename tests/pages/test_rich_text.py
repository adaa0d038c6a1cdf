"""Two people open two topics at the same moment: each reads her own text."""

import json
from concurrent.futures import ThreadPoolExecutor

from pages.blocks import BodyBlock


def opened(number):
    """What the editor shows of a text that says ``number`` in every paragraph."""
    block = BodyBlock().child_blocks["text"]
    html = f"<p>Texte <b>{number}</b>.</p>" * 40
    shown = json.loads(block.get_form_state(block.to_python(html)))
    return number, {part["text"] for part in shown["blocks"]}


def test_texts_are_not_mixed_between_threads():
    BodyBlock().child_blocks["text"].field  # noqa: B018 made once, used by all threads
    with ThreadPoolExecutor(8) as threads:
        for number, texts in threads.map(opened, range(200)):
            assert texts == {f"Texte {number}."}
