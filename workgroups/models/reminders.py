"""What people have been reminded of, so that nobody hears it twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .briefs import IllustrationBrief
from .records import EditorialRecord
from .remarks import Remark


class Reminder(models.Model):
    """One thing that stood in one person's mail on one day."""

    class Kind(models.TextChoices):
        NEW = "new"
        DUE_SOON = "due_soon"
        LATE = "late"
        REVIEW_SOON = "review_soon"  # in two months
        REVIEW_NEAR = "review_near"  # in two weeks
        REVIEW_DUE = "review_due"
        REMARK_SOON = "remark_soon"
        REMARK_LATE = "remark_late"
        BRIEF_CHANGED = "brief_changed"
        BRIEF_CLOSED = "brief_closed"  # accepted or given up

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders"
    )
    record = models.ForeignKey(EditorialRecord, on_delete=models.CASCADE, related_name="reminders")
    # Which one on that topic, where it is about a remark or about a picture to draw.
    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, null=True, related_name="+")
    brief = models.ForeignKey(
        IllustrationBrief, on_delete=models.CASCADE, null=True, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    # The day that it is about: since when it waits, when it is or was due.
    about = models.DateField()
    sent_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "record", "kind", "sent_on"],
                condition=models.Q(remark=None, brief=None),
                name="one_reminder_a_day",
            ),
            models.UniqueConstraint(
                fields=["user", "remark", "kind", "sent_on"],
                condition=models.Q(remark__isnull=False),
                name="one_reminder_of_a_remark_a_day",
            ),
            models.UniqueConstraint(
                fields=["user", "brief", "kind", "sent_on"],
                condition=models.Q(brief__isnull=False),
                name="one_reminder_of_a_brief_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.record} {self.get_kind_display()}"
