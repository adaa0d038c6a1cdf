"""The official lists, from professionals/data/directory.json into the database, and what a
kind suggests."""

import json
from functools import cache
from pathlib import Path

from django.db import transaction

DATA = Path(__file__).parent / "data"
# Kinds (slugs) of which most work in their own name: childminders, midwives.
USUALLY_PERSONS = frozenset({"mode-accueil", "sante"})


@cache
def official():
    """professionals/data/directory.json, read once."""
    return json.loads((DATA / "directory.json").read_text(encoding="utf-8"))


def sync(using="default"):
    """Make the tables of kinds, priorities and grounds say what the file says. Idempotent; what
    the file does not have is left, since entries may refer to it."""
    from .models import EligibilityGround, Kind, Priority, Sector

    # The file names sectors in French, the code by their value.
    sectors = dict(zip(official()["sectors"], Sector.values, strict=True))
    with transaction.atomic(using=using):
        for model, rows in (
            (Kind, official()["kinds"]),
            (Priority, official()["priorities"]),
            (EligibilityGround, official()["eligibility_grounds"]),
        ):
            stored = {thing.slug: thing for thing in model._base_manager.using(using)}
            for number, row in enumerate(rows, start=1):
                wanted = {"name": row["name_fr"], "number": row.get("number", number)}
                if model is not EligibilityGround:
                    wanted["examples"] = row.get("examples_fr", [])
                if model is Kind:
                    wanted["sector"] = sectors[row["sector"]]
                thing = stored.get(row["slug"]) or model(slug=row["slug"])
                if any(getattr(thing, name) != value for name, value in wanted.items()):
                    for name, value in wanted.items():
                        setattr(thing, name, value)
                    thing.save(using=using)


def suggested_priorities(kind_slug):
    """({number of a priority to tick}, {number of one that such a kind often has too}) for the
    slug of a kind; two empty sets where the call suggests none."""
    found = official()["suggested_priorities"].get(kind_slug, {})
    return set(found.get("default", [])), set(found.get("often_also", []))


def priority_mask(numbers):
    """The whole number that stands for a set of priority *numbers* (1 to 10)."""
    mask = 0
    for number in numbers:
        mask |= 1 << (number - 1)
    return mask
