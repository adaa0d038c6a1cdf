"""What stands in demo/content/, read as it is."""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "content"


@cache
def read(name):
    """The file `name` (a path under demo/content/, without .toml) as a dict."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def topics():
    """{slug: topic} of all topics, in the order of their histories."""
    return {slug: read(f"topics/{slug}") for slug in read("histories")}
