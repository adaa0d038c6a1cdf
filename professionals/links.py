"""Links in mails: made, looked at (GET) and used up (POST).

A link is "key.secret". It works once and for a while; only the hash of its secret is kept, and
compared in constant time.
"""

import hashlib
import secrets
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import MailedLink, Professional

Purpose = MailedLink.Purpose
LIFETIMES = {
    Purpose.EDIT: timedelta(minutes=30),
    Purpose.CONFIRM: timedelta(days=60),
    Purpose.REGISTRATION: timedelta(days=14),
}
SALT = "professionals.links"


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


def create(professional, purpose):
    """A new link's token, "key.secret", for a stored Professional; what was mailed before for
    the same purpose stays as it is."""
    key, secret = secrets.token_urlsafe(9), secrets.token_urlsafe(32)
    MailedLink.objects.create(
        professional=professional,
        purpose=purpose,
        key=key,
        secret_hash=_hash(secret),
        expires_at=timezone.now() + LIFETIMES[purpose],
    )
    return f"{key}.{secret}"


def look(token, purpose):
    """The Professional that an unused link leads to; nothing is used up. Raises UnknownLink,
    UsedLink or OldLink."""
    return _found(token, purpose, MailedLink.objects).professional


@transaction.atomic
def use(token, purpose):
    """The same, and the link is used up: of two at once, one gets UsedLink."""
    link = _found(token, purpose, MailedLink.objects.select_for_update(of=("self",)))
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return link.professional


def owner(token, purpose):
    """The Professional of a link that is genuine, even if it is used or old; or None."""
    try:
        return _genuine(token, purpose, MailedLink.objects).professional
    except UnknownLink:
        return None


def cancel(professional):
    """No link that was mailed so far works any more: its address is another one now."""
    unused = MailedLink.objects.filter(professional=professional, used_at=None)
    unused.update(used_at=timezone.now())


def _genuine(token, purpose, links):
    key, _dot, secret = str(token).partition(".")
    link = None
    if len(key) <= 16 and "\0" not in key:
        link = links.filter(key=key, purpose=purpose).select_related("professional").first()
    kept = link.secret_hash if link else _hash("")
    if not secrets.compare_digest(kept, _hash(secret)) or link is None:
        raise UnknownLink
    return link


def _found(token, purpose, links):
    link = _genuine(token, purpose, links)
    if link.used_at:
        raise UsedLink
    if link.expires_at <= timezone.now():
        raise OldLink
    return link


def _hash(secret):
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def signed_address(professional, purpose):
    """What stands in the address of a form that a used link opened: the state of a long form
    without a cookie."""
    return signing.dumps([professional.pk, str(purpose)], salt=SALT)


def behind_address(text, purpose, *, even_old=False):
    """The Professional of signed_address(), within the purpose's own lifetime (*even_old*: or
    after it, for what opens nothing). Raises UnknownLink or OldLink."""
    try:
        lifetime = None if even_old else LIFETIMES[purpose]
        pk, signed_purpose = signing.loads(text, salt=SALT, max_age=lifetime)
    except signing.SignatureExpired as error:
        raise OldLink from error
    except signing.BadSignature as error:
        raise UnknownLink from error
    professional = Professional.objects.filter(pk=pk).first()
    if professional is None or signed_purpose != purpose:
        raise UnknownLink
    return professional


def forget_old(before):
    """Delete the links whose time was over *before* an aware datetime; their number."""
    return MailedLink.objects.filter(expires_at__lt=before).delete()[0]
