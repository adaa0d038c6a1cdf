"""How long the server works on each public page: `make bench`, after `make demo` has run once.

Each page is asked for ROUNDS times through Django's own client, in turn with the others, so
that a busy machine slows all of them alike. What counts is the ratio to the health check,
which does nothing but one query.
"""

import os
import statistics
import sys
import time
from pathlib import Path

ROUNDS = 40


def addresses():
    """(name, path) of what is measured: the health check, home, a theme, the longest topic."""
    from pages.models import ThemePage, TopicPage

    topics = sorted(TopicPage.objects.live(), key=lambda topic: len(topic.body))
    return [
        ("health check", "/sante/ready"),
        ("home", "/fr/"),
        ("theme", ThemePage.objects.live().first().url),
        ("longest topic", topics[-1].url),
    ]


def measure(client, paths):
    """The median milliseconds of each of ``paths``, first requests left out."""
    seconds = {path: [] for path in paths}
    for path in paths:
        if client.get(path).status_code != 200:
            raise SystemExit(f"{path} does not answer; has the demo been made?")
    for _round in range(ROUNDS):
        for path in paths:
            start = time.perf_counter()
            client.get(path)
            seconds[path].append(time.perf_counter() - start)
    return {path: statistics.median(values) * 1000 for path, values in seconds.items()}


def main():
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))
    os.environ["DEMO"] = "1"
    from config.startup import choose_settings

    choose_settings()
    import django

    django.setup()
    from django.test import Client

    pages = addresses()
    times = measure(Client(headers={"host": "localhost"}), [path for _name, path in pages])
    base = times[pages[0][1]]
    print(f"{'page':<16}{'median ms':>10}{'× health check':>16}")
    for name, path in pages:
        print(f"{name:<16}{times[path]:>10.1f}{times[path] / base:>16.1f}")


if __name__ == "__main__":
    main()
