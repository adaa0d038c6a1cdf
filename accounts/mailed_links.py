"""Links in mails for people without an account: made, looked at (GET) and used up (POST).

A link is "key.secret". It works once and for a while; only the hash of its secret is kept, and
compared in constant time. Each room has a model of its own, which says what a link leads to.
"""

import hashlib
import secrets

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _


class LinkError(Exception):
    """This link does not work; str() is a sentence for whoever pressed it."""


class UnknownLink(LinkError):  # noqa: N818
    """Mistyped, tampered with, or for something else."""

    def __str__(self):
        return _("This link is not complete. Open it from the mail once more.")


class UsedLink(LinkError):  # noqa: N818
    """It was used before."""

    def __str__(self):
        return _("This link was used already. Ask for a new one.")


class OldLink(LinkError):  # noqa: N818
    """Its time is over."""

    def __str__(self):
        return _("This link is too old. Ask for a new one.")


class LinkQuerySet(models.QuerySet):
    def make(self, lifetime, **fields):
        """A new link's token, "key.secret", that works for *lifetime*, a timedelta; what was
        mailed before stays as it is. *fields*: what it leads to."""
        key, secret = secrets.token_urlsafe(9), secrets.token_urlsafe(32)
        expires_at = timezone.now() + lifetime
        self.create(key=key, secret_hash=_hash(secret), expires_at=expires_at, **fields)
        return f"{key}.{secret}"

    def genuine(self, token):
        """The link of a token, even if it is used or old. Raises UnknownLink."""
        key, _dot, secret = str(token).partition(".")
        link = None
        if len(key) <= 16 and "\0" not in key:
            link = self.filter(key=key).first()
        kept = link.secret_hash if link else _hash("")
        if not secrets.compare_digest(kept, _hash(secret)) or link is None:
            raise UnknownLink
        return link

    def working(self, token):
        """The link of a token; nothing is used up. Raises UnknownLink, UsedLink or OldLink."""
        link = self.genuine(token)
        if link.used_at:
            raise UsedLink
        if link.expires_at <= timezone.now():
            raise OldLink
        return link

    @transaction.atomic
    def use(self, token):
        """The same, and the link is used up: of two at once, one gets UsedLink."""
        link = self.select_for_update(of=("self",)).working(token)
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        return link

    def cancel(self):
        """None of these works any more."""
        self.filter(used_at=None).update(used_at=timezone.now())

    def forget_old(self, before):
        """Delete those whose time was over *before* an aware datetime; their number."""
        return self.filter(expires_at__lt=before).delete()[0]


class Link(models.Model):
    """A link that works once, until *expires_at*. *key* finds the row; of the secret beside it
    only the SHA-256 is kept."""

    key = models.CharField(max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        abstract = True


def _hash(secret):
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
