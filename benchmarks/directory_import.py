"""How long an import takes, and how much memory: `make bench-import` (ROWS= another number).

On a private PostgreSQL that is made for it and thrown away, with all communes: a CSV of invented
entries is looked through, imported, and imported again, which changes nothing. The targets are
120 s and 500 MB for 100,000 rows. The admin's search is told by a worker, as in production.
"""

import contextlib
import csv
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from tools import postgres

ROWS = int(os.environ.get("ROWS") or 100_000)


COLUMNS = (
    "source identifiant nom type organisme siret specialites priorites criteres "
    "organisme_public adresse code_postal code_insee latitude longitude horaires telephone "
    "courriel site_web langues tarif presentation"
)


def main():
    with postgres.private_server() as url:
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "benchmarks.settings_import"}
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))
        import django

        django.setup()
        from django.test.utils import setup_databases, teardown_databases

        databases = setup_databases(verbosity=0, interactive=False)
        try:
            measure()
        finally:
            teardown_databases(databases, verbosity=0)


def measure():
    from professionals.exchange.importing import import_file

    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
        fill(file)
        file.flush()
        size = file.tell()
        print(f"{ROWS} rows, {size / 1e6:.0f} MB")
        for name, options in (
            ("dry run", {}),
            ("import", {"write": True}),
            ("again", {"write": True}),
        ):
            start, busy = time.perf_counter(), time.process_time()
            with contextlib.closing(open(file.fileno(), "rb", closefd=False)) as again:
                counts = import_file(again, **options)
            seconds, busy = time.perf_counter() - start, time.process_time() - busy
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            said = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
            print(
                f"{name:<10}{seconds:>8.1f} s ({busy:.1f} s busy)   peak {peak:>5.0f} MB   {said}"
            )


def fill(file):
    """Write a CSV of invented entries, spread like the people of the communes."""
    from benchmarks.directory_entries import HOURS, SHARES, WORDS
    from professionals.models import Commune, Kind

    chance = random.Random(7)  # noqa: S311
    communes = list(Commune.objects.filter(population__gt=0).prefetch_related("postal_codes"))
    people = [commune.population for commune in communes]
    kinds = list(Kind.objects.values_list("slug", flat=True))
    shares = [SHARES.get(kind, 1) for kind in kinds]
    out = csv.writer(file)
    out.writerow(COLUMNS.split())
    places = zip(
        chance.choices(communes, people, k=ROWS),
        chance.choices(kinds, shares, k=ROWS),
        strict=True,
    )
    for serial, (commune, kind) in enumerate(places):
        out.writerow(
            [
                *("essai", serial, f"Maison no {serial}", kind, f"Association {serial}", ""),
                *(" ".join(chance.sample(WORDS, 3)), "accompagner|accueillir", "finance"),
                *("Caf", f"{chance.randint(1, 90)} rue des Lilas"),
                *(commune.postal_codes.all()[0].code, commune.code),
                *(commune.latitude, commune.longitude),
                *(
                    chance.choice(HOURS),
                    f"04 72 {chance.randint(1000, 9999)} {chance.randint(10, 99)}",
                ),
                *(f"contact{serial}@exemple.fr", f"https://exemple.fr/{serial}", "fr|en", "free"),
                f"Nous accueillons les familles : {' '.join(chance.sample(WORDS, 8))}.",
            ]
        )


if __name__ == "__main__":
    main()
