"""What waits for moderators, and which entry comes next."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from professionals.models import Professional
from professionals.models.choices import State
from professionals.reports import REPORTS_THAT_QUEUE

# What one may narrow the queue to: {what stands in the address: (its name, the rows)}.
PARTS = {
    "inscriptions": (gettext_lazy("New registrations"), Q(state=State.IN_REVIEW)),
    "modifications": (gettext_lazy("Changes to review"), Q(change_asked_at__isnull=False)),
    "petites": (gettext_lazy("Small changes to look at"), Q(needs_look_at__isnull=False)),
    "a-confirmer": (
        gettext_lazy("To confirm by telephone"),
        Q(moderators_asked_at__isnull=False),
    ),
    "signalements": (
        gettext_lazy("Reported as wrong"),
        Q(queued_at__isnull=False, open_reports__gte=REPORTS_THAT_QUEUE),
    ),
}


def waiting_entries(part=""):
    """The entries that wait, the oldest first, with what a row shows of them. *part*: a key of
    PARTS; another word shows all."""
    entries = Professional.objects.awaiting_moderators().select_related(
        "kind", "commune", "claimed_by"
    )
    return entries.filter(PARTS[part][1]) if part in PARTS else entries


def why_it_waits(entry):
    """What a row of waiting_entries() waits for, as a list of words."""
    found = []
    if entry.state == State.IN_REVIEW:
        found.append(_("new registration"))
    if entry.change_asked_at:
        found.append(_("change to review"))
    if entry.needs_look_at:
        found.append(_("small change to look at"))
    if entry.moderators_asked_at:
        found.append(_("to confirm by telephone: there is no e-mail address"))
    if entry.open_reports >= REPORTS_THAT_QUEUE:
        found.append(
            ngettext("%(number)s report", "%(number)s reports", entry.open_reports)
            % {"number": entry.open_reports}
        )
    return found


def next_for(user, after=None):
    """The oldest entry that waits and that nobody else has taken on, or None. *after*: one
    that is not meant, since it was just looked at."""
    entries = Professional.objects.awaiting_moderators().filter(
        Q(claimed_by=None) | Q(claimed_by=user)
    )
    return entries.exclude(pk=getattr(after, "pk", None)).first()


def summed_up():
    """(how many wait, since when the oldest does), None for the second where none does."""
    oldest = Professional.objects.awaiting_moderators().first()
    waiting = Q(queued_at__isnull=False) | Q(needs_look_at__isnull=False)
    number = Professional.objects.filter(waiting).count() if oldest else 0
    return number, oldest and oldest.waits_since
