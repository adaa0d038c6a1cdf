"""Links that are mailed: what the database knows of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailedLink(models.Model):
    """A link that works once, until *expires_at*. *key* finds the row; of the secret beside it
    only the SHA-256 is kept. professionals.links makes and uses them."""

    class Purpose(models.TextChoices):
        EDIT = "edit", _("change the entry")
        CONFIRM = "confirm", _("confirm the entry")
        REGISTRATION = "registration", _("go on with the registration")

    professional = models.ForeignKey(
        "professionals.Professional", on_delete=models.CASCADE, related_name="mailed_links"
    )
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    key = models.CharField(max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mailed link")
        verbose_name_plural = _("mailed links")

    def __str__(self):
        return f"{self.get_purpose_display()} ({self.made_at:%Y-%m-%d})"
