"""When a group meets, who came, what was decided, and the hours that people give."""

import uuid
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .groups import Workgroup
from .records import EditorialRecord, oversees

MINUTES = timedelta(minutes=1)
SHORTEST, LONGEST = 15, 12 * 60  # minutes
MOST_HOURS = 24  # that one person gives at a time
HUNDREDTH = Decimal("0.01")


def groups_open_to(user):
    """The groups whose meetings and hours ``user`` reads: all of them for those
    who oversee, her own otherwise."""
    return Workgroup.objects.all() if oversees(user) else Workgroup.objects.of(user)


class MeetingQuerySet(models.QuerySet):
    def of(self, workgroup):
        return self.filter(workgroup=workgroup)

    def visible_to(self, user):
        """The meetings of her groups; all for those who oversee."""
        return self.filter(workgroup__in=groups_open_to(user).values("pk"))

    def coming(self, now=None):
        """Not over yet, the next one first; cancelled ones too."""
        return self.filter(ends_at__gt=now or timezone.now()).order_by("starts_at", "pk")

    def past(self, now=None):
        """Over, the last one first; cancelled ones too."""
        return self.filter(ends_at__lte=now or timezone.now()).order_by("-starts_at", "-pk")

    def held(self):
        """Without those that were cancelled."""
        return self.filter(cancelled_at=None)


class Meeting(models.Model):
    """A workgroup meets, in a place, by video, or both.

    ``uid`` and ``sequence`` are what calendars know it by (RFC 5545): the one
    never changes, the other rises with each change.
    """

    workgroup = models.ForeignKey(
        Workgroup,
        verbose_name=gettext_lazy("workgroup"),
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    title = models.CharField(gettext_lazy("title"), max_length=120, blank=True)
    starts_at = models.DateTimeField(gettext_lazy("begins"))
    minutes = models.PositiveSmallIntegerField(
        gettext_lazy("length in minutes"),
        default=120,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
    )
    # Kept by save(), so that every database finds what is over.
    ends_at = models.DateTimeField(editable=False, db_index=True)
    place = models.CharField(gettext_lazy("place"), max_length=200, blank=True)
    video_url = models.URLField(
        gettext_lazy("video address"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    agenda = models.TextField(gettext_lazy("agenda"), max_length=5000, blank=True)
    topics = models.ManyToManyField(
        EditorialRecord,
        verbose_name=gettext_lazy("topics"),
        related_name="meetings",
        blank=True,
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="meetings_made",
        editable=False,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="meetings_cancelled",
        editable=False,
    )
    cancel_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = gettext_lazy("meeting")
        verbose_name_plural = gettext_lazy("meetings")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["workgroup", "starts_at"])]

    def __str__(self):
        day = date_format(timezone.localtime(self.starts_at), "j F Y, H:i")
        return f"{self.name}, {day}"

    def save(self, **kwargs):
        self.ends_at = self.starts_at + self.minutes * MINUTES
        super().save(**kwargs)

    @property
    def name(self):
        """Its title, or whose meeting it is."""
        return self.title or _("Meeting of the group “%(group)s”") % {"group": self.workgroup}

    @property
    def is_cancelled(self):
        return self.cancelled_at is not None

    @property
    def has_begun(self):
        return self.starts_at <= timezone.now()

    @property
    def is_over(self):
        return self.ends_at <= timezone.now()

    @property
    def has_minutes(self):
        """Whether somebody is down as having come, or something as decided."""
        return self.attendance.exists() or self.decisions.exists()

    @property
    def hours(self):
        """Its length in hours, a Decimal with two places."""
        return (Decimal(self.minutes) / 60).quantize(HUNDREDTH)

    def own_topics(self):
        """The records of its topics that are still the group's: one that was
        given to another group is that group's alone."""
        own = self.topics.filter(workgroup=self.workgroup_id)
        return own.select_related("page").order_by("page__draft_title", "pk")


class Invitation(models.Model):
    """Somebody has been told of a meeting, as it was at ``sequence``."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    sequence = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = gettext_lazy("invitation")
        verbose_name_plural = gettext_lazy("invitations")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="one_invitation_each")
        ]

    def __str__(self):
        return f"{self.user}: {self.meeting}"


class Decision(models.Model):
    """What was decided at a meeting; it may become a Remark on a topic, once."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    text = models.TextField(gettext_lazy("decision"), max_length=1000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = gettext_lazy("decision")
        verbose_name_plural = gettext_lazy("decisions")
        ordering = ["meeting", "pk"]

    def __str__(self):
        return self.text


class GivenHoursQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(workgroup__in=groups_open_to(user).values("pk"))

    def totals(self):
        """One dict per person and group: ``person``, ``profession``, ``group``,
        ``meetings`` (how many), ``at_meetings``, ``apart`` and ``hours`` (Decimal)."""
        rows = self.order_by().values("user", "workgroup")
        rows = rows.annotate(
            person=models.F("user__display_name"),
            profession=models.F("user__profession"),
            group=models.F("workgroup__name"),
            meetings=Count("meeting"),
            at_meetings=Sum("hours", filter=Q(meeting__isnull=False), default=Decimal()),
            apart=Sum("hours", filter=Q(meeting=None), default=Decimal()),
            total=Sum("hours"),
        )
        return rows.order_by("group", "person", "user")


class GivenHours(models.Model):
    """The hours that somebody gave to a group: at a meeting to which she came, or
    apart from one, as for reading at home."""

    workgroup = models.ForeignKey(
        Workgroup,
        verbose_name=gettext_lazy("workgroup"),
        on_delete=models.PROTECT,
        related_name="given_hours",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("person"),
        on_delete=models.PROTECT,
        related_name="given_hours",
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    day = models.DateField(gettext_lazy("day"))
    hours = models.DecimalField(
        gettext_lazy("hours"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.25")), MaxValueValidator(MOST_HOURS)],
    )
    note = models.CharField(gettext_lazy("for what"), max_length=200, blank=True)

    objects = GivenHoursQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = gettext_lazy("given hours")
        verbose_name_plural = gettext_lazy("given hours")
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["workgroup", "day"])]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(meeting__isnull=False),
                name="one_attendance_each",
            )
        ]

    def __str__(self):
        return f"{self.user} · {self.workgroup} · {self.day} · {self.hours} h"
