"""How long the server works on the board with many topics: `make bench-board`.

On a private PostgreSQL that is made for it and thrown away: 500 topics of 5 groups under
5 themes, four in ten of them drafts that lack something, the others at illustration, at
sign-off or published. The target is 300 ms and 20 queries for the coordinator's board.
"""

import os
import sys
from pathlib import Path

from benchmarks.measuring import HEALTH, measure, report
from tools import postgres

TOPICS = 500
ROUNDS = 20


def main():
    with postgres.private_server() as url:
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))
        import django

        django.setup()
        from django.test.utils import setup_databases, teardown_databases

        databases = setup_databases(verbosity=0, interactive=False)
        try:
            measure_boards()
        finally:
            teardown_databases(databases, verbosity=0)


def measure_boards():
    """Fill the database and print the times, for a coordinator and for an author."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    coordinator, author = fill()
    board, topics = reverse("editorial_board"), reverse("editorial_list")
    for who, user in (("coordinator", coordinator), ("author", author)):
        client = Client()
        client.force_login(user)
        rows = [
            ("health check", HEALTH),
            ("board", board),
            ("list", topics),
            ("file", f"{topics}?export=csv"),
        ]
        print(f"\n{who}, {TOPICS} topics in all")
        report(rows, measure(client, [path for _name, path in rows], ROUNDS))
        with CaptureQueriesContext(connection) as queries:
            client.get(board)
        print(f"queries of the board: {len(queries)}")


def fill():
    """Make the topics; gives a coordinator and an author of one group."""
    import tempfile

    from django.test import override_settings

    from tests.factories.pages import help_number, home_page, theme_page, topic_page
    from tests.factories.workgroups import (
        WorkgroupFactory,
        hand_over,
        illustration,
        member,
        person,
        publish,
        signatory,
    )

    with tempfile.TemporaryDirectory() as uploads, override_settings(MEDIA_ROOT=uploads):
        home, reader, picture = home_page(), signatory(), illustration()
        help_number()
        shelves = []
        for number in range(5):
            group = WorkgroupFactory()
            author = member(group)
            member(group, "illustrator")
            theme = theme_page(home, group, title=f"Thème {number}", slug=f"theme-{number}")
            shelves.append((theme, group, author))
        for number in range(TOPICS):
            theme, group, author = shelves[number % len(shelves)]
            lacking = {"key_message": "", "sources": "[]"} if number % 5 < 2 else {}
            page = topic_page(
                theme, group, author, title=f"Sujet {number}", picture=picture, **lacking
            )
            if number % 5 == 2:
                hand_over(page, author)
            elif number % 5 == 3:
                hand_over(page, author)
                hand_over(page, author)
            elif number % 5 == 4:
                publish(page, author, reader)
        return person("coordinator"), author


if __name__ == "__main__":
    main()
