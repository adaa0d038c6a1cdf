"""How often topics, lists of them and the map were seen in partners' pages: numbers alone, of
nobody."""

from collections import Counter
from uuid import UUID

from django.db import connections, models, router, transaction
from django.db.models import F, Max, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

# How many rows one statement writes: six values each, and SQLite once took 999.
AT_ONCE = 150
# Stands for the topic where a list or the map was seen: to an index, each NULL would be another.
NO_TOPIC = UUID(int=0)


class EmbedCountQuerySet(models.QuerySet):
    def of(self, partner):
        """Those of a Partner; of None, those of all, and of embeds without a key."""
        return self if partner is None else self.filter(partner=partner)

    def by_month(self):
        """Rows of (partner_id, kind, topic_key, language, year, month) with their `total`."""
        names = ("partner_id", "kind", "topic_key", "language", "day__year", "day__month")
        return self.order_by().values(*names).annotate(total=Sum("views"))

    def last_days(self):
        """{partner's pk, or None: the last day on which something of it was seen}."""
        rows = self.order_by().values("partner_id").annotate(last=Max("day"))
        return dict(rows.values_list("partner_id", "last"))

    @transaction.atomic
    def add(self, counted: Counter):
        """Add numbers of views by (partner's pk or None, kind, topic key or NO_TOPIC, language,
        day): all of them or, where that raises, none. Those of a partner that is gone count
        for nobody."""
        asked = {pk for pk, *_rest in counted if pk is not None}
        partners = self.model._meta.get_field("partner").related_model.objects
        known = set(partners.filter(pk__in=asked).values_list("pk", flat=True))
        sums = Counter()
        for (pk, *rest), number in counted.items():
            sums[(pk if pk in known else None, *rest)] += number
        # In one order: two processes never wait for each other.
        rows = sorted(sums.items(), key=lambda item: (item[0][0] or 0, *map(str, item[0][1:])))
        for start in range(0, len(rows), AT_ONCE):
            self._upsert([(*key, number) for key, number in rows[start : start + AT_ONCE]])

    def _upsert(self, rows):
        connection = connections[router.db_for_write(self.model)]
        quote, table = connection.ops.quote_name, self.model._meta.db_table
        names = ("partner", "kind", "topic_key", "language", "day", "views")
        fields = [self.model._meta.get_field(name) for name in names]
        columns = ", ".join(quote(field.column) for field in fields)
        places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
        partner, *others = [quote(field.column) for field in fields[:-1]]
        views = quote(fields[-1].column)
        values = [
            field.get_db_prep_save(value, connection)
            for row in rows
            for field, value in zip(fields, row, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {quote(table)} ({columns}) VALUES {places} "
                f"ON CONFLICT (COALESCE({partner}, 0), {', '.join(others)}) "
                f"DO UPDATE SET {views} = {quote(table)}.{views} + excluded.{views}",
                values,
            )


class EmbedCount(models.Model):
    """How often a topic was seen in one language on one day in a partner's pages, or lists of
    topics were, or the map; without a *partner*: by embeds that hold no key. partners.counting
    writes it."""

    class Kind(models.TextChoices):
        TOPIC = "topic", _("Topic")
        LIST = "list", _("List of topics")
        MAP = "map", _("Map of professionals")

    partner = models.ForeignKey(
        "partners.Partner",
        verbose_name=_("partner"),
        null=True,
        on_delete=models.PROTECT,
        related_name="embed_counts",
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices, default=Kind.TOPIC)
    topic_key = models.UUIDField(_("topic"), default=NO_TOPIC)
    language = models.CharField(_("language"), max_length=10)
    day = models.DateField(_("day"))
    views = models.PositiveIntegerField(_("views"))

    objects = EmbedCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of views")
        verbose_name_plural = _("counts of views")
        constraints = [
            # No partner is one, too: to an index, each NULL would be another.
            models.UniqueConstraint(
                Coalesce(F("partner"), 0),
                "kind",
                "topic_key",
                "language",
                "day",
                name="partners_count_once",
            )
        ]
        indexes = [models.Index(fields=["partner", "day"], name="partners_count_days")]

    def __str__(self):
        seen = self.topic_key if self.kind == self.Kind.TOPIC else self.get_kind_display()
        return f"{seen} ({self.language}), {self.day}: {self.views}"
