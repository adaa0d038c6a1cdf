"""Links in mails to professionals: what each is for, and for how long. How they work:
accounts/mailed_links.py."""

from datetime import timedelta

from django.core import signing

from accounts.mailed_links import (  # noqa: F401 - what using one raises
    LinkError,
    OldLink,
    UnknownLink,
    UsedLink,
)

from .models import MailedLink, Professional

Purpose = MailedLink.Purpose
LIFETIMES = {
    Purpose.EDIT: timedelta(minutes=30),
    Purpose.CONFIRM: timedelta(days=60),
    Purpose.REGISTRATION: timedelta(days=14),
}
SALT = "professionals.links"


def create(professional, purpose):
    """A new link's token, "key.secret", for a stored Professional; what was mailed before for
    the same purpose stays as it is."""
    lifetime = LIFETIMES[purpose]
    return MailedLink.objects.make(lifetime, professional=professional, purpose=purpose)


def look(token, purpose):
    """The Professional that an unused link leads to; nothing is used up. Raises UnknownLink,
    UsedLink or OldLink."""
    return _for(purpose).working(token).professional


def use(token, purpose):
    """The same, and the link is used up: of two at once, one gets UsedLink."""
    return _for(purpose).use(token).professional


def owner(token, purpose):
    """The Professional of a link that is genuine, even if it is used or old; or None."""
    try:
        return _for(purpose).genuine(token).professional
    except UnknownLink:
        return None


def cancel(professional):
    """No link that was mailed so far works any more: its address is another one now."""
    MailedLink.objects.filter(professional=professional).cancel()


def _for(purpose):
    return MailedLink.objects.filter(purpose=purpose).select_related("professional")


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
    return MailedLink.objects.forget_old(before)
