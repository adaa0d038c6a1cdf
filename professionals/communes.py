"""The list of communes, from its file into the database."""

import csv
import gzip
import hashlib
import io
from pathlib import Path

from django.conf import settings
from django.db import transaction

from .words import commune_words, folded

AT_ONCE = 400  # rows: SQLite bears some thousand parameters


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
        Commune.objects.using(using).bulk_create(
            [_commune(row) for row in rows],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[f.name for f in Commune._meta.fields if not f.primary_key],
            batch_size=AT_ONCE,
        )
        for model in (PostalCode, CommuneWords):
            model.objects.using(using).all().delete()
        PostalCode.objects.using(using).bulk_create(
            [
                PostalCode(commune_id=row["code_insee"], code=code)
                for row in rows
                for code in dict.fromkeys(row["codes_postaux"].split())
            ],
            batch_size=AT_ONCE,
        )
        CommuneWords.objects.using(using).bulk_create(
            [
                CommuneWords(commune_id=row["code_insee"], words=words)
                for row in rows
                for words in _beginnings(row["nom"])
            ],
            batch_size=AT_ONCE,
        )
        LoadedFile.objects.using(using).update_or_create(
            name="communes", defaults={"sha256": sha256}
        )
    return True


def _commune(row):
    from .models import Commune

    return Commune(
        code=row["code_insee"],
        name=row["nom"],
        folded=" ".join(commune_words(row["nom"])) or folded(row["nom"]),
        departement=row["departement"],
        population=int(row["population"] or 0),
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        shows=True,
    )


def _beginnings(name):
    """The name from each of its words on: "saint etienne", "etienne"."""
    words = commune_words(name)
    return dict.fromkeys(" ".join(words[number:]) for number in range(len(words)))
