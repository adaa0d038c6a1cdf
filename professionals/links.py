"""Links in mails to professionals: what each is for, and for how long. How they work:
accounts/mailed_links.py."""

from datetime import timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

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
    Purpose.EMAIL: timedelta(days=14),
}
SALT = "professionals.links"


def create(professional, purpose, email=""):
    """A new link's token, "key.secret", for a stored Professional; what was mailed before for
    the same purpose stays as it is. *email*: that which an EMAIL link confirms."""
    about = {"professional": professional, "purpose": purpose, "email": email}
    return MailedLink.objects.make(LIFETIMES[purpose], **about)


def look(token, purpose):
    """The Professional that an unused link leads to; nothing is used up. Raises UnknownLink,
    UsedLink or OldLink."""
    return _for(purpose).working(token).professional


def use(token, purpose):
    """The same, and the link is used up: of two at once, one gets UsedLink."""
    return _for(purpose).use(token).professional


def use_for_email(token):
    """Use an EMAIL link up: (its Professional, the address to which it was mailed)."""
    link = _for(Purpose.EMAIL).use(token)
    return link.professional, link.email


def owner(token, purpose):
    """The Professional of a link that is genuine, even if it is used or old; or None."""
    try:
        return _for(purpose).genuine(token).professional
    except UnknownLink:
        return None


def cancel(professional, **which):
    """No link that was mailed so far works any more: its address is another one now. *which*:
    only those."""
    MailedLink.objects.filter(professional=professional, **which).cancel()


def _for(purpose):
    return MailedLink.objects.filter(purpose=purpose).select_related("professional")


def signed_address(professional, purpose):
    """What stands in the address of a form that a used link opened: the state of a long form
    without a cookie. It works as long as the entry has the e-mail address that it has now."""
    content = [professional.pk, str(purpose), _owner_mark(professional)]
    return signing.dumps(content, salt=SALT)


def behind_address(text, purpose, *, even_old=False):
    """The Professional of signed_address(), within the purpose's own lifetime (*even_old*: or
    after it, for what opens nothing). Raises UnknownLink or OldLink."""
    try:
        lifetime = None if even_old else LIFETIMES[purpose]
        pk, signed_purpose, owner_mark = signing.loads(text, salt=SALT, max_age=lifetime)
    except signing.SignatureExpired as error:
        raise OldLink from error
    except (signing.BadSignature, ValueError) as error:
        raise UnknownLink from error
    professional = Professional.objects.filter(pk=pk).first()
    if professional is None or signed_purpose != purpose:
        raise UnknownLink
    if not constant_time_compare(owner_mark, _owner_mark(professional)):
        raise OldLink  # it was opened from a mail to another address
    return professional


def _owner_mark(professional):
    """A short text that tells e-mail addresses apart and says none."""
    return salted_hmac(SALT, professional.email.lower()).hexdigest()[:16]


def forget_old(before):
    """Delete the links whose time was over *before* an aware datetime; their number."""
    return MailedLink.objects.forget_old(before)
