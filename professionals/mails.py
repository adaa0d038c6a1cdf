"""Mails to the professionals themselves, in the language in which they registered.

Links are made when a mail is written: no queue of tasks holds one that opens something.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task

from . import links
from .links import LIFETIMES, Purpose
from .models import Contact, Draft, Professional
from .models.choices import State

ADDRESSES = {
    Purpose.REGISTRATION: "register_go_on",
    Purpose.CONFIRM: "professional_confirm",
    Purpose.EDIT: "change_link",
    Purpose.EMAIL: "email_link",
}
# More entries than that of one address are asked for one by one.
MOST_ENTRIES = 20


def absolute(name, *args):
    """The full address of the URL *name*, in the language being read."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=args)


def recipient_of(entry):
    """Where mails about an entry go: its own address, or that of a contact person; or ""."""
    if entry.email:
        return entry.email
    contact = Contact.objects.filter(professional_id=entry.pk).exclude(email="").first()
    return contact.email if contact else ""


def mail(entry, template, purpose=None, to=None, **context):
    """Send one of templates/professionals/mails/ about a stored entry once the present
    transaction is through; its first line is the subject. *purpose*: that of the link in it;
    *to*: an address other than recipient_of(); *context*: what JSON can hold."""
    asked = {"pk": entry.pk, "template": template, "purpose": purpose and str(purpose)}
    transaction.on_commit(lambda: send_entry_mail.enqueue(**asked, to=to, context=context))


@task(backend="slow")
def send_entry_mail(pk, template, purpose, to, context):
    """Write and send one mail about the Professional *pk*; see mail()."""
    entry = Professional.objects.filter(pk=pk).first()
    if entry is None or entry.purged_at:
        return
    to = to or recipient_of(entry)
    if not to:
        return
    if purpose == Purpose.EMAIL and not Draft.objects.filter(professional=pk, email=to).exists():
        return  # meanwhile it is to be another one
    with override(entry.mail_language):
        url = _link_of(entry, Purpose(purpose), to) if purpose else ""
        _send(to, template, {**context, "entry": entry, "url": url})


def mail_links(text, language):
    """Mail a link to each entry that *text* means (an e-mail address, or the slug of an entry),
    whether there is one or none: the request itself never knows."""
    send_links.enqueue(text=text, language=language)


@task(backend="slow")
def send_links(text, language):
    """Send the mail of mail_links()."""
    entries = Professional.objects.filter(purged_at=None)
    if "@" in text:
        entries = entries.filter(email__iexact=text).order_by("-changed_at")[:MOST_ENTRIES]
    else:
        entries = entries.filter(slug=text)
    by_address = {}
    for entry in entries:
        by_address.setdefault(recipient_of(entry).lower(), []).append(entry)
    for to, found in by_address.items():
        with override(found[0].mail_language or language):
            rows = [_row(entry) for entry in found]
            if to:
                _send(
                    to, "change_links", {"rows": rows, "new_url": absolute("register_professional")}
                )


def _row(entry):
    """What the mail of a link says of one entry: with the press that it waits for, if it does."""
    confirms = entry.awaits_confirmation
    return {
        "entry": entry,
        "url": _link_of(entry, _purpose(entry)),
        "confirm_url": _link_of(entry, Purpose.CONFIRM) if confirms else "",
    }


def _purpose(entry):
    is_begun = entry.state in (State.STARTED, State.CONFIRMED)
    return Purpose.REGISTRATION if is_begun else Purpose.EDIT


def _link_of(entry, purpose, to=""):
    email = to if purpose == Purpose.EMAIL else ""
    return absolute(ADDRESSES[purpose], links.create(entry, purpose, email))


def _send(to, template, context):
    lifetimes = {
        "edit_minutes": LIFETIMES[Purpose.EDIT].seconds // 60,
        "confirm_days": LIFETIMES[Purpose.CONFIRM].days,
        "go_on_days": LIFETIMES[Purpose.REGISTRATION].days,
        "email_days": LIFETIMES[Purpose.EMAIL].days,
    }
    context = {**lifetimes, "change_url": absolute("change_request"), **context}
    text = render_to_string(f"professionals/mails/{template}.txt", context)
    # The first empty line ends the subject: a name may hold a line's end of its own.
    subject, _sep, body = text.strip().partition("\n\n")
    EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[to]).send()
