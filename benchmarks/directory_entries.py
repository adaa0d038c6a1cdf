"""Invented entries of the directory, spread like the people of the communes, for figures.

Names and places of a street are made up; communes, their points and populations are real.
"""

import random
from itertools import accumulate

from django.db import transaction
from django.utils import timezone

from professionals import listing
from professionals.lists import official, suggested_priorities
from professionals.models import Commune, EligibilityGround, Kind, Priority, Professional
from professionals.models.choices import Cost, State

AT_ONCE = 2000
HOURS = (
    "",
    "Mo-Fr 08:00-18:30; PH off",
    "Mo-Fr 09:00-12:00,14:00-17:00; PH off",
    "Mo,We,Fr 09:00-12:00",
    "Tu,Th 14:00-18:00; Sa 10:00-12:00",
    "We 09:30-11:30; SH off",
    "24/7",
)
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
    """Store *number* published entries and count them: the same ones for the same *seed*. The
    tables of communes hold the whole list."""
    chance = random.Random(seed)  # noqa: S311
    communes = list(Commune.objects.filter(population__gt=0).prefetch_related("postal_codes"))
    reach = list(accumulate(commune.population for commune in communes))
    kinds = list(Kind.objects.all())
    weights = [SHARES.get(kind.slug, 1) for kind in kinds]
    priorities = {priority.number: priority for priority in Priority.objects.all()}
    ground = EligibilityGround.objects.first()
    chosen = Professional.priorities.through
    now, year = timezone.now(), timezone.localdate().replace(year=2099)
    with transaction.atomic():
        for first in range(0, number, AT_ONCE):
            made = []
            for serial in range(first, min(number, first + AT_ONCE)):
                [commune] = chance.choices(communes, cum_weights=reach)
                [kind] = chance.choices(kinds, weights)
                made.append(_entry(chance, commune, kind, serial, now, year))
            Professional.objects.bulk_create(made)
            chosen.objects.bulk_create(
                chosen(professional_id=entry.pk, priority_id=priorities[one].pk)
                for entry in made
                for one in _priorities(chance, entry.kind.slug)
            )
            grounds = Professional.grounds.through
            grounds.objects.bulk_create(
                grounds(professional_id=entry.pk, eligibilityground_id=ground.pk) for entry in made
            )
            listing.keep([entry.pk for entry in made], counted=False)
        listing.rebuild_counts()


def _entry(chance, commune, kind, serial, now, year):
    # Most live within some 3 km of the town hall.
    latitude = min(51.1, commune.latitude + chance.gauss(0, 0.012))
    longitude = commune.longitude + chance.gauss(0, 0.017)
    exact = chance.random() < 0.7
    return Professional(
        slug=f"essai-{serial}",
        name=f"{kind.name} no {serial}",
        kind=kind,
        sector=kind.sector,
        commune=commune,
        postal_code=commune.postal_codes.all()[0].code,
        address=f"{chance.randint(1, 90)} rue des Lilas",
        latitude=latitude if exact else None,
        longitude=longitude if exact else None,
        telephone=f"+334720{chance.randint(10000, 99999)}",
        opening_hours=chance.choice(HOURS),
        languages=chance.choice(LANGUAGES),
        cost=chance.choice(Cost.values),
        specialities=" ".join(chance.sample(WORDS, 3)),
        description=f"Nous accueillons les familles : {' '.join(chance.sample(WORDS, 4))}.",
        state=State.PUBLISHED,
        live=True,
        is_verified=True,
        source="essai",
        source_id=str(serial),
        first_published_at=now,
        confirm_by=year,
    )


def _priorities(chance, kind_slug):
    """What the call suggests for a kind, and up to two more."""
    default, often = suggested_priorities(kind_slug)
    numbers = {*default, *chance.sample(sorted(often), min(len(often), chance.randint(0, 2)))}
    numbers.update(chance.sample(range(1, 1 + len(official()["priorities"])), chance.randint(0, 2)))
    return numbers or {2}
