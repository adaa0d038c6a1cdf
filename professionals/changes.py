"""A change of an entry: what goes out at once, and what a moderator sees first."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import links, new_email, states
from .links import Purpose
from .mails import mail, recipient_of
from .models import Draft, EntryEvent, Professional
from .reviewed import AT_ONCE, CHANGEABLE, LISTS, REVIEWED
from .states import (
    CHECKED_STATES,
    By,
    Outcome,
    StepError,
    What,
    decided,
    locked,
    publish_accepted,
    record,
    refuse_if_claimed,
    step,
)
from .versions import keep_version, last_decision


@dataclass(frozen=True)
class Change:
    """What became of a change: the *entry* as it stands, the names of the fields that changed
    *at_once*, of those that wait *for_review*, until their owner confirms them (*to_confirm*), or
    were *left* as they are."""

    entry: Professional
    at_once: tuple = ()
    for_review: tuple = ()
    to_confirm: tuple = ()
    left: tuple = ()

    @property
    def changed(self):
        return bool(self.at_once or self.for_review or self.to_confirm)


def differing(entry, cleaned):
    """The names of the fields of which *cleaned* ({name: value}) differs from the entry."""
    found = []
    for name, value in cleaned.items():
        if name in LISTS:
            now = {one.pk for one in getattr(entry, name).all()}
            if now != {one.pk for one in value}:
                found.append(name)
        elif getattr(entry, name) != value:
            found.append(name)
    return found


def put(entry, cleaned, names):
    """Write the fields *names* of *cleaned* on an entry, without storing it."""
    for name in names:
        if name in LISTS:
            getattr(entry, name).set(cleaned[name])
        else:
            setattr(entry, name, cleaned[name])


def apply_change(entry, cleaned, by, *, email_is_confirmed=False):
    """Change a stored entry to *cleaned*, {name: value} of fields in CHANGEABLE, as form fields
    give them. *by*: as for professionals.states.

    Before it is accepted everything is changed at once. Afterwards what is REVIEWED waits as a
    revision while the entry stays as it is, and the rest goes out and is listed for moderators.
    A second change adds to one that waits; what is put back as it was waits no longer. A
    moderator's own change waits for nobody, and what waits is what its professional wished for
    besides. Another e-mail address waits until it is confirmed
    (new_email), unless *email_is_confirmed*; no import changes it. Returns a Change; raises
    ValidationError by field, and then nothing is changed.
    """
    if unknown := cleaned.keys() - CHANGEABLE:
        raise ValueError(f"not a field to change: {', '.join(sorted(unknown))}")
    with transaction.atomic():
        entry = locked(entry)
        if entry.purged_at:
            raise StepError(_("Its data was deleted: it has to be registered anew."))
        reviews = entry.state in CHECKED_STATES and isinstance(by, str)
        waiting = entry.waiting_change() if reviews else None
        version = waiting or Professional.objects.get(pk=entry.pk)
        put(version, cleaned, cleaned)
        version.full_clean(exclude=not_checked(cleaned))
        # As they are kept: a telephone or hours in another form are no change.
        cleaned = {name: _value(version, name) for name in cleaned}
        to_confirm, left = (), ()
        if "email" in cleaned and not email_is_confirmed:
            to_confirm, left = _email_aside(entry, cleaned, by)
            version.email = cleaned.get("email", entry.email)
        now = differing(entry, {n: cleaned[n] for n in cleaned if n in AT_ONCE or not reviews})
        if now:
            if reviews and entry.needs_look_at is None:
                entry.needs_look_at = timezone.now()
                keep_version(entry, entry.needs_look_at)
            wished = () if reviews else waiting_fields(entry)
            put(entry, cleaned, now)
            if "email" in now:
                _belongs_to_another_address(entry)
            entry.save()
            record(entry, What.CHANGED, by, details={"fields": sorted(now)})
            if wished:
                _wish_for_nothing_else(entry, wished, now)
        later = _for_review(entry, version, cleaned, by) if reviews else ()
        return Change(_published(entry, by), tuple(sorted(now)), later, to_confirm, left)


def _email_aside(entry, cleaned, by):
    """Take an e-mail address that does not count yet out of *cleaned*: ((name), ()) where it is to
    be confirmed, ((), (name)) where it is left as it is."""
    if cleaned["email"] == entry.email:
        new_email.forget(entry)
    elif by == By.IMPORT:
        del cleaned["email"]
        return (), ("email",)
    elif new_email.has_to_wait(entry, by):
        return ("email",) if new_email.ask(entry, cleaned.pop("email"), by) else (), ()
    return (), ()


def _belongs_to_another_address(entry):
    """Whoever reads the other one opens nothing any more."""
    links.cancel(entry)
    Draft.objects.filter(professional=entry).update(sent_at=None, email="")
    if entry.email:
        states.need_no_moderator(entry)


def confirm_email(token):
    """Use an EMAIL link up: the address to which it was mailed is the entry's from now on, and the
    one before is told. Returns the entry. Raises LinkError, StepError or ValidationError, and
    then the link still works."""
    with transaction.atomic():
        entry, email = links.use_for_email(token)
        if new_email.waiting(entry) != email:
            raise links.OldLink
        before = recipient_of(entry)
        change = apply_change(entry, {"email": email}, By.MAIL, email_is_confirmed=True)
        if change.changed and before:
            # It may undo that, for as long as any link works that changes something.
            mail(change.entry, "email_changed", Purpose.EDIT, to=before, new=email)
        return change.entry


def _published(entry, by):
    """The entry, online if a change has made of an accepted one what may be listed."""
    published = publish_accepted(entry, by)
    return published.entry if published else entry


def not_checked(names):
    """The fields that full_clean() need not look at: entries may still lack some."""
    checked = {*names, "latitude", "longitude"}
    return [f.name for f in Professional._meta.get_fields() if f.name not in checked]


def _for_review(entry, version, cleaned, by):
    """Keep a *version* whose reviewed fields are changed as a revision; the names of those of
    *cleaned* that wait now and did not, or not so, before."""
    waiting = entry.waiting_change() or entry
    wanted = {name: value for name, value in cleaned.items() if name in REVIEWED}
    new = sorted(differing(waiting, wanted))
    if not new:
        return ()
    if not waiting_fields(entry, version):
        _nothing_waits(entry)
        return ()
    revision = version.save_revision(clean=False)
    entry.latest_revision, entry.has_unpublished_changes = revision, True
    entry.change_asked_at = entry.change_asked_at or timezone.now()
    entry.queued_at = entry.queued_at or timezone.now()
    fields = ["latest_revision", "has_unpublished_changes", "change_asked_at", "queued_at"]
    entry.save(update_fields=fields)
    record(entry, What.CHANGE_ASKED, by, details={"fields": new})
    return tuple(new)


def waiting_fields(entry, version=None):
    """The names of the fields that a waiting change would change, in the order of REVIEWED; []
    where none waits."""
    version = version or entry.waiting_change()
    if version is None:
        return []
    return differing(entry, {name: _value(version, name) for name in REVIEWED})


def _wish_for_nothing_else(entry, wished, changed):
    """A moderator *changed* an entry of which a change waits for the fields *wished*: whoever
    accepts that puts nothing else back as it was."""
    version = entry.waiting_change()
    others = [name for name in changed if name in REVIEWED and name not in wished]
    put(version, {name: _value(entry, name) for name in others}, others)
    if not waiting_fields(entry, version):
        _nothing_waits(entry)
    elif others:
        entry.latest_revision = version.save_revision(clean=False)
        entry.save(update_fields=["latest_revision"])


def _value(version, name):
    return list(getattr(version, name).all()) if name in LISTS else getattr(version, name)


def _nothing_waits(entry):
    entry.change_asked_at = None
    entry.has_unpublished_changes = False
    decided(entry)
    entry.save()


@step
def accept_change(entry, by, reason=""):
    """What waits goes on the entry; what was changed at once meanwhile stays."""
    refuse_if_claimed(entry, by)
    version = entry.waiting_change()
    if version is None:
        return Outcome(entry, False)
    names = waiting_fields(entry, version)
    put(entry, {name: _value(version, name) for name in names}, names)
    try:
        entry.full_clean(exclude=not_checked(names))
    except ValidationError as error:  # beside what a moderator has changed since
        raise StepError(" ".join(error.messages)) from error
    entry.is_verified = True
    _nothing_waits(entry)
    event = record(entry, What.CHANGE_ACCEPTED, by, reason, {"fields": names})
    return Outcome(_published(entry, by), True, event)


@step
def refuse_change(entry, by, reason):
    """What waits is put aside, for a *reason* that the professional is told; the entry stays."""
    refuse_if_claimed(entry, by)
    if entry.waiting_change() is None:
        return Outcome(entry, False)
    if not reason.strip():
        raise StepError(_("Say why: the professional reads it."))
    names = waiting_fields(entry)
    _nothing_waits(entry)
    event = record(entry, What.CHANGE_REFUSED, by, reason, {"fields": names})
    return Outcome(entry, True, event)


def fields_since(entry, event=None):
    """The names of the fields that changed since an EntryEvent (without one: since moderators
    last decided or looked), for "what changed since last time"."""
    events = EntryEvent.objects.filter(professional=entry)
    event = event or last_decision(entry)
    if event is not None:
        events = events.filter(pk__gt=event.pk)
    asked = events.filter(what__in=(What.CHANGED, What.CHANGE_ASKED))
    changes = asked.filter(by__in=(By.MAIL, By.IMPORT))
    names = {name for one in changes for name in one.details.get("fields", [])}
    return sorted(names)
