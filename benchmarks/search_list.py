"""What parents ask, and which topics come: `make search-list`.

Prints, as Markdown, the sixty questions of tests/pages/search/questions.toml with the place of
the topic that must be among the first three, and the pairs of words that do not find each
other. On a database in memory; docs/search-list.md keeps the table.
"""

import logging
import os
import sys
from pathlib import Path


def main():
    os.environ |= {
        "DATABASE_URL": "sqlite:///:memory:",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))
    import django

    django.setup()
    logging.disable(logging.INFO)  # the audit lines
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        print_list()
    finally:
        teardown_databases(databases, verbosity=0)


def print_list():
    """Index the topics of the list and print where each one comes."""
    from tests.factories.pages import home_page
    from tests.factories.search import MUST_BE_AMONG, index_listed_topics, pairs_apart, ranks, read

    slugs = index_listed_topics(home_page())
    rows = list(ranks(slugs))
    good = sum(place is not None and place <= MUST_BE_AMONG for _asked, _wanted, place, _ in rows)
    pairs, apart = read("questions")["pairs"], pairs_apart()
    print(f"# What parents ask\n\n`make search-list` prints this, with {len(slugs)} topics.\n")
    print(f"{good} of {len(rows)} questions have their topic among the first {MUST_BE_AMONG};")
    print(f"{len(pairs) - len(apart)} of {len(pairs)} pairs of words find each other.\n")
    print("| question | topic | place |\n| --- | --- | --- |")
    for asked, wanted, place, _best in rows:
        print(f"| {asked} | {wanted} | {place or 'not found'} |")
    print("\nPairs: " + ", ".join(f"{one} · {other}" for one, other in pairs) + ".")
    if apart:
        print("\nApart: " + ", ".join(f"{one} · {other}" for one, other in apart) + ".")


if __name__ == "__main__":
    main()
