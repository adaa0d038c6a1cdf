"""A new e-mail address of an entry: the one that it has stays until the new one is confirmed by
the link that was mailed there. So no typing mistake gives an entry away, or locks anybody out."""

from . import links
from .links import Purpose
from .mails import mail
from .models import Draft
from .models.choices import State
from .states import By, What, record


def waiting(entry):
    """The address of a Professional that waits for its confirmation, or ""."""
    found = Draft.objects.filter(professional=entry.pk).values_list("email", flat=True).first()
    return found or ""


def has_to_wait(entry, by):
    """Whether a change of the address by *by* (see professionals.states) counts only later: of
    what moderators write nobody has to be asked, and of a registration that was just begun
    nothing was confirmed."""
    return by in (By.MAIL, By.VISITOR) and entry.state != State.STARTED


def ask(entry, email, by):
    """Let *email* wait: a link that confirms it is mailed there, and the present address is told.
    False where it waits already, and nothing is done."""
    if waiting(entry) == email:
        return False
    _put(entry, email)
    record(entry, What.EMAIL_ASKED, by)
    send_again(entry)
    mail(entry, "email_asked", Purpose.EDIT, new=email)
    return True


def send_again(entry):
    """Mail the link to the address that waits, if one does, once more."""
    if email := waiting(entry):
        mail(entry, "email_confirm", Purpose.EMAIL, to=email)


def forget(entry):
    """No other address waits any more."""
    if waiting(entry):
        _put(entry, "")


def _put(entry, email):
    Draft.objects.update_or_create(professional=entry, defaults={"email": email})
    links.cancel(entry, purpose=Purpose.EMAIL)
