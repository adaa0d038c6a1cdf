"""What the group wants changed in a topic, said and answered beside the text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .groups import Membership
from .meetings import Decision
from .records import EditorialRecord, oversees

LONGEST = 1000  # characters


class RemarkQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at=None)

    def of(self, workgroup):
        """On the topics that are this group's now."""
        return self.filter(record__workgroup=workgroup)

    def late(self, on=None):
        """Open after their due date, on the date ``on`` (today)."""
        return self.open().filter(due_on__lt=on or timezone.localdate())

    def awaiting(self, user):
        """Open ones with a due date, on the topics of her groups; for those who
        oversee, on the topics that have nobody else."""
        reach = Q(record__in=EditorialRecord.objects.of_members_group(user).values("pk"))
        if oversees(user):
            able = Membership.objects.can_act().values("workgroup")
            reach |= ~Q(record__workgroup__in=able)
        return self.open().filter(reach, due_on__isnull=False).order_by("due_on", "pk")

    def in_order(self):
        """Open ones first, what is due first on top; the others by their answer."""
        due = models.F("due_on").asc(nulls_last=True)
        done = models.F("done_at").desc(nulls_first=True)
        return self.order_by(done, due, "pk").select_related("author", "done_by")


class Remark(models.Model):
    """One thing to look at in a topic. It changes nothing in the text, so it may
    be made and answered at any stage."""

    record = models.ForeignKey(EditorialRecord, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField(_("remark"), max_length=LONGEST)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="remarks"
    )
    created_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    # One to one: a decision becomes a remark once.
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="remark"
    )
    answer = models.TextField(_("answer"), max_length=LONGEST, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = RemarkQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]

    def __str__(self):
        return self.text

    @property
    def is_open(self):
        return self.done_at is None

    @property
    def is_late(self):
        return bool(self.is_open and self.due_on and self.due_on < timezone.localdate())
