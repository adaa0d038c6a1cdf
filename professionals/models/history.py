"""What happened to an entry (append-only), and what people reported."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **values):
        """Nothing but the reason may go, once it is personal data of the past."""
        if values != {"reason": ""}:
            raise PermissionDenied("The history of an entry is only added to.")
        return super().update(**values)

    update.alters_data = True


class EntryEvent(models.Model):
    """One step of an entry. *details*: names of fields and counts, never what they hold."""

    class What(models.TextChoices):
        STARTED = "started", _("registration started")
        CONFIRMED = "confirmed", _("e-mail address confirmed")
        SUBMITTED = "submitted", _("sent for review")
        CLAIMED = "claimed", _("taken on")
        RELEASED = "released", _("given back")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        PUBLISHED = "published", pgettext_lazy("an entry", "published")
        CHANGED = "changed", _("changed")
        CHANGE_ASKED = "change_asked", _("change sent for review")
        EMAIL_ASKED = "email_asked", _("new e-mail address, to be confirmed")
        CHANGE_ACCEPTED = "change_accepted", _("change accepted")
        CHANGE_REFUSED = "change_refused", _("change refused")
        LOOKED_AT = "looked_at", _("change looked at")
        CONSENTED = "consented", _("consents changed")
        YEARLY = "yearly", _("confirmed for another year")
        REMINDED = "reminded", _("reminded to confirm")
        MODERATORS_ASKED = (
            "moderators_asked",
            _("no e-mail address: moderators asked to confirm it"),
        )
        OVERDUE = "overdue", _("marked as not confirmed")
        EXPIRED = "expired", _("taken off: not confirmed")
        CAME_BACK = "came_back", _("back in the directory")
        WITHDRAWN = "withdrawn", pgettext_lazy("an entry", "withdrawn")
        REPORTED = "reported", _("reported as wrong")
        REPORTS_CLOSED = "reports_closed", _("reports closed")
        VERIFIED = "verified", _("verified")
        IMPORTED = "imported", _("imported")
        PURGED = "purged", _("personal data deleted")

    class By(models.TextChoices):
        PERSON = "person", _("a moderator")
        MAIL = "mail", _("by mail")
        VISITOR = "visitor", _("a visitor")
        MACHINE = "machine", _("by itself")
        IMPORT = "import", _("an import")

    professional = models.ForeignKey(
        "professionals.Professional", on_delete=models.CASCADE, related_name="events"
    )
    what = models.CharField(max_length=20, choices=What.choices)
    by = models.CharField(max_length=10, choices=By.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True, max_length=2000)
    details = models.JSONField(default=dict, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an entry")
        verbose_name_plural = _("steps of entries")
        ordering = ["at", "pk"]

    def __str__(self):
        return str(self.get_what_display())

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise PermissionDenied("The history of an entry is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise PermissionDenied("The history of an entry is only added to.")


class EntryReportQuerySet(models.QuerySet):
    def open(self):
        """Those that no moderator has answered yet."""
        return self.filter(closed_at=None)


class EntryReport(models.Model):
    """Somebody says that an entry is wrong. *sender*: a hash that tells two senders apart on
    one day, and never who they are."""

    class Why(models.TextChoices):
        GONE = "gone", _("It is closed or has moved.")
        CONTACT = "contact", _("The telephone, e-mail or website is wrong.")
        HOURS = "hours", _("The opening hours are wrong.")
        PLACE = "place", _("The address or the point on the map is wrong.")
        OTHER = "other", _("Something else is wrong.")

    professional = models.ForeignKey(
        "professionals.Professional", on_delete=models.CASCADE, related_name="reports"
    )
    why = models.CharField(_("what is wrong"), max_length=10, choices=Why.choices)
    words = models.TextField(_("in words"), blank=True, max_length=600)
    sender = models.CharField(max_length=64, editable=False)
    reported_on = models.DateField(_("reported on"))
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = EntryReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report about an entry")
        verbose_name_plural = _("reports about entries")
        ordering = ["reported_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["professional", "sender", "reported_on"],
                name="professionals_one_report_a_day",
            )
        ]

    def __str__(self):
        return str(self.get_why_display())
