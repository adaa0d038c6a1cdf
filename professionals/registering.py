"""A registration from its first page to the moderators' queue, whatever is sent twice."""

import hashlib
import secrets
from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from . import links, states
from .drafts import forget_typed
from .links import Purpose
from .mails import mail
from .missing import missing
from .models import Draft, Note, Professional
from .models.choices import State
from .states import By, IncompleteError

SALT = "professionals.registering"
# How long an empty form may stay open.
FORM_LIFETIME = timedelta(days=2)
# A second mail with the same link is sent after so long.
MAIL_AGAIN = timedelta(minutes=2)


class NumberError(Exception):
    """The form has no number of ours, or an old one."""


def number_of_form():
    """What stands hidden in an empty form, so that it makes one entry however often it is sent."""
    return signing.dumps(secrets.token_urlsafe(16), salt=SALT)


def begun(number):
    """The entry that a form with this number began, or None. Raises NumberError."""
    return _begun(_key_of(number))


def begin(number, form, language):
    """The entry that a valid WhoForm begins; the one that it began before if it was sent twice;
    None where it is refused, and then the errors stand in the form. Raises NumberError."""
    key = _key_of(number)
    try:
        with transaction.atomic():
            entry = states.start(Professional(mail_language=language), By.VISITOR).entry
            Draft.objects.create(professional=entry, key=key)
            change = form.save(entry, By.VISITOR)
            if change is None:
                transaction.set_rollback(True)
                return None
            mail(change.entry, "go_on", Purpose.REGISTRATION)
            return change.entry
    except IntegrityError:  # sent twice at the same moment
        return _begun(key)


def _key_of(number):
    try:
        secret = signing.loads(number, salt=SALT, max_age=FORM_LIFETIME)
    except signing.BadSignature as error:
        raise NumberError from error
    return hashlib.sha256(secret.encode()).hexdigest()


def _begun(key):
    draft = Draft.objects.select_related("professional").filter(key=key).first()
    return draft and draft.professional


def is_open(entry):
    """Whether its registration can still be written in."""
    return entry.state in (State.STARTED, State.CONFIRMED) and entry.purged_at is None


def was_sent(entry):
    """Whether it was sent and waits for its mail to be answered."""
    return Draft.objects.filter(professional=entry, sent_at__isnull=False).exists()


def twins_of(entry):
    """Those that may be the same: of the same SIRET, or alike in name and commune."""
    others = Professional.objects.exclude(pk=entry.pk)
    return others.similar_to(entry.name, entry.commune, entry.siret)


def send(entry, twins=()):
    """Send a registration: the mail asks to confirm the address, or, where it is confirmed, it
    goes to the moderators. *twins*: those from which it was said to differ. Raises
    IncompleteError. Whether anything was done: not twice within MAIL_AGAIN."""
    with transaction.atomic():
        entry = states.locked(entry)
        if not is_open(entry):
            return False
        if lacks := missing(entry):
            raise IncompleteError(lacks)
        draft, _made = Draft.objects.get_or_create(professional=entry)
        now = timezone.now()
        if draft.sent_at is None:
            _note_twins(entry, twins)
        elif draft.sent_at > now - MAIL_AGAIN:
            return False
        draft.sent_at = now
        draft.save(update_fields=["sent_at"])
        if entry.state == State.CONFIRMED:
            _submit(entry)
        else:
            mail(entry, "confirm", Purpose.CONFIRM)
        return True


def _note_twins(entry, twins):
    """Moderators read what was answered."""
    for twin in twins:
        text = f"Déclare être différent de : {twin} (n° {twin.pk})"
        Note.objects.get_or_create(professional=entry, author=None, text=text)


def _submit(entry):
    outcome = states.submit(entry)
    if outcome.changed:
        mail(outcome.entry, "received")
    return outcome.entry


def confirm(token):
    """Use a CONFIRM link up: a registration goes to the moderators, a published entry is right
    for another year, one that had come off is back. Returns the entry as it stands then. Raises
    LinkError and StepError, and then the link still works; what a registration lacks it lacks
    after its address is confirmed, too."""
    with transaction.atomic():
        entry = links.use(token, Purpose.CONFIRM)
        if entry.state in (State.PUBLISHED, State.EXPIRED):
            return states.confirm_yearly(entry).entry
        entry = states.confirm(entry).entry
        if missing(entry):
            return entry
        return _submit(entry) if entry.state == State.CONFIRMED else entry


def go_on(token):
    """Use a REGISTRATION link up: the entry, to be written in behind a signed address."""
    return links.use(token, Purpose.REGISTRATION)


def take(entry, form, by=By.MAIL):
    """Put a valid section on the entry: the Change, or None with the errors in the form."""
    before = entry.email
    change = form.save(entry, by)
    if change is None:
        return None
    forget_typed(entry, form.slug)
    if change.entry.email != before and is_open(change.entry):
        mail(change.entry, "go_on", Purpose.REGISTRATION)
    return change
