"""Fills the databases and prints the table: see benchmarks.directory."""

import gzip
import json
import logging
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.directory import kept
from benchmarks.directory.requests import kinds

ENTRIES = int(os.environ.get("ENTRIES", "300000"))
ON = os.environ.get("ON", "sqlite postgresql").split()
FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
MOST_BYTES = 4096


def main():
    if "DATABASE_URL" in os.environ:
        run(*sys.argv[1:])
        return
    if not shutil.which("npm"):
        sys.exit("Node and npm are missing; as root: apt-get install nodejs npm")
    if not (FOLDER / "node_modules" / "supercluster").is_dir():
        command = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"]
        subprocess.run([*command, "--ignore-scripts"], cwd=FOLDER, check=True)
    command = [sys.executable, "-m", "benchmarks.directory"]
    for vendor in ON:
        with kept.database(vendor, ENTRIES) as url:
            subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=True)


def run(what="", source=""):
    """Fill the database of DATABASE_URL with new entries, or copy those of the SQLite file
    *source* ("copy"); or print its table (without a word)."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    sys.path.insert(0, str(ROOT / "site"))
    import django

    django.setup()
    logging.disable(logging.INFO)  # the audit lines
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.COMMUNES_FILE = ROOT / "professionals" / "data" / "communes.csv.gz"
    if not what:
        print_table(connection.vendor)
        return
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    from benchmarks.directory_entries import fill

    begun = time.perf_counter()
    fill(ENTRIES) if what == "fill" else kept.copy(source, connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    print(f"\n{connection.vendor}: {ENTRIES} entries stored and counted in ", end="")
    print(f"{time.perf_counter() - begun:.0f} s", flush=True)


def print_table(vendor):
    """One line for each kind of request, with what it should be and what supercluster takes."""
    from django.test import Client

    from professionals.models import Commune, PublicPoint

    rows = Commune.objects.filter(population__gt=0).order_by("pk")
    fields = ("latitude", "longitude", "population", "name", "postal_codes__code")
    asked = kinds(list(rows.values_list(*fields)))
    beside, loaded = supercluster(asked)
    client = Client()
    print(f"\n{vendor}: {PublicPoint.objects.count()} entries\n")
    print(f"| {'request':<52} | median ms | best | own CPU | target |   KB | supercluster ms |")
    print(f"| {'-' * 52} | --------: | ---: | ------: | -----: | ---: | --------------: |")
    missed = []
    for kind in asked:
        times, own, size = measure(client, kind.asks)
        target, median = kind.target.get(vendor), statistics.median(times)
        if (target and median > target) or size > MOST_BYTES:
            missed.append(kind.name)
        other = beside.get(kind.name)
        print(
            f"| {kind.name:<52} | {median:>9.1f} | {min(times):>4.0f} | {own:>7.1f} "
            f"| {target or '':>6} | {size / 1024:>4.1f} | {f'{other:.2f}' if other else '':>15} |",
            flush=True,
        )
    print(f"\nsupercluster read all points in {loaded:.1f} s.")
    print(f"Missed: {', '.join(missed) or 'nothing'}.")


def measure(client, asks):
    """(milliseconds of each of the *asks*, the second time; the median of those that this process
    had the processor; bytes of the largest answer once compressed)."""
    times, own, size = [], [], 0
    for number, (address, parameters) in enumerate(asks):
        for _time in range(2):
            begun, had = time.perf_counter(), time.process_time()
            # From many places: of one, suggestions have a limit.
            answer = client.get(address, parameters, REMOTE_ADDR=f"127.0.1.{number}")
            spent = (time.perf_counter() - begun) * 1000
            had = (time.process_time() - had) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{address} {parameters}: {answer.status_code}")
        times.append(spent)
        own.append(had)
        size = max(size, len(gzip.compress(answer.content, 6)))  # as Django does
    return times, statistics.median(own), size


def supercluster(asked):
    """({name of a kind of request: its median milliseconds}, seconds to load all points)."""
    from professionals.models import PublicPoint

    plain = [kind for kind in asked if kind.name.startswith("map") and kind.name.count(",") == 2]
    asks = [parameters for kind in plain for _address, parameters in kind.asks]
    boxes = [
        {"box": [float(number) for number in ask["bbox"].split(",")], "zoom": ask["zoom"]}
        for ask in asks
    ]
    points = list(map(list, PublicPoint.objects.values_list("longitude", "latitude")))
    done = subprocess.run(
        ["node", "supercluster.js"],
        cwd=FOLDER,
        input=json.dumps({"points": points, "boxes": boxes}),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    times, many = found["times"], len(plain[0].asks)
    return {
        kind.name: statistics.median(times[number * many : (number + 1) * many])
        for number, kind in enumerate(plain)
    }, found["loaded"]


if __name__ == "__main__":
    main()
