"""What a moderator may decide on an entry, and taking that decision once."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from professionals import changes, reports, states
from professionals.models import DecisionMail, EntryEvent
from professionals.models.choices import State

About, What = DecisionMail.About, EntryEvent.What
# What of others makes a page that was opened before it say something else than there is.
BY_OTHERS = (
    *(What.CHANGED, What.CHANGE_ASKED, What.CONSENTED, What.SUBMITTED, What.WITHDRAWN),
    *(What.CAME_BACK, What.EXPIRED, What.IMPORTED, What.PURGED),
)


class StaleError(states.StepError):
    """The entry is another one than the moderator was shown."""


@dataclass(frozen=True)
class Decision:
    """*possible*: function(entry) → bool; *take*: function(entry, user, reason) → Outcome;
    *about*: function(entry) → the DecisionMail.About that goes with it, or None; *reason*: asked
    for ("asked"), possible ("may") or none (""); *already*: said where it was taken before;
    *done_unlisted*: said instead of *done* where a person's yes is still lacking."""

    name: str
    label: str
    done: str
    possible: Callable
    take: Callable
    already: str = gettext_lazy(
        "“%(name)s” is “%(state)s” by now: this was decided already, and nothing was done twice."
    )
    done_unlisted: str = ""
    about: Callable = lambda entry: None
    reason: str = ""
    serious: bool = False
    has_mail: bool = True


def _accepted(entry):
    return About.ACCEPT if entry.may_be_listed else About.ACCEPT_UNLISTED


def _again(entry, user, reason):
    """Put back what expired, was withdrawn, or lacked nothing but a yes. A person who withdrew
    took her consents back: hers is accepted, and public when she says yes again."""
    if entry.state == State.EXPIRED:
        return states.come_back(entry, user)
    if entry.state == State.WITHDRAWN:
        entry = states.submit(entry, user).entry
        return states.accept(entry, user, reason)
    return states.publish(entry, user)


def _waits(entry):
    return entry.state in states.CHECKED_STATES and entry.change_asked_at is not None


def _accepted_change(entry):
    """Of a change that leaves it unlisted or off nobody may say that families see it."""
    version = entry.waiting_change() or entry
    if entry.state == State.EXPIRED:
        return About.CHANGE_EXPIRED
    return About.ACCEPT_CHANGE if version.may_be_listed else About.ACCEPT_UNLISTED


DECISIONS = {
    one.name: one
    for one in (
        Decision(
            "accept",
            gettext_lazy("Accept"),
            gettext_lazy("“%(name)s” is accepted."),
            lambda entry: (
                entry.state == State.IN_REVIEW
                or (entry.state == State.PUBLISHED and not entry.is_verified)
            ),
            states.accept,
            about=_accepted,
        ),
        Decision(
            "refuse",
            gettext_lazy("Refuse"),
            gettext_lazy("“%(name)s” is refused."),
            lambda entry: entry.state == State.IN_REVIEW,
            states.refuse,
            about=lambda entry: About.REFUSE,
            reason="asked",
            serious=True,
        ),
        Decision(
            "accept_change",
            gettext_lazy("Accept the change"),
            gettext_lazy("“%(name)s”: the change is accepted."),
            _waits,
            changes.accept_change,
            about=_accepted_change,
        ),
        Decision(
            "refuse_change",
            gettext_lazy("Refuse the change"),
            gettext_lazy("“%(name)s”: the change is refused, the entry stays as it was."),
            _waits,
            changes.refuse_change,
            about=lambda entry: About.REFUSE_CHANGE,
            reason="asked",
            serious=True,
        ),
        Decision(
            "look",
            gettext_lazy("Small changes: looked at"),
            gettext_lazy("“%(name)s”: looked at."),
            lambda entry: entry.needs_look_at is not None,
            lambda entry, user, reason: states.look(entry, user),
            has_mail=False,
        ),
        Decision(
            "confirm",
            gettext_lazy("Still right: I have asked"),
            gettext_lazy("“%(name)s” is confirmed for another year."),
            lambda entry: (
                entry.state == State.PUBLISHED
                and (entry.moderators_asked_at is not None or entry.is_overdue)
            ),
            lambda entry, user, reason: states.confirm_yearly(entry, user),
            has_mail=False,
        ),
        Decision(
            "close_reports",
            gettext_lazy("Reports answered"),
            gettext_lazy("“%(name)s”: its reports are answered."),
            lambda entry: reports.open_reports(entry) > 0,
            lambda entry, user, reason: reports.close_reports(entry, user),
            has_mail=False,
        ),
        Decision(
            "publish_again",
            gettext_lazy("Publish again"),
            gettext_lazy("“%(name)s” is online again."),
            lambda entry: (
                (entry.state in (State.EXPIRED, State.WITHDRAWN) and entry.purged_at is None)
                or (entry.state == State.ACCEPTED and entry.may_be_listed)
            ),
            _again,
            done_unlisted=gettext_lazy(
                "“%(name)s” is accepted again. It is online when she says yes to being listed."
            ),
            about=lambda entry: (
                About.PUBLISH_AGAIN if entry.may_be_listed else About.ACCEPT_UNLISTED
            ),
        ),
        Decision(
            "withdraw",
            gettext_lazy("Withdraw"),
            gettext_lazy("“%(name)s” is withdrawn: it is no longer public, nor is its badge."),
            lambda entry: entry.state in states.CHECKED_STATES,
            states.withdraw,
            about=lambda entry: About.WITHDRAW,
            reason="asked",
            serious=True,
        ),
    )
}


def possible(entry):
    """The decisions that may be taken on *entry* as it stands."""
    return [one for one in DECISIONS.values() if one.possible(entry)]


def last_seen(entry):
    """The number of the newest line of its history: what a page shows that is opened now."""
    return EntryEvent.objects.filter(professional=entry).values_list("pk", flat=True).last() or 0


def decide(decision, entry, user, reason="", seen=None):
    """Take a Decision: the Outcome, not changed where it was taken before. *seen*: last_seen()
    of the page on which it was pressed. Raises StaleError, or another StepError."""
    with transaction.atomic():
        entry = states.locked(entry)
        states.refuse_if_claimed(entry, user)
        if not decision.possible(entry):
            return states.Outcome(entry, False)
        if seen is not None and _changed_since(entry, seen, decision):
            raise StaleError(
                _(
                    "“%(name)s” has changed since you opened this page. Nothing was decided: "
                    "look at it as it is now."
                )
                % {"name": entry}
            )
        if decision.reason == "asked" and not reason.strip():
            raise states.StepError(_("Say why: the professional reads it."))
        return decision.take(entry, user, reason)


def changed_since(entry, seen):
    """Whether anybody changed what *entry* says since the line *seen* of its history."""
    events = EntryEvent.objects.filter(professional=entry, pk__gt=seen)
    return events.filter(what__in=(*BY_OTHERS, What.CHANGE_ACCEPTED)).exists()


def _changed_since(entry, seen, decision):
    steps = (*BY_OTHERS, What.REPORTED) if decision.name == "close_reports" else BY_OTHERS
    events = EntryEvent.objects.filter(professional=entry, pk__gt=seen, what__in=steps)
    return events.exclude(by=EntryEvent.By.PERSON).exists()
