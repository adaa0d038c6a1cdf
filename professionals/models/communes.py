"""Communes, and finding one while somebody types."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from professionals.departements import departement, without_departement
from professionals.places import Point
from professionals.words import folded, place_words, short_name, town_of

SUGGESTIONS = 8
POSTAL_CODE_LENGTH = 5
TOWN = 5000  # inhabitants
# Paris, Lyon and Marseille, whose arrondissements are in the list, too.
DIVIDED = frozenset({"75056", "69123", "13055"})


@models.CharField.register_lookup
class BeginsWith(models.Lookup):
    """As startswith, by an index of either database. The text has no accents nor capitals."""

    lookup_name = "begins_with"

    def as_sqlite(self, compiler, connection):
        column, left = self.process_lhs(compiler, connection)
        # Nothing that a column compared so may hold comes after this letter.
        return f"({column} >= %s AND {column} < %s)", [*left, *left, self.rhs, f"{self.rhs}\uffff"]

    def as_sql(self, compiler, connection):
        column, left = self.process_lhs(compiler, connection)
        escaped = self.rhs.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        return f"{column} LIKE %s", [*left, f"{escaped}%"]


class CommuneQuerySet(models.QuerySet):
    def suggestions(self, text, limit=SUGGESTIONS):
        """At most *limit* communes, as a list, that what somebody has typed so far may mean, the
        most populous first: the beginning of a name or of words in it, of a postal code, or both
        ("69007 Lyon"). Accents, capitals, hyphens and apostrophes do not count; "st" is "saint",
        "Lyon 7" and "Lyon cedex 07" are the arrondissement, and a name may be followed by its
        département's. [] for less than two letters or figures."""
        code, words = place_words(text)
        if len("".join(words)) + len(code) < 2:
            return []
        keys = []
        if len(code) == POSTAL_CODE_LENGTH:
            # 69007 is Lyon's too: the arrondissement, which has no other, comes first.
            found = self.with_postal_code(code).filter(shows=True).order_by("codes", "-population")
            if found := [one for one in found if _has_words(one.folded, words)][:limit]:
                return found
        elif code:
            keys = self._of_code(code, words)
        if not keys and words:  # or of a code that no commune has: a company's, or mistyped
            keys = self._of_words(words, limit) or self._of_words_in_any_order(words)
            keys = keys or self._of_words_and_departement(words, limit)
        keys = list(dict.fromkeys(keys))[:limit]
        found = self.in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def _of_code(self, code, words):
        """By the beginning of a postal code."""
        found = PostalCode.objects.filter(code__begins_with=code, commune__shows=True)
        rows = found.order_by("-commune__population").values_list("commune", "commune__folded")
        return [key for key, name in rows if _has_words(name, words)]

    def _of_words(self, words, limit):
        found = CommuneWords.objects.filter(words__begins_with=" ".join(words))
        # A name may say the same word twice.
        return list(found.order_by("-population").values_list("commune", flat=True)[: 2 * limit])

    def _of_words_in_any_order(self, words):
        """ "boulogne mer": by the word that says most, and then by the others."""
        found = CommuneWords.objects.filter(words__begins_with=max(words, key=len))
        rows = found.order_by("-population").values_list("commune", "commune__folded")
        return [key for key, name in rows if _has_words(name, words)] if len(words) > 1 else []

    def _of_words_and_departement(self, words, limit):
        """ "saint denis de la réunion"."""
        words, there = without_departement(words)
        if not words or not there:
            return []
        found = CommuneWords.objects.filter(
            words__begins_with=" ".join(words), commune__departement=there
        )
        return list(found.order_by("-population").values_list("commune", flat=True)[: 2 * limit])

    def meant(self, text):
        """(the one that *text* means, as a search takes it; the others that it may mean): of
        exactly this name or code before the best suggestion; "75018 Paris" is the arrondissement
        of that code. (None, []) where there is none."""
        found = self.suggestions(text)
        code, words = place_words(text)
        folded = " ".join(words)
        exact = [one for one in found if one.folded == folded]
        if exact and exact[0].is_divided and code:
            exact = [one for one in found if one.folded.startswith(f"{folded} ")] or exact
        first, *others = exact or found or [None]
        # 69007 is Lyon's too: whoever names the arrondissement means no larger one.
        return first, [one for one in others if not first.folded.startswith(one.folded + " ")]

    def named(self, text):
        """The first of meant()."""
        return self.meant(text)[0]

    def towns_called(self, text):
        """Those of exactly this name that people think of first: Vienne, but not Creuse."""
        return self.filter(folded=folded(text), population__gte=TOWN, shows=True)

    def with_postal_code(self, code):
        """Those that share exactly this postal code."""
        return self.filter(postal_codes__code=code)


def _has_words(name, words):
    return all(any(part.startswith(word) for part in name.split()) for word in words)


class Commune(models.Model):
    """A commune, or an arrondissement of Paris, Lyon or Marseille. *latitude*, *longitude*:
    its town hall (WGS 84, degrees). Source: professionals/data/README.md."""

    code = models.CharField(_("INSEE code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    folded = models.CharField(max_length=80)
    departement = models.CharField(_("département"), max_length=3, db_index=True)
    population = models.PositiveIntegerField(_("population"), default=0)
    # How many postal codes it has.
    codes = models.PositiveSmallIntegerField(default=1)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    # One that the file no longer has stays for the entries there, and is no longer proposed.
    shows = models.BooleanField(default=True, editable=False)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def town(self):
        """As a letter has it: "Lyon" for each of its arrondissements."""
        return town_of(self.name)

    @property
    def label(self):
        """As people say it: "Lyon 7e"."""
        return short_name(self.name)

    @property
    def point(self):
        return Point(self.latitude, self.longitude)

    @property
    def is_divided(self):
        """Whether each of its postal codes means an arrondissement of its own."""
        return self.pk in DIVIDED

    @property
    def departement_name(self):
        return departement(self.departement).name

    @cached_property
    def known_codes(self):
        """Its postal codes, in their order."""
        return sorted(found.code for found in self.postal_codes.all())


class PostalCode(models.Model):
    """A postal code of a commune; either may have several of the other."""

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="postal_codes")
    code = models.CharField(max_length=5, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "code"], name="professionals_postal_code_once"
            )
        ]

    def __str__(self):
        return self.code


class CommuneWords(models.Model):
    """The name of a commune that is proposed, from one of its words on ("saint etienne",
    "etienne"), folded; with its *population*, so that the largest are found here alone."""

    commune = models.ForeignKey(
        Commune, on_delete=models.CASCADE, related_name="beginnings", db_index=False
    )
    words = models.CharField(max_length=80)
    population = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["words", "population", "commune"],
                name="professionals_words",
                opclasses=["varchar_pattern_ops", "int4_ops", "varchar_pattern_ops"],
            )
        ]

    def __str__(self):
        return self.words


class LoadedFile(models.Model):
    """Which content of a data file the tables hold: the SHA-256 of what was loaded last."""

    name = models.CharField(max_length=40, primary_key=True)
    sha256 = models.CharField(max_length=64)

    def __str__(self):
        return self.name
