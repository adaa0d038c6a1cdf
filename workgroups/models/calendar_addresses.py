"""The secret address of somebody's calendar feed."""

import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_SIGNER = {"salt": "workgroups.calendar", "sep": "."}


def new_nonce():
    """128 random bits, as 32 hex digits."""
    return secrets.token_hex(16)


class CalendarAddressQuerySet(models.QuerySet):
    def behind(self, secret):
        """The CalendarAddress that ``secret`` names, or None: a forged or renewed
        one, or one of somebody whose account is closed."""
        try:
            nonce = Signer(**_SIGNER).unsign(secret)
        except BadSignature:
            return None
        found = self.filter(nonce=nonce, user__is_active=True).select_related("user")
        return found.first()


class CalendarAddress(models.Model):
    """The address at which somebody's calendar program reads her meetings.

    The secret is ``nonce``, signed: whoever reads the database, or a copy of it,
    cannot make the address without the site's key.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_address"
    )
    nonce = models.CharField(max_length=32, unique=True, default=new_nonce)
    since = models.DateTimeField(default=timezone.now)

    objects = CalendarAddressQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self):
        return str(self.user)

    @property
    def secret(self):
        """What stands in the address."""
        return Signer(**_SIGNER).sign(self.nonce)

    def renew(self):
        """Take another secret: the old address names nothing from now on."""
        self.nonce, self.since = new_nonce(), timezone.now()
        self.save(update_fields=["nonce", "since"])
