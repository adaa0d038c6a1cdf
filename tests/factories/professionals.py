"""Entries of the directory, and the communes of tests/professionals/communes.csv."""

import factory
from django.utils import timezone

from professionals.models import (
    Commune,
    EligibilityGround,
    Kind,
    Priority,
    Professional,
)
from professionals.models.choices import State

LYON_7, PARIS_18, SAINT_DENIS = "69387", "75118", "97411"


class ProfessionalFactory(factory.django.DjangoModelFactory):
    """The smallest entry that could be sent for review, *state* "started". *kind_slug*;
    *commune_code*; *priority_numbers*; *ground_slugs*."""

    class Meta:
        model = Professional
        skip_postgeneration_save = True

    class Params:
        kind_slug = "laep"
        commune_code = LYON_7
        published = factory.Trait(
            state=State.PUBLISHED,
            is_verified=True,
            first_published_at=factory.LazyFunction(timezone.now),
            confirm_by=factory.LazyFunction(lambda: timezone.localdate().replace(year=2099)),
        )

    name = factory.Sequence(lambda n: f"La Maison des Lucioles {n}")
    kind = factory.LazyAttribute(lambda entry: Kind.objects.get(slug=entry.kind_slug))
    commune = factory.LazyAttribute(lambda entry: Commune.objects.get(pk=entry.commune_code))
    postal_code = factory.LazyAttribute(lambda entry: entry.commune.postal_codes.first().code)
    address = "12 rue des Lilas"
    email = factory.Sequence(lambda n: f"lucioles{n}@exemple.invalid")
    public_body = "Caf du Rhône"

    @classmethod
    def _create(cls, model_class, *args, priority_numbers=(8,), ground_slugs=None, **fields):
        entry = model_class(*args, **fields)
        entry.priorities.set(Priority.objects.filter(number__in=priority_numbers))
        grounds = ground_slugs or ("conventionne",)
        entry.grounds.set(EligibilityGround.objects.filter(slug__in=grounds))
        entry.save()
        return entry
