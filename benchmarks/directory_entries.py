"""Invented entries of the directory, spread like the people of the communes, for figures.

Names and places of a street are made up; communes, their points and populations are real.
"""

import json
import random
from itertools import accumulate
from types import SimpleNamespace

from django.db import connection, transaction
from django.utils import timezone

from professionals import listing
from professionals.bulk import insert
from professionals.lists import official, suggested_priorities
from professionals.models import (
    Commune,
    EligibilityGround,
    Kind,
    Priority,
    Professional,
    PublicPoint,
)
from professionals.models.choices import Cost, State
from professionals.places import Point

AT_ONCE = 10_000
HOURS = (
    "",
    "Mo-Fr 08:00-18:30; PH off",
    "Mo-Fr 09:00-12:00,14:00-17:00; PH off",
    "Mo,We,Fr 09:00-12:00",
    "Tu,Th 14:00-18:00; Sa 10:00-12:00",
    "We 09:30-11:30; SH off",
    "24/7",
)
# Half of all say one of these, the others one of some thousand.
DAYS = ("Mo-Fr", "Mo-Sa", "Tu-Fr", "Mo,We,Fr", "Tu,Th", "We", "Mo,Tu,Th,Fr", "Th-Sa", "Mo-Th")
MORNINGS = ("08:00-12:00", "08:30-12:00", "08:30-12:30", "09:00-12:00", "09:00-12:30")
AFTERNOONS = ("13:30-17:00", "13:30-18:00", "14:00-17:30", "14:00-18:30", "15:00-19:00")
LANGUAGES = (["fr"], ["fr"], ["fr", "en"], ["fr", "ar"], ["fr", "tr", "uk"], ["fr", "fsl"])
WORDS = [
    "allaitement",
    "sommeil",
    "jeux",
    "pleurs",
    "portage",
    "massage",
    "motricité",
    "lecture",
    "écoute",
    "diététique",
]
# How often a kind is met: childcare and health most of all.
SHARES = {"mode-accueil": 40, "sante": 30, "rpe": 5, "laep": 4, "pmi": 5}


def fill(number, seed=7):
    """Store *number* published entries in the empty tables and count them: the same ones for the
    same *seed*. The tables of communes hold the whole list. Rows are inserted as they are: objects
    of Professional would take ten times as long."""
    chance = random.Random(seed)  # noqa: S311
    communes = list(Commune.objects.filter(population__gt=0).prefetch_related("postal_codes"))
    reach = list(accumulate(commune.population for commune in communes))
    kinds = list(Kind.objects.all())
    weights = [SHARES.get(kind.slug, 1) for kind in kinds]
    priorities = {priority.number: priority.pk for priority in Priority.objects.all()}
    ground = EligibilityGround.objects.first()
    same = _same_columns()
    with transaction.atomic():
        for first in range(1, number + 1, AT_ONCE):
            made, chosen, points = [], [], []
            for pk in range(first, min(number + 1, first + AT_ONCE)):
                [commune] = chance.choices(communes, cum_weights=reach)
                [kind] = chance.choices(kinds, weights)
                entry = _entry(chance, commune, kind, pk)
                made.append(entry)
                numbers = _priorities(chance, kind.slug)
                chosen += [(pk, priorities[one]) for one in numbers]
                points.append(listing.point_of(entry, numbers))
            columns = [name for name in vars(made[0]) if name in same]
            rest = [name for name in same if name not in columns]
            rows = [
                (*(getattr(entry, name) for name in columns), *(same[name] for name in rest))
                for entry in made
            ]
            insert(
                "default",
                Professional,
                [*columns, *rest],
                [_languages_as_text(row) for row in rows],
            )
            for field, pairs in (
                ("priorities", chosen),
                ("grounds", [(entry.pk, ground.pk) for entry in made]),
            ):
                through = getattr(Professional, field).through
                target = Professional._meta.get_field(field).m2m_reverse_field_name()
                insert("default", through, ["professional_id", f"{target}_id"], pairs)
            listing.find_hours(points)
            names = [field.attname for field in PublicPoint._meta.concrete_fields]
            rows = [tuple(getattr(point, name) for name in names) for point in points]
            insert("default", PublicPoint, names, rows)
        listing.rebuild_counts()


def _same_columns():
    """{column: value} of all entries alike, as the database takes it; each column is there."""
    entry = Professional(
        state=State.PUBLISHED,
        live=True,
        is_verified=True,
        source="essai",
        first_published_at=timezone.now(),
        confirm_by=timezone.localdate().replace(year=2099),
    )
    return {
        field.column: field.get_db_prep_save(field.pre_save(entry, add=True), connection)
        for field in Professional._meta.concrete_fields
    }


def _languages_as_text(row):
    return tuple(json.dumps(value) if isinstance(value, list) else value for value in row)


def _entry(chance, commune, kind, pk):
    """What differs from entry to entry, and what else listing.point_of() asks of one."""
    # Most live within some 3 km of the town hall.
    latitude = min(51.1, commune.latitude + chance.gauss(0, 0.012))
    longitude = commune.longitude + chance.gauss(0, 0.017)
    exact = chance.random() < 0.7
    return SimpleNamespace(
        pk=pk,
        id=pk,
        slug=f"essai-{pk}",
        name=f"{kind.name} no {pk}",
        legal_person="",
        kind=kind,
        kind_id=kind.pk,
        sector=kind.sector,
        commune=commune,
        commune_id=commune.pk,
        postal_code=commune.postal_codes.all()[0].code,
        address=f"{chance.randint(1, 90)} rue des Lilas",
        latitude=latitude if exact else None,
        longitude=longitude if exact else None,
        point=Point(latitude, longitude) if exact else None,
        shows_details=True,
        telephone=f"+334720{chance.randint(10000, 99999)}",
        opening_hours=chance.choice(HOURS) if chance.random() < 0.5 else _hours(chance),
        languages=chance.choice(LANGUAGES),
        cost=chance.choice(Cost.values),
        specialities=" ".join(chance.sample(WORDS, 3)),
        description=f"Nous accueillons les familles : {' '.join(chance.sample(WORDS, 4))}.",
        source_id=str(pk),
    )


def _hours(chance):
    first, second = (chance.choice(MORNINGS) for _time in range(2))
    week = f"{chance.choice(DAYS)} {first},{chance.choice(AFTERNOONS)}"
    return f"{week}; Sa {second}" if chance.random() < 0.5 else week


def _priorities(chance, kind_slug):
    """What the call suggests for a kind, and up to two more."""
    default, often = suggested_priorities(kind_slug)
    numbers = {*default, *chance.sample(sorted(often), min(len(often), chance.randint(0, 2)))}
    numbers.update(chance.sample(range(1, 1 + len(official()["priorities"])), chance.randint(0, 2)))
    return numbers or {2}
