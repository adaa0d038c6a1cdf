"""By what people choose among entries, in lists and on the map alike."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from .departements import departements
from .lists import official, priority_mask
from .models import Kind
from .models.choices import LANGUAGES_SPOKEN, Cost
from .models.lists import Sector
from .words import folded, search_words

LONGEST_WORDS = 100  # characters
# How parents call kinds besides the official list's name and examples.
SAID = {
    "pmi": "protection maternelle et infantile puéricultrice",
    "sante": "médecin généraliste puéricultrice ostéopathe psychologue hôpital clinique",
    "mode-accueil": "assistante maternelle nounou nourrice EAJE micro-crèche halte-garderie",
    "rpe": "RAM relais assistantes maternelles RPE",
    "laep": "maison verte",
    "saad": "TISF aide à domicile",
    "information-conseil": "planning familial",
    "culture": "bibliothèque ludothèque",
}


@cache
def _words_of(kind_slug):
    """What a kind is called, " folded like this": its slug (often what everybody calls it:
    "laep"), its name, its examples, and what people say besides."""
    for row in official()["kinds"]:
        if row["slug"] == kind_slug:
            said = [kind_slug, row["name_fr"], *row.get("examples_fr", []), SAID.get(kind_slug, "")]
            return f" {folded(' '.join(said))}"
    return ""


_kind_pks = {}  # by their slugs


def kind_pks():
    """{slug: primary key} of the official kinds, asked for once: they never change."""
    if len(_kind_pks) < len(official()["kinds"]):
        _kind_pks.update(Kind.objects.values_list("slug", "pk"))
    return _kind_pks


def forget_kinds():
    """Ask anew: their table was filled."""
    _kind_pks.clear()


@dataclass(frozen=True)
class Filters:
    """Slugs of *kinds* and *priorities*, values of *sectors* and *costs*, codes of *languages*:
    of each any one will do, and all that are given count. *departement*: its code, or "".
    *words*: each has to begin a word of the entry. *open_at*: an aware datetime, or None. What
    is unknown is nothing that anyone could fit, and so left out by known()."""

    kinds: tuple = ()
    priorities: tuple = ()
    sectors: tuple = ()
    costs: tuple = ()
    languages: tuple = ()
    departement: str = ""
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
        code = given.get("departement") or ""
        where = code if code in departements() else ""
        return cls(**kept, departement=where, words=words, open_at=given.get("open_at"))

    @cached_property
    def kind_ids(self):
        """The primary keys of the kinds."""
        return [pk for slug, pk in kind_pks().items() if slug in self.kinds]

    @cached_property
    def words_and_kinds(self):
        """[(a folded word, primary keys of the kinds whose own words begin with it)]."""
        return [
            (word, [pk for slug, pk in kind_pks().items() if f" {word}" in _words_of(slug)])
            for word in search_words(self.words)
        ]

    @cached_property
    def priority_mask(self):
        """The priorities as bits."""
        rows = official()["priorities"]
        return priority_mask(row["number"] for row in rows if row["slug"] in self.priorities)

    @property
    def words_have_an_index(self):
        """Whether PostgreSQL finds all that is asked for by the words alone, and looks at no other
        table beside."""
        return bool(folded(self.words)) and not self.departement

    @property
    def is_counted_beforehand(self):
        """Whether the map's counts know all that is asked for."""
        others = (self.costs, self.languages, self.departement, self.words, self.open_at)
        return not any(others)
