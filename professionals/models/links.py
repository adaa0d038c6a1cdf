"""Links that are mailed: what the database knows of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.mailed_links import Link


class MailedLink(Link):
    """A link that leads to an entry. professionals.links makes and uses them. *email*: the address
    to which one was mailed that confirms it."""

    class Purpose(models.TextChoices):
        EDIT = "edit", _("change the entry")
        CONFIRM = "confirm", _("confirm the entry")
        REGISTRATION = "registration", _("go on with the registration")
        EMAIL = "email", _("confirm a new e-mail address")

    professional = models.ForeignKey(
        "professionals.Professional", on_delete=models.CASCADE, related_name="mailed_links"
    )
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    email = models.EmailField(blank=True)

    class Meta:
        verbose_name = _("mailed link")
        verbose_name_plural = _("mailed links")

    def __str__(self):
        return f"{self.get_purpose_display()} ({self.made_at:%Y-%m-%d})"
