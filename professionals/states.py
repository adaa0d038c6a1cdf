"""The steps of an entry, each in one place.

    started → confirmed → in_review → accepted → published ⇄ expired
                             ↑ ↓
                           refused          (withdrawn: from anywhere)

Each function locks the entry, looks where it stands, takes the step, adds one line to its
history, and returns an Outcome, all in one transaction. Pressed twice, the second time changes
nothing and says so. *by*: the User, By.MAIL for the professional by a mailed link, By.VISITOR,
By.MACHINE or By.IMPORT.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import wraps

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .missing import missing
from .models import EntryEvent, Professional
from .models.choices import State
from .versions import keep_last_seen, keep_version

What, By = EntryEvent.What, EntryEvent.By
A_YEAR = timedelta(days=365)
# What was checked once: what moderators review of it changes only once they have seen it.
CHECKED_STATES = (State.ACCEPTED, State.PUBLISHED, State.EXPIRED)


class StepError(Exception):
    """This step is not possible now; str() is a sentence for whoever asked for it."""


class WrongStateError(StepError):
    """The entry does not stand where this step begins."""


class IncompleteError(StepError):
    """The entry lacks something: *missing* is {field: sentence}."""

    def __init__(self, lacks):
        self.missing = lacks
        super().__init__(" ".join(lacks.values()))


class ClaimedError(StepError):
    """Another moderator has taken it on."""


@dataclass(frozen=True)
class Outcome:
    """*entry*: as it stands now; *changed*: False where the step was taken before."""

    entry: Professional
    changed: bool
    event: EntryEvent | None = None


def record(entry, what, by, reason="", details=None):
    """Add one line to the history of an entry; returns the EntryEvent."""
    person = None if isinstance(by, str) else by
    return EntryEvent.objects.create(
        professional=entry,
        what=what,
        by=By.PERSON if person else by,
        user=person,
        reason=reason.strip(),
        details=details or {},
    )


def locked(entry):
    """The stored Professional of *entry*, locked until the transaction ends."""
    return Professional.objects.select_for_update(of=("self",)).get(pk=entry.pk)


def step(function):
    """Decorator of function(entry, …): runs in a transaction on the locked entry."""

    @wraps(function)
    def run(entry, *args, **kwargs):
        with transaction.atomic():
            return function(locked(entry), *args, **kwargs)

    return run


def _refuse_unless(entry, *states):
    if entry.state not in states:
        raise WrongStateError(
            _("“%(name)s” is “%(state)s”: this is not possible now.")
            % {"name": entry, "state": entry.get_state_display()}
        )


def _go(entry, state, what, by, reason=""):
    entry.state, entry.state_since = state, timezone.now()
    entry.save()
    return Outcome(entry, True, record(entry, what, by, reason))


# The registration


def start(entry, by=By.MAIL):
    """Store a new entry, with whatever it has so far."""
    with transaction.atomic():
        entry.state = State.STARTED
        entry.save()
        return Outcome(entry, True, record(entry, What.STARTED, by))


@step
def confirm(entry, by=By.MAIL):
    """Its e-mail address is its own."""
    if entry.state != State.STARTED:
        _refuse_unless(entry, State.CONFIRMED, State.IN_REVIEW, State.ACCEPTED, State.PUBLISHED)
        return Outcome(entry, False)
    return _go(entry, State.CONFIRMED, What.CONFIRMED, by)


@step
def submit(entry, by=By.MAIL):
    """Send it for review: after its confirmation, or again after a refusal or a withdrawal.
    Raises IncompleteError."""
    if entry.state in (State.IN_REVIEW, State.ACCEPTED, State.PUBLISHED):
        return Outcome(entry, False)
    _refuse_unless(entry, State.CONFIRMED, State.REFUSED, State.WITHDRAWN)
    if entry.purged_at:
        raise WrongStateError(_("Its data was deleted: it has to be registered anew."))
    if isinstance(by, str) and (lacks := missing(entry)):
        raise IncompleteError(lacks)
    _refuse_what_lacks(entry)  # a moderator need not wait for the yes to being listed
    if not entry.events.filter(what=What.SUBMITTED).exists() and not entry.first_published_at:
        # From now on mails name its page: that of a registration was made before it had a name.
        entry.slug = entry.new_slug()
    entry.refusal_reason = ""
    entry.queued_at = entry.queued_at or timezone.now()
    return _go(entry, State.IN_REVIEW, What.SUBMITTED, by)


# Moderators


@step
def claim(entry, user):
    """A moderator takes it on. Raises ClaimedError where another one has."""
    if entry.claimed_by_id == user.pk:
        return Outcome(entry, False)
    if entry.claimed_by_id:
        raise ClaimedError(_("%(name)s has taken it on.") % {"name": entry.claimed_by})
    entry.claimed_by, entry.claimed_at = user, timezone.now()
    entry.save(update_fields=["claimed_by", "claimed_at"])
    return Outcome(entry, True, record(entry, What.CLAIMED, user))


@step
def release(entry, user):
    """Give it back: by whoever took it on, or by another who sees that nobody goes on."""
    if entry.claimed_by_id is None:
        return Outcome(entry, False)
    entry.claimed_by = entry.claimed_at = None
    entry.save(update_fields=["claimed_by", "claimed_at"])
    return Outcome(entry, True, record(entry, What.RELEASED, user))


def decided(entry):
    """A moderator is through with it: nothing of it waits any more, unless something else does."""
    entry.claimed_by = entry.claimed_at = None
    leave_queue(entry)


def leave_queue(entry):
    """Out of the queue, if nothing waits for moderators but small changes to look at."""
    waits = entry.state == State.IN_REVIEW or entry.change_asked_at or entry.moderators_asked_at
    if not waits and not is_reported(entry):
        entry.queued_at = entry.claimed_by = entry.claimed_at = None


def is_reported(entry):
    """Whether so many people reported it that it waits in the queue."""
    from .reports import REPORTS_THAT_QUEUE, open_reports

    return open_reports(entry) >= REPORTS_THAT_QUEUE


def refuse_if_claimed(entry, user):
    """Raise ClaimedError where another moderator has taken it on."""
    if entry.claimed_by_id and entry.claimed_by_id != getattr(user, "pk", None):
        raise ClaimedError(_("%(name)s has taken it on.") % {"name": entry.claimed_by})


@step
def accept(entry, by, reason=""):
    """The ground is true. It is published at once where it may be listed. An imported one that
    is in the directory already is verified by it, and asked to confirm itself like the others."""
    refuse_if_claimed(entry, by)
    if entry.state == State.PUBLISHED and not entry.is_verified:
        _refuse_what_lacks(entry)
        entry.is_verified = True
        decided(entry)
        _for_a_year(entry)
        entry.save()
        return Outcome(entry, True, record(entry, What.VERIFIED, by, reason))
    if entry.state in (State.ACCEPTED, State.PUBLISHED):
        return Outcome(entry, False)
    _refuse_unless(entry, State.IN_REVIEW)
    _refuse_what_lacks(entry)
    entry.is_verified = True
    entry.state = State.ACCEPTED
    decided(entry)
    outcome = _go(entry, State.ACCEPTED, What.ACCEPTED, by, reason)
    return publish_accepted(outcome.entry, by) or outcome


def _refuse_what_lacks(entry):
    if lacks := {n: text for n, text in missing(entry).items() if n != "listing"}:
        raise IncompleteError(lacks)


@step
def publish(entry, by):
    """An accepted entry goes online. Raises IncompleteError without the consent to be listed."""
    if entry.state == State.PUBLISHED:
        return Outcome(entry, False)
    _refuse_unless(entry, State.ACCEPTED)
    if not entry.may_be_listed:
        raise IncompleteError({"listing": missing(entry)["listing"]})
    _online(entry)
    return _go(entry, State.PUBLISHED, What.PUBLISHED, by)


def publish_accepted(entry, by):
    """The Outcome of publish() for an entry that is accepted and may be listed: then nothing is
    lacking. None for another one."""
    ready = entry.state == State.ACCEPTED and entry.may_be_listed
    return publish(entry, by) if ready else None


def _online(entry):
    entry.last_published_at = timezone.now()
    _for_a_year(entry)


def _for_a_year(entry):
    entry.confirm_by = timezone.localdate() + A_YEAR
    entry.reminded_days = entry.overdue_since = None
    need_no_moderator(entry)


def need_no_moderator(entry):
    """It is confirmed, or can be asked by mail: moderators need not."""
    if entry.moderators_asked_at is not None:
        entry.moderators_asked_at = None
        leave_queue(entry)


@step
def refuse(entry, by, reason):
    """Not accepted, for a *reason* that the professional is told."""
    refuse_if_claimed(entry, by)
    if entry.state == State.REFUSED:
        return Outcome(entry, False)
    _refuse_unless(entry, State.IN_REVIEW)
    if not reason.strip():
        raise StepError(_("Say why: the professional reads it."))
    entry.refusal_reason = reason.strip()
    entry.state = State.REFUSED
    decided(entry)
    outcome = _go(entry, State.REFUSED, What.REFUSED, by, reason)
    # If it comes again, moderators see what is new.
    keep_version(outcome.entry, outcome.event.at)
    return outcome


@step
def look(entry, by):
    """A moderator has seen the small changes that went out."""
    if entry.needs_look_at is None:
        return Outcome(entry, False)
    entry.needs_look_at = None
    leave_queue(entry)
    entry.save(update_fields=["needs_look_at", "queued_at", "claimed_by", "claimed_at"])
    return Outcome(entry, True, record(entry, What.LOOKED_AT, by))


# Going and coming back


@step
def withdraw(entry, by, reason=""):
    """Take it off, from wherever it stands: by the professional or by a moderator. What a
    natural person said yes to ends with it: whoever puts the entry back asks her anew."""
    if entry.state == State.WITHDRAWN:
        return Outcome(entry, False)
    keep_last_seen(entry)  # if it comes again, moderators see what is new
    entry.state = State.WITHDRAWN
    entry.listing_agreed_at = entry.details_agreed_at = entry.open_data_agreed_at = None
    entry.change_asked_at = entry.needs_look_at = entry.overdue_since = None
    entry.moderators_asked_at = None
    entry.has_unpublished_changes = False
    entry.claimed_by = entry.claimed_at = entry.queued_at = None
    return _go(entry, State.WITHDRAWN, What.WITHDRAWN, by, reason)


@step
def confirm_yearly(entry, by=By.MAIL):
    """It is right for another year; one that was taken off for want of that comes back."""
    if entry.state == State.EXPIRED:
        return come_back(entry, by)
    _refuse_unless(entry, State.PUBLISHED)
    if entry.confirm_by == timezone.localdate() + A_YEAR and not entry.is_overdue:
        return Outcome(entry, False)
    _for_a_year(entry)
    entry.save()
    return Outcome(entry, True, record(entry, What.YEARLY, by))


@step
def come_back(entry, by=By.MAIL):
    """One that was taken off because nobody confirmed it is online again."""
    if entry.state == State.PUBLISHED:
        return Outcome(entry, False)
    _refuse_unless(entry, State.EXPIRED)
    _for_a_year(entry)
    return _go(entry, State.PUBLISHED, What.CAME_BACK, by)


@step
def reminded(entry, days):
    """Note that the mail *days* before its day to confirm is sent; False where it was, so that
    nobody is asked twice. The mail itself follows the transaction."""
    if entry.state != State.PUBLISHED or (
        entry.reminded_days is not None and entry.reminded_days <= days
    ):
        return Outcome(entry, False)
    entry.reminded_days = days
    entry.save(update_fields=["reminded_days"])
    return Outcome(entry, True, record(entry, What.REMINDED, By.MACHINE, details={"days": days}))


@step
def ask_moderators(entry):
    """There is no address to which the yearly mail could go: moderators find it in their queue,
    once, and may confirm it after a call."""
    if entry.state != State.PUBLISHED or entry.moderators_asked_at is not None:
        return Outcome(entry, False)
    entry.moderators_asked_at = timezone.now()
    entry.queued_at = entry.queued_at or entry.moderators_asked_at
    entry.save(update_fields=["moderators_asked_at", "queued_at"])
    return Outcome(entry, True, record(entry, What.MODERATORS_ASKED, By.MACHINE))


@step
def mark_overdue(entry, by=By.MACHINE):
    """Nobody confirmed it in time: from now on it says so."""
    today = timezone.localdate()
    if entry.state != State.PUBLISHED or entry.is_overdue or entry.confirm_by is None:
        return Outcome(entry, False)
    if entry.confirm_by >= today:
        return Outcome(entry, False)
    entry.overdue_since = today
    entry.save(update_fields=["overdue_since"])
    return Outcome(entry, True, record(entry, What.OVERDUE, by))


@step
def expire(entry, by=By.MACHINE):
    """It has said so for 30 days: it comes off. Nothing happens before."""
    if not Professional.objects.to_expire().filter(pk=entry.pk).exists():
        return Outcome(entry, False)
    return _go(entry, State.EXPIRED, What.EXPIRED, by)


# What a natural person says yes to


@step
def consent(entry, by=By.MAIL, *, listing=None, details=None, open_data=None):
    """Write down each consent that is given (True) or taken back (False); None: not asked.
    Without the first one the entry is not public, whatever its state. Takes effect at once."""
    changed = []
    for name, answer in (("listing", listing), ("details", details), ("open_data", open_data)):
        field = f"{name}_agreed_at"
        if answer is not None and answer != (getattr(entry, field) is not None):
            setattr(entry, field, timezone.now() if answer else None)
            changed.append(name)
    if not changed:
        return Outcome(entry, False)
    entry.save()
    event = record(entry, What.CONSENTED, by, details={"fields": changed})
    published = publish_accepted(entry, by)  # if nothing but this yes was lacking
    return Outcome(published.entry if published else entry, True, event)
