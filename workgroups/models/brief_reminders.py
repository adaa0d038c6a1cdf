"""What people have been reminded of about briefs, so that nobody hears it twice."""

from django.conf import settings
from django.db import models

from .briefs import IllustrationBrief
from .reminders import Reminder


class BriefReminder(models.Model):
    """One brief that stood in one person's mail on one day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="brief_reminders"
    )
    brief = models.ForeignKey(IllustrationBrief, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20, choices=Reminder.Kind.choices)
    # The day that it is about: when it was asked, when it is or was due.
    about = models.DateField()
    sent_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "brief", "kind", "sent_on"], name="one_brief_reminder_a_day"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.brief} {self.get_kind_display()}"
