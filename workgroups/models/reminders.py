"""What people have been reminded of, so that nobody hears it twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .records import EditorialRecord


class Reminder(models.Model):
    """One thing that stood in one person's mail on one day."""

    class Kind(models.TextChoices):
        NEW = "new"
        DUE_SOON = "due_soon"
        LATE = "late"
        REVIEW_SOON = "review_soon"  # in two months
        REVIEW_NEAR = "review_near"  # in two weeks
        REVIEW_DUE = "review_due"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders"
    )
    record = models.ForeignKey(EditorialRecord, on_delete=models.CASCADE, related_name="reminders")
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
                fields=["user", "record", "kind", "sent_on"], name="one_reminder_a_day"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.record} {self.get_kind_display()}"
