"""The list of communes, from its file into the database."""

import csv
import gzip
import hashlib
import io
from pathlib import Path

from django.conf import settings
from django.db import transaction

from .bulk import insert
from .words import commune_words


def load(using="default", path=None):
    """Bring the tables of communes to what the file says (settings.COMMUNES_FILE, CSV or
    CSV.gz), unless they do: whether the file was loaded. One that it no longer has stays, and
    is no longer proposed."""
    from .models import Commune, CommuneWords, LoadedFile, PostalCode

    path = Path(path or settings.COMMUNES_FILE)
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    if LoadedFile.objects.using(using).filter(name="communes", sha256=sha256).exists():
        return False
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    with transaction.atomic(using=using):
        Commune.objects.using(using).update(shows=False)
        columns = ["code", "name", "folded", "departement", "population", "codes"]
        columns += ["latitude", "longitude", "shows"]
        insert(using, Commune, columns, [_commune(row) for row in rows], key="code")
        for model in (PostalCode, CommuneWords):
            model.objects.using(using).all().delete()
        codes = [(row["code_insee"], code) for row in rows for code in _codes(row)]
        insert(using, PostalCode, ["commune_id", "code"], codes)
        words = [
            (row["code_insee"], words, int(row["population"]))
            for row in rows
            for words in _beginnings(row["nom"])
        ]
        insert(using, CommuneWords, ["commune_id", "words", "population"], words)
        LoadedFile.objects.using(using).update_or_create(
            name="communes", defaults={"sha256": sha256}
        )
    return True


def _codes(row):
    return list(dict.fromkeys(row["codes_postaux"].split()))


def _commune(row):
    name = row["nom"]
    return (
        *(row["code_insee"], name, " ".join(commune_words(name)), row["departement"]),
        *(int(row["population"]), len(_codes(row))),
        *(float(row["latitude"]), float(row["longitude"]), True),
    )


def _beginnings(name):
    """The name from each of its words on: "saint etienne", "etienne"."""
    words = commune_words(name)
    return dict.fromkeys(" ".join(words[number:]) for number in range(len(words)))
