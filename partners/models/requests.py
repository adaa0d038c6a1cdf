"""Institutions that ask to become partners, and the links that are mailed."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mailed_links import Link

from .partners import Partner, departement_choices

# How long a request that nobody has confirmed is kept, and one that was decided on.
UNCONFIRMED_KEPT = timedelta(days=14)
DECIDED_KEPT = timedelta(days=365)
# One that nobody has decided on: whoever asked does not wait any more.
WAITING_KEPT = timedelta(days=365)


class PartnerRequestQuerySet(models.QuerySet):
    def waiting(self):
        """Those on which somebody has to decide, the oldest first."""
        return self.filter(state=PartnerRequest.State.WAITING).order_by("confirmed_at", "pk")

    def to_purge(self, now=None):
        """Those whose personal data goes: never confirmed, or waiting or decided on for long."""
        now = now or timezone.now()
        states = PartnerRequest.State
        return self.filter(
            Q(state=states.UNCONFIRMED, created_at__lt=now - UNCONFIRMED_KEPT)
            | Q(state=states.WAITING, confirmed_at__lt=now - WAITING_KEPT)
            | Q(state__in=states.decided(), decided_at__lt=now - DECIDED_KEPT)
        )


class PartnerRequest(models.Model):
    """An institution asks to show topics in its pages. partners.requests leads it from state to
    state."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("not confirmed")
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

        @classmethod
        def decided(cls):
            return [cls.ACCEPTED, cls.REFUSED]

    # Made of the number in the form, so that a form makes one request however often it is sent.
    number = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.UNCONFIRMED
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Partner.Kind.choices)
    departement = models.CharField(
        _("département"), max_length=3, choices=departement_choices, blank=True
    )
    contact_name = models.CharField(_("contact"), max_length=120)
    contact_email = models.EmailField(_("contact’s e-mail"))
    # One in each line, as partners.origins.parse takes them.
    origins = models.TextField(_("addresses of its sites"))
    purpose = models.TextField(_("what for"))
    # In which it was written, for the mails about it.
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PartnerRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request of an institution")
        verbose_name_plural = _("requests of institutions")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "confirmed_at"], name="partners_request_waits")]

    def __str__(self):
        return self.name


class PartnerLink(Link):
    """A link to a partner's own page, or to confirm a request.
    partners.links makes and uses them."""

    partner = models.ForeignKey(Partner, null=True, on_delete=models.CASCADE, related_name="+")
    # A link outlives its request, to say that it is too old.
    request = models.ForeignKey(
        PartnerRequest, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("mailed link of a partner")
        verbose_name_plural = _("mailed links of partners")

    def __str__(self):
        return f"{self.partner or self.request or self.key} ({self.made_at:%Y-%m-%d})"
