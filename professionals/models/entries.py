"""Lists of entries that have a name."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from professionals.places import boxes_around

from .choices import State
from .map import Chord, chord_of, within_boxes

# Days between the mark "not confirmed" and coming off.
DAYS_MARKED = 30
# Days before confirm_by on which a mail asks.
REMINDERS = (45, 15, 3)
# Personal data of what was refused or withdrawn goes after so many days.
KEPT_DAYS = 365


class ProfessionalQuerySet(models.QuerySet):
    def update(self, **values):
        """As Django's, but refuses (PermissionDenied) what lists and the map know: that is for
        save(), or for bulk_update() with listing.keep()."""
        from professionals.listing import LISTED_BY

        if known := values.keys() & (LISTED_BY | {"live"}):
            raise PermissionDenied(f"not by update(): {', '.join(sorted(known))}")
        return super().update(**values)

    update.alters_data = True

    def public(self):
        """Those that everybody may see. professionals.public.public_entry says what of them."""
        listed = Q(is_natural_person=False) | Q(listing_agreed_at__isnull=False)
        return self.filter(listed, state=State.PUBLISHED)

    def in_open_data(self):
        """Those of them that may be in files of open data."""
        agreed = Q(is_natural_person=False) | Q(open_data_agreed_at__isnull=False)
        return self.public().filter(agreed)

    def near(self, point, km):
        """The public ones within *km* of a Point, the nearest first, each with its `distance`
        in km (see Professional.distance). What filters by more begins with
        PublicPoint.objects.near(), which is narrower."""
        prefix = "public_point__"
        return (
            self.public()
            .filter(within_boxes(boxes_around(point, km), prefix))
            .annotate(chord=Chord(point, prefix))
            .filter(chord__lte=chord_of(km))
            .order_by("chord", "pk")
        )

    def matching(self, filters):
        """The public ones that fit a professionals.filters.Filters."""
        from .map import PublicPoint

        points = PublicPoint.objects.matching(filters)
        return self.public().filter(pk__in=points.values("pk"))

    def with_details(self):
        """With all that public_entry() reads, in a fixed number of queries."""
        return self.select_related("kind", "commune", "picture").prefetch_related(
            "priorities", "grounds"
        )

    # For moderators

    def queue(self):
        """Those that wait for a moderator, the oldest first."""
        return self.filter(queued_at__isnull=False).order_by("queued_at", "pk")

    def to_look_at(self):
        """Those of which small changes went out that nobody has looked at."""
        return self.filter(needs_look_at__isnull=False).order_by("needs_look_at", "pk")

    def awaiting_moderators(self):
        """All that waits for them, both of the above, each once and the oldest first; each with
        `waits_since` and its number of `open_reports`."""
        first, second = F("queued_at"), F("needs_look_at")
        is_open = Q(reports__isnull=False, reports__closed_at=None)
        return (
            self.filter(Q(queued_at__isnull=False) | Q(needs_look_at__isnull=False))
            # Of two, the earlier; neither database compares with what is not there.
            .annotate(waits_since=Least(Coalesce(first, second), Coalesce(second, first)))
            .annotate(open_reports=Count("reports", filter=is_open))
            .order_by("waits_since", "pk")
        )

    def unclaimed(self):
        return self.filter(claimed_by=None)

    # Once a year

    def due_for_reminder(self, days, today=None):
        """Published ones that are to be confirmed within *days* (45, 15 or 3) and were not yet
        asked so late: the asking is states.reminded()."""
        today = today or timezone.localdate()
        return (
            self.filter(state=State.PUBLISHED, confirm_by__lte=today + timedelta(days=days))
            .filter(confirm_by__gte=today)
            .filter(Q(reminded_days=None) | Q(reminded_days__gt=days))
            .order_by("confirm_by", "pk")
        )

    def overdue(self, today=None):
        """Published ones whose day to confirm is past, and that do not say so yet."""
        today = today or timezone.localdate()
        return self.filter(state=State.PUBLISHED, confirm_by__lt=today, overdue_since=None)

    def to_expire(self, today=None):
        """Those that have said so for 30 days: they come off."""
        today = today or timezone.localdate()
        return self.filter(
            state=State.PUBLISHED, overdue_since__lte=today - timedelta(days=DAYS_MARKED)
        )

    def with_data_to_purge(self, now=None):
        """Those whose personal data is kept no longer: refused or withdrawn for a year, or a
        registration left undone for as long."""
        before = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
        over = [State.REFUSED, State.WITHDRAWN, State.STARTED, State.CONFIRMED]
        return self.filter(state__in=over, state_since__lt=before, purged_at=None)

    # Imports

    def of_source(self, source):
        """What an import brought from *source* (its stable name)."""
        return self.filter(source=source)

    def similar_to(self, name, commune, siret=""):
        """Known ones that may be the same: of the same SIRET, or of the same name and commune
        with small differences (professionals.duplicates decides of names)."""
        from professionals.duplicates import similar

        return similar(self, name, commune, siret)
