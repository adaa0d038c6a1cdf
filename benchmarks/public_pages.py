"""How long the server works on each public page: `make bench`, after `make demo` has run once.

Each page is asked for ROUNDS times. What counts is the ratio to the health check, which does
nothing but one query.
"""

import os
import sys
from pathlib import Path

from benchmarks.measuring import HEALTH, measure, report

ROUNDS = 40


def addresses():
    """(name, path) of what is measured: the health check, home, a theme, the longest topic."""
    from pages.models import ThemePage, TopicPage

    topics = sorted(TopicPage.objects.live(), key=lambda topic: len(topic.body))
    return [
        ("health check", HEALTH),
        ("home", "/fr/"),
        ("theme", ThemePage.objects.live().first().url),
        ("longest topic", topics[-1].url),
    ]


def main():
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))
    os.environ["DEMO"] = "1"
    from config.startup import choose_settings

    choose_settings()
    import django

    django.setup()
    from django.test import Client

    pages = addresses()
    client = Client(headers={"host": "localhost"})
    report(pages, measure(client, [path for _name, path in pages], ROUNDS))


if __name__ == "__main__":
    main()
