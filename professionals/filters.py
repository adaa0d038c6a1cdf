"""By what people choose among entries, in lists and on the map alike."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from .lists import official, priority_mask
from .models import Kind
from .models.choices import LANGUAGES_SPOKEN, Cost
from .models.lists import Sector

LONGEST_WORDS = 100  # characters


@dataclass(frozen=True)
class Filters:
    """Slugs of *kinds* and *priorities*, values of *sectors* and *costs*, codes of *languages*:
    of each any one will do, and all that are given count. *words*: each has to begin a word of
    the entry. *open_at*: an aware datetime, or None. What is unknown is nothing that anyone
    could fit, and so left out by known()."""

    kinds: tuple = ()
    priorities: tuple = ()
    sectors: tuple = ()
    costs: tuple = ()
    languages: tuple = ()
    words: str = ""
    open_at: datetime | None = None

    @classmethod
    def known(cls, **given):
        """Filters of what exists among the *given* values, which come from an address."""
        known = {
            # As the tables say, which come from the same file.
            "kinds": [row["slug"] for row in official()["kinds"]],
            "priorities": [row["slug"] for row in official()["priorities"]],
            "sectors": Sector.values,
            "costs": Cost.values,
            "languages": LANGUAGES_SPOKEN,
        }
        kept = {
            name: tuple(value for value in values if value in set(given.get(name, ())))
            for name, values in known.items()
            if given.get(name)
        }
        words = " ".join((given.get("words") or "").replace("\0", " ").split())[:LONGEST_WORDS]
        return cls(**kept, words=words, open_at=given.get("open_at"))

    @cached_property
    def kind_ids(self):
        """The primary keys of the kinds."""
        return list(Kind.objects.filter(slug__in=self.kinds).values_list("pk", flat=True))

    @cached_property
    def priority_mask(self):
        """The priorities as bits."""
        rows = official()["priorities"]
        return priority_mask(row["number"] for row in rows if row["slug"] in self.priorities)

    @property
    def is_counted_beforehand(self):
        """Whether the map's counts know all that is asked for."""
        return not (self.costs or self.languages or self.words or self.open_at)
