"""Communes, and finding one while somebody types."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from professionals.departements import departement
from professionals.places import Point
from professionals.words import commune_words, digits_of

SUGGESTIONS = 8


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
    def matching(self, text):
        """Those that what somebody typed may mean, the most populous first: the beginning of a
        name or of words in it, of a postal code, or of both ("69007 Lyon"). Accents, capitals,
        hyphens and apostrophes do not count; "st" is "saint"."""
        code, words = digits_of(text), commune_words(text)
        found = self.filter(shows=True)
        if not code and len("".join(words)) < 2:
            return self.none()
        if code:
            codes = PostalCode.objects.filter(code__begins_with=code)
            found = found.filter(pk__in=codes.values("commune"))
        if words:
            whole = CommuneWords.objects.filter(words__begins_with=" ".join(words))
            found = found.filter(pk__in=whole.values("commune"))
        return found.order_by("-population", "name")

    def matching_any_order(self, text):
        """The same, with words that need not follow each other: "boulogne mer"."""
        condition = Q()
        for word in commune_words(text):
            one = CommuneWords.objects.filter(words__begins_with=word, commune=OuterRef("pk"))
            condition &= Q(Exists(one))
        code = digits_of(text)
        if code:
            codes = PostalCode.objects.filter(code__begins_with=code, commune=OuterRef("pk"))
            condition &= Q(Exists(codes))
        return self.filter(condition, shows=True).order_by("-population", "name")

    def suggestions(self, text, limit=SUGGESTIONS):
        """At most *limit* communes, as a list, for what has been typed so far; [] for less than
        two letters or figures."""
        if len("".join(commune_words(text))) + len(digits_of(text)) < 2:
            return []
        found = list(self.matching(text)[:limit])
        if not found and len(commune_words(text)) > 1:
            found = list(self.matching_any_order(text)[:limit])
        return found

    def named(self, text):
        """The one that *text* means, as a search takes it: that of exactly this name or code
        before the best suggestion. None where there is none."""
        found = self.suggestions(text)
        folded = " ".join(commune_words(text))
        exact = [one for one in found if one.folded == folded]
        return (exact or found or [None])[0]

    def with_postal_code(self, code):
        """Those that share exactly this postal code."""
        return self.filter(postal_codes__code=code)


class Commune(models.Model):
    """A commune, or an arrondissement of Paris, Lyon or Marseille. *latitude*, *longitude*:
    its town hall (WGS 84, degrees). Source: professionals/data/README.md."""

    code = models.CharField(_("INSEE code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    folded = models.CharField(max_length=80, db_index=True)
    departement = models.CharField(_("département"), max_length=3, db_index=True)
    population = models.PositiveIntegerField(_("population"), default=0)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    # One that the file no longer has stays for the entries there, and is no longer proposed.
    shows = models.BooleanField(default=True, editable=False)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["name"]
        indexes = [models.Index(fields=["-population"], name="professionals_most_populous")]

    def __str__(self):
        return self.name

    @property
    def point(self):
        return Point(self.latitude, self.longitude)

    @property
    def departement_name(self):
        return departement(self.departement).name


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
    """A name from one of its words on ("saint etienne", "etienne"), folded."""

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="beginnings")
    words = models.CharField(max_length=80, db_index=True)

    def __str__(self):
        return self.words


class LoadedFile(models.Model):
    """Which content of a data file the tables hold: the SHA-256 of what was loaded last."""

    name = models.CharField(max_length=40, primary_key=True)
    sha256 = models.CharField(max_length=64)

    def __str__(self):
        return self.name
