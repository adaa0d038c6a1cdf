"""How long search takes with very many topics: `make bench-search`.

On SQLite, then on a private PostgreSQL, both made for it and thrown away: TOPICS topics of
about WORDS words each, generated from the words of the demo's topics as often as they come
there. The targets are those of the ten best: 5 ms of database time on SQLite, 20 ms on
PostgreSQL. Measured is what Django's cursors spend on execution and fetching, then the whole of
understanding and ranking, and the page. Each as median / best, since machines are busy.
"""

import contextlib
import logging
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools import postgres

TOPICS, WORDS = 2000, 700
ROUNDS = 25
QUESTIONS = [
    "sommeil",
    "bébé",
    "dort pas la nuit",
    "alaitement",
    "fièvre 38 bébé 2 mois",
    "mon enfant ne veut rien manger à table",
    "il se réveille toutes les 2 heures et il pleure",
    "zzyzx",
]
TARGETS = {"sqlite": 5, "postgresql": 20}  # milliseconds of database time


def main():
    if "DATABASE_URL" in os.environ:
        run()
        return
    command = [sys.executable, "-m", "benchmarks.search"]
    with tempfile.TemporaryDirectory() as folder:
        for url in (f"sqlite:///{folder}/bench.sqlite3", None):
            if url:
                subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=True)
                continue
            with postgres.private_server() as url_of_server:
                environment = os.environ | {"DATABASE_URL": url_of_server}
                subprocess.run(command, env=environment, check=True)


def run():
    """Fill a database of its own and print the times."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))
    import django

    django.setup()
    logging.disable(logging.INFO)  # the audit lines
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    if connection.vendor == "sqlite":  # from a file, as it is served
        connection.settings_dict["TEST"]["NAME"] = connection.settings_dict["NAME"] + "-test"
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        seconds = fill()
        print(f"\n{connection.vendor}: {TOPICS} topics of {WORDS} words", end=", ")
        print(f"indexed in {seconds:.0f} s")
        measure()
    finally:
        teardown_databases(databases, verbosity=0)


def fill():
    """Make the topics as rows and index them; the seconds that indexing took."""
    from django.db import connection

    from pages.models import Stage
    from pages.search import documents, index
    from tests.factories.pages import home_page, theme_page
    from tests.factories.search import listed_topics, texts, topic_row
    from workgroups.triggers import drop_triggers

    # The database lets no topic go live that nobody has signed: these are for no one to read.
    drop_triggers()
    home = home_page()
    themes = [theme_page(home, title=f"Thème {n}", slug=f"theme-{n}") for n in range(5)]
    stages = [
        Stage.objects.create(slug=f"s{n}", label=f"Âge {n}", name=f"Âge {n}", from_day=n, to_day=n)
        for n in range(7)
    ]
    vocabulary = " ".join(texts([topic["body"] for topic in listed_topics()])).split()
    titles = [topic["title"] for topic in listed_topics()]
    chance = random.Random(1000)  # noqa: S311 - the same topics each time
    seconds = 0
    for start in range(0, TOPICS, index.BATCH):
        batch = []
        for number in range(start, start + index.BATCH):
            theme = chance.choice(themes)
            title = f"{chance.choice(titles)} {number}"
            page = topic_row(theme, number + 1, title, f"sujet-{number}", live=True)
            page.stages = chance.sample(stages, 3)
            sentences = [" ".join(chance.choices(vocabulary, k=12)) for _ in range(WORDS // 12)]
            passages = [documents.Passage(documents.TITLE, title)]
            passages += [documents.Passage(documents.BODY, text) for text in sentences]
            ids = [stage.pk for stage in page.stages.all()]
            batch.append(documents.Document(page.pk, theme.pk, "fr", passages, ids))
        begun = time.perf_counter()
        index.add(batch)
        seconds += time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # as both databases are looked after in time
        cursor.execute("ANALYZE")
    return seconds


@contextlib.contextmanager
def database_time(connection):
    """Give a list to which every execution and every fetch adds its seconds: SQLite does most
    of its work while rows are fetched."""
    from django.db.models.sql import compiler

    spent = []

    def timed(execute, *call):
        begun = time.perf_counter()
        try:
            return execute(*call)
        finally:
            spent.append(time.perf_counter() - begun)

    def timed_rows(*call):
        rows = original(*call)
        while True:
            begun = time.perf_counter()
            some = next(rows, None)
            spent.append(time.perf_counter() - begun)
            if some is None:
                return
            yield some

    original, compiler.cursor_iter = compiler.cursor_iter, timed_rows
    try:
        with connection.execute_wrapper(timed):
            yield spent
    finally:
        compiler.cursor_iter = original


def measure():
    """Print the times of each question, the median and the best of ROUNDS, and whether a page
    writes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from pages.search.questions import understood
    from pages.search.ranking import find

    client, worst = Client(), 0
    print(f"{'question':<50}{'topics':>7}{'database ms':>14}{'ranked ms':>14}{'page ms':>14}")
    for question in QUESTIONS:
        database, ranked, whole = [], [], []
        for _round in range(ROUNDS + 2):
            with database_time(connection) as spent:
                begun = time.perf_counter()
                found = find(understood(question, "fr"))
                ranked.append(time.perf_counter() - begun)
                database.append(sum(spent))
            begun = time.perf_counter()
            client.get(reverse("search"), {"q": question})
            whole.append(time.perf_counter() - begun)
        times = [values[2:] for values in (database, ranked, whole)]
        shown = [f"{statistics.median(v) * 1000:.1f} / {min(v) * 1000:.1f}" for v in times]
        print("{:<50}{:>7}{:>14}{:>14}{:>14}".format(question, len(found.topic_ids), *shown))
        worst = max(worst, statistics.median(times[0]) * 1000)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("search"), {"q": QUESTIONS[-2]})
    writes = [q["sql"] for q in queries if not q["sql"].startswith("SELECT")]
    print(
        f"worst median: {worst:.1f} ms of database time, target "
        f"{TARGETS[connection.vendor]} ms; {len(queries)} queries a page, {len(writes)} write"
    )


if __name__ == "__main__":
    main()
