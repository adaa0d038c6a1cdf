"""What a professional has typed and what is not accepted yet."""

import secrets

from django.db import models

from media.models import Illustration


class Draft(models.Model):
    """The form of one entry on its way. *key*: the hash of the number of the empty form that a
    registration began with (or anything), so that a form that is sent again makes no second
    entry; *typed*: {section: {field: [texts]}} of sections that could not be taken yet;
    *picture*: one that was sent with such a section; *email*: a new address that counts once it
    is confirmed; *sent_at*: when the registration was sent, to the address that it has now."""

    professional = models.OneToOneField(
        "professionals.Professional", on_delete=models.CASCADE, related_name="draft"
    )
    key = models.CharField(max_length=64, unique=True, default=secrets.token_hex)
    typed = models.JSONField(default=dict, blank=True)
    picture = models.ForeignKey(
        Illustration, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    sent_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.professional}"
