"""The demo's directory: invented places and people, spread as people live in the communes.

The communes and their points are real; names, streets and sentences come from
demo/content/professionals.toml, telephone numbers from those that are kept for fiction in
France (Arcep, decision 2018-0881).
"""

import random
from datetime import timedelta
from itertools import accumulate

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from demo.clock import at
from professionals import listing
from professionals.exchange import writing
from professionals.models import (
    Commune,
    EligibilityGround,
    EntryEvent,
    Kind,
    Priority,
    Professional,
)
from professionals.models.choices import State

from .content import read
from .waiting_entries import NUMBERS, load_waiting_entries

SEED = 1000
FOR_MODERATORS = sum(NUMBERS.values())
# They came in so many waves, the last one some days ago.
WAVES, FIRST_DAYS_AGO, LAST_DAYS_AGO = 12, 300, 5
FICTION = ("19900", "26191", "35301", "46571", "53649")
BODIES_OF_PLACES = {"Caf": "Caf · {departement}", "Commune": "Commune · {commune}"}


def load_professionals(now):
    """Make settings.DEMO_PROFESSIONALS published entries, and some in every state for the
    moderators, where the directory is empty: what people left of it stays."""
    if Professional.objects.exists():
        return
    number = settings.DEMO_PROFESSIONALS
    maker = Maker(random.Random(SEED), number + FOR_MODERATORS)  # noqa: S311
    with transaction.atomic():
        for wave in range(WAVES):
            share = number * (wave + 1) // WAVES - number * wave // WAVES
            between = (FIRST_DAYS_AGO - LAST_DAYS_AGO) * wave // (WAVES - 1)
            with at(now - timedelta(days=FIRST_DAYS_AGO - between)):
                _publish([maker.entry() for _number in range(share)])
        listing.rebuild_counts()
        load_waiting_entries(maker, now, all_of_them=number >= 1000)
    pks = list(Professional.objects.values_list("pk", flat=True))
    writing.index_entries.enqueue(pks)


def _publish(made):
    """Store (entry, lists) pairs as accepted and published just now."""
    now = timezone.now()
    entries = [entry for entry, _lists in made]
    for entry in entries:
        entry.state, entry.is_verified, entry.state_since = State.PUBLISHED, True, now
        entry.first_published_at = entry.last_published_at = now
        entry.confirm_by = timezone.localdate(now) + timedelta(days=365)
    writing.store(entries, [lists for _entry, lists in made])
    EntryEvent.objects.bulk_create(
        EntryEvent(professional=entry, what=EntryEvent.What.ACCEPTED, by=EntryEvent.By.MACHINE)
        for entry in entries
    )
    listing.keep([entry.pk for entry in entries], counted=False)


class Maker:
    """Makes at most *number* entries by *chance*, a random.Random: the same ones for the same
    seed."""

    def __init__(self, chance, number):
        self.chance = chance
        self.words = read("professionals")
        kinds = {kind.slug: kind for kind in Kind.objects.all()}
        self.kinds = [kinds[slug] for slug in self.words["kinds"]]
        self.shares = [row["share"] for row in self.words["kinds"].values()]
        self.communes = iter(self._communes(number))
        self.priorities = {one.number: one for one in Priority.objects.all()}
        self.grounds = {one.slug: one for one in EligibilityGround.objects.all()}
        self.serial = 0

    def _communes(self, number):
        """So many communes as people are spread over them: some often, many never."""
        inhabited = Commune.objects.filter(shows=True, population__gt=0).order_by("pk")
        codes, people = zip(*inhabited.values_list("pk", "population"), strict=True)
        chosen = self.chance.choices(codes, cum_weights=list(accumulate(people)), k=number)
        found = Commune.objects.filter(pk__in=set(chosen)).prefetch_related("postal_codes")
        found = {commune.pk: commune for commune in found}
        return [found[code] for code in chosen]

    def entry(self, kind_slug="", is_person=None):
        """(an unsaved Professional, its {list: [rows]}); *is_person*: None leaves it to chance."""
        chance, words = self.chance, self.words
        self.serial += 1
        [kind] = chance.choices(self.kinds, self.shares)
        if kind_slug:
            kind = next(one for one in self.kinds if one.slug == kind_slug)
        commune = next(self.communes)
        row = words["kinds"][kind.slug]
        if is_person is None:
            is_person = "person" in row and chance.random() < 0.4
        entry = Professional(
            kind=kind,
            sector=kind.sector,
            name=self._name(row, is_person),
            is_natural_person=is_person,
            specialities=row.get("specialities", ""),
            public_body=self._body(row, commune),
            opening_hours=chance.choice(words["hours"]) if chance.random() < 0.8 else "",
            telephone=f"+33{chance.choice(FICTION)}{chance.randint(1000, 9999)}",
            email=f"fiche-{self.serial}@demo.invalid",
            languages=chance.choice(words["languages"]),
            cost=row["cost"],
            accessibility=[one for one in words["access"] if chance.random() < 0.35],
            ages=row.get("ages", ""),
            description=f"{chance.choice(row['says'])} {chance.choice(words['ends'])}",
        )
        self._place(entry, commune)
        if is_person:
            self._consents(entry)
        else:
            entry.legal_person = f"Association {chance.choice(words['places']).split()[-1]}"
        numbers = {*row["priorities"], chance.randint(1, len(self.priorities))}
        return entry, {
            "priorities": [self.priorities[number] for number in sorted(numbers)],
            "grounds": [self.grounds[row["ground"]]],
        }

    def _name(self, row, is_person):
        chance, words = self.chance, self.words
        if is_person:
            first, last = chance.choice(words["first_names"]), chance.choice(words["last_names"])
            return f"{first} {last}, {row['person']}"
        return f"{chance.choice(row['names'])} {chance.choice(words['places'])}"

    def _body(self, row, commune):
        text = BODIES_OF_PLACES.get(row["body"], row["body"])
        return text.format(departement=commune.departement_name, commune=commune.name)

    def _place(self, entry, commune):
        chance = self.chance
        entry.commune = commune
        entry.postal_code = chance.choice(commune.postal_codes.all()).code
        entry.address = f"{chance.randint(1, 90)} {chance.choice(self.words['streets'])}"
        if chance.random() < 0.8:
            # Most live within a kilometre or two of the town hall.
            entry.latitude = round(commune.latitude + chance.gauss(0, 0.006), 5)
            entry.longitude = round(commune.longitude + chance.gauss(0, 0.008), 5)

    def _consents(self, entry):
        now = timezone.now()
        entry.listing_agreed_at = now
        entry.details_agreed_at = now if self.chance.random() < 0.5 else None
        entry.open_data_agreed_at = now if self.chance.random() < 0.5 else None
