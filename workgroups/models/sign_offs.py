"""Signatures and withdrawals: rows that are written once and never changed."""

from datetime import UTC

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Max, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Revision

from .used_files import UsedFile


class AppendOnlyError(PermissionDenied):
    """Somebody tried to change or delete what is written once."""


class AppendOnlyQuerySet(models.QuerySet):
    def _refuse(self, *args, **kwargs):
        raise AppendOnlyError(
            f"{self.model._meta.label} is append-only: rows are neither changed nor deleted."
        )

    update = delete = bulk_update = _refuse
    update.queryset_only = delete.queryset_only = True


class AppendOnly(models.Model):
    """A row that code may add but neither change nor delete; the database
    refuses the same (see workgroups.triggers)."""

    objects = AppendOnlyQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.label} {self.pk} cannot be changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(f"{self._meta.label} {self.pk} cannot be deleted.")


class SignOffQuerySet(AppendOnlyQuerySet):
    def in_force(self, page_id, revision_id):
        """The signatures under that revision that no withdrawal has ended."""
        # One query: every page that a parent reads asks this.
        withdrawals = Withdrawal.objects.filter(page=page_id).order_by().values("page")
        ended = withdrawals.annotate(last=Max("last_sign_off")).values("last")
        return self.filter(page=page_id, revision=revision_id, pk__gt=Coalesce(Subquery(ended), 0))


class SignOff(AppendOnly):
    """A named professional's signature under one exact content.

    ``content`` is the whole canonical content as signed and ``content_hash``
    its SHA-256 (64 hex digits), so that what was signed can be read and
    checked even when the page has long changed. Name, profession and the
    workgroup that wrote it are copies: they stay what they were on that day.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="sign_offs")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="sign_offs")
    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, related_name="+")
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_offs"
    )
    signatory_name = models.CharField(_("name"), max_length=255)
    profession = models.CharField(_("profession"), max_length=255)
    written_by = models.CharField(_("written by"), max_length=255, blank=True)
    statement = models.TextField(_("statement"))
    content = models.JSONField(_("content as signed"))
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField(_("signed on"), default=timezone.now)
    review_due_on = models.DateField(_("to be read again on"))
    publish_at = models.DateTimeField(_("to be published at"), null=True)

    objects = SignOffQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["pk"]
        indexes = [models.Index(fields=["page", "revision"])]

    def __str__(self):
        return f"{self.signatory_name}, {self.signed_at:%Y-%m-%d}"

    @property
    def said(self):
        """Who says what of which version, and for when, as a dict that JSON can
        hold; the content has a hash of its own."""
        publish_at = self.publish_at and self.publish_at.astimezone(UTC).isoformat()
        return {
            "page": self.page_id,
            "revision": self.revision_id,
            "locale": self.locale_id,
            "signatory": self.signatory_id,
            "name": self.signatory_name,
            "profession": self.profession,
            "written_by": self.written_by,
            "statement": self.statement,
            "signed_at": self.signed_at.astimezone(UTC).isoformat(),
            "review_due_on": self.review_due_on.isoformat(),
            "publish_at": publish_at,
        }


class SignedFile(UsedFile, AppendOnly):
    """A picture or film under a signature: it is neither replaced nor deleted."""

    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="files")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(illustration=None) ^ Q(recording=None),
                name="signed_file_is_picture_or_film",
            )
        ]

    def __str__(self):
        return f"{self.sign_off}: {self.file}"


class Withdrawal(AppendOnly):
    """Why a topic was taken off, and from which signature on it may come back.

    Every signature up to ``last_sign_off`` is ended; a newer one has a higher
    number. Numbers rather than times, since clocks can go back.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="withdrawals")
    last_sign_off = models.ForeignKey(
        SignOff, on_delete=models.PROTECT, null=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="withdrawals"
    )
    reason = models.TextField(_("reason"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), default=timezone.now)

    class Meta(AppendOnly.Meta):
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.page} · {self.withdrawn_at:%Y-%m-%d}"
