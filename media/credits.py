"""Who made something, and what one may do with it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .rules import Licence


class Credited(models.Model):
    """Who made a file, and what one may do with it."""

    credit_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by, with an account here"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    credit_name = models.CharField(
        _("name of who made it"),
        max_length=150,
        blank=True,
        help_text=_(
            "As parents read it. Leave empty if you choose an account: "
            "its name is then copied here."
        ),
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices)
    licence_text = models.CharField(
        _("which licence"),
        max_length=255,
        blank=True,
        help_text=_("Only for another licence: its name, and where to read it."),
    )
    licence_until = models.DateField(
        _("licence valid until"),
        null=True,
        blank=True,
        help_text=_("Leave empty if it does not end."),
    )

    credit_fields = (
        "credit_user",
        "credit_name",
        "licence",
        "licence_text",
        "licence_until",
    )

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        # A copy: what was signed must not change with the person's name.
        if self.credit_user and not self.credit_name:
            self.credit_name = str(self.credit_user)
            if update_fields is not None:
                update_fields = {*update_fields, "credit_name"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def clean(self):
        super().clean()
        if not self.credit_user and not self.credit_name.strip():
            raise ValidationError(
                {"credit_name": _("Say who made it: choose an account or write a name.")}
            )
        if self.licence == Licence.OTHER and not self.licence_text.strip():
            raise ValidationError({"licence_text": _("Say which licence it is.")})

    @property
    def credit(self):
        """The name that stands beside the file, or "" while unknown."""
        return self.credit_name
