"""The daily reminders: to each person one mail, with everything in it."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import MailRhythm

from . import briefs, closing, invitations, missing
from .models import EditorialRecord, IllustrationBrief, Remark, Reminder, SignOff, Stage
from .models.stages import IN_ROUND, IN_WORK
from .notifications import absolute, coordinators, mail, place_of_work
from .remarks import place_of_remarks
from .working_days import working_days_after

logger = logging.getLogger(__name__)

Kind = Reminder.Kind

# How many working days before the due date: who reads one mail a week hears earlier.
DAYS_BEFORE = {MailRhythm.AT_ONCE: 3, MailRhythm.DAILY: 3, MailRhythm.WEEKLY: 8}
# What is late is said again after so many days.
LATE_AGAIN = timedelta(days=7)
REPEATED = (Kind.LATE, Kind.REMARK_LATE)
# In the order in which a mail says them.
ORDER = (
    Kind.LATE, Kind.REMARK_LATE, Kind.DUE_SOON, Kind.REMARK_SOON, Kind.NEW, Kind.BRIEF_CHANGED,
    Kind.BRIEF_CLOSED, Kind.REVIEW_DUE, Kind.REVIEW_NEAR, Kind.REVIEW_SOON,
)  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """Something to tell: what about which topic, and the date that it is about."""

    kind: Kind
    record: EditorialRecord
    about: date
    remark: Remark | None = None
    brief: IllustrationBrief | None = None

    @property
    def title(self):
        return self.record.page.draft_title

    @property
    def what(self):
        if self.brief:
            return _("Picture (%(place)s)") % {"place": self.brief.place_label}
        return self.record.get_stage_display()

    @property
    def url(self):
        if self.brief:
            return absolute(reverse("brief", args=[self.brief.pk]))
        place = place_of_remarks if self.remark else place_of_work
        return absolute(place(self.record))

    @property
    def key(self):
        """What tells it from everything else that was ever said."""
        parts = (self.remark and self.remark.pk, self.brief and self.brief.pk)
        return self.record.pk, *parts, self.kind, self.about


def send_reminders(today=None):
    """Send the mails of the date ``today``. Returns how many.

    Safe to repeat: whoever had her mail today (this week, if she asked for one a
    week) gets none, and what was said once is not said again; only what is late
    is repeated, every LATE_AGAIN.
    """
    today = today or timezone.localdate()
    at_work = EditorialRecord.objects.filter(stage__in=IN_WORK)
    # Should a membership or a group have changed with an update.
    closing.catch_up()
    invitations.catch_up()
    missing.look_again(list(at_work.values_list("page", flat=True)))
    late = _late(today)
    review = _review(today)
    sent = 0
    for pk in get_user_model().objects.active().order_by("pk").values_list("pk", flat=True):
        try:
            sent += _remind(pk, today, late, review)
        except Exception:
            # Nothing was kept of it: the next run tries again.
            logger.exception("The reminder to user %s could not be written", pk)
    return sent


@transaction.atomic
def _remind(user_pk, today, late, review):
    user = get_user_model().objects.select_for_update().get(pk=user_pk)
    if not _is_due(user, today):
        return 0
    things = [
        *late[user_pk],
        *review[user_pk],
        *_waiting(user, today),
        *_remarks(user, today),
        *_briefs(user, today),
    ]
    known = _already_told(user, today)
    things = [t for t in things if t.key not in known]
    if not things:
        return 0
    Reminder.objects.bulk_create(
        Reminder(
            user=user,
            record=t.record,
            remark=t.remark,
            brief=t.brief,
            kind=t.kind,
            about=t.about,
            sent_on=today,
        )
        for t in things
    )
    user.reminded_on = today
    user.save(update_fields=["reminded_on"])
    groups = [(kind, [t for t in things if t.kind == kind]) for kind in ORDER]
    context = {
        "groups": [(kind, told) for kind, told in groups if told],
        "number": len({t.record.pk for t in things}),
        "home": absolute(reverse("wagtailadmin_home")),
        "rhythm": absolute(reverse("wagtailadmin_account")),
    }
    mail([user], "reminders", context)
    return 1


def _is_due(user, today):
    """Whether it is time for this person's mail."""
    last = user.reminded_on
    if last is None:
        return True
    if user.mail_rhythm == MailRhythm.WEEKLY:
        return last.isocalendar()[:2] < today.isocalendar()[:2]
    return last < today


def _already_told(user, today):
    """The keys of the Things that are not to be said again today."""
    told = Reminder.objects.filter(user=user)
    told = told.exclude(kind__in=REPEATED, sent_on__lte=today - LATE_AGAIN)
    return set(told.values_list("record", "remark", "brief", "kind", "about"))


def _waiting(user, today):
    """What waits for ``user`` and is due soon, or is new to who gets no mail at once."""
    before = working_days_after(today, DAYS_BEFORE[user.mail_rhythm])
    at_once = user.mail_rhythm == MailRhythm.AT_ONCE
    for record in EditorialRecord.objects.awaiting(user):
        since = timezone.localdate(record.since)
        if record.stage not in IN_ROUND or (record.due_on and record.due_on < today):
            continue
        if at_once and since == today:
            continue  # the mail that it is hers now says by when
        if record.due_on and record.due_on <= before:
            yield Thing(Kind.DUE_SOON, record, record.due_on)
        elif not at_once:
            yield Thing(Kind.NEW, record, since)


def _remarks(user, today):
    """The open remarks that are late or due soon, on the topics of her groups."""
    before = working_days_after(today, DAYS_BEFORE[user.mail_rhythm])
    found = Remark.objects.awaiting(user).filter(due_on__lte=before)
    for remark in found.select_related("record__page"):
        kind = Kind.REMARK_LATE if remark.due_on < today else Kind.REMARK_SOON
        yield Thing(kind, remark.record, remark.due_on, remark)


def _briefs(user, today):
    """What there is to tell her about pictures that are asked for."""
    before = working_days_after(today, DAYS_BEFORE[user.mail_rhythm])
    at_once = user.mail_rhythm == MailRhythm.AT_ONCE
    for kind, brief, about in briefs.to_tell(user, today, before, at_once):
        yield Thing(kind, brief.record, about, brief=brief)


def _late(today):
    """{user's pk: Things}: what is late, for those who have it and for the coordinators."""
    found = defaultdict(list)
    above = {user.pk for user in coordinators()}
    for record in EditorialRecord.objects.late(today).select_related("page", "workgroup"):
        for pk in above | {user.pk for user in record.holders()}:
            found[pk].append(Thing(Kind.LATE, record, record.due_on))
    return found


def _review(today):
    """{user's pk: Things}: what is to be read again, for those who signed it last and
    for the group; for the coordinators where nobody is left of them."""
    far, near = sorted(settings.REVIEW_REMINDERS, reverse=True)  # days before
    found = defaultdict(list)
    records = EditorialRecord.objects.filter(
        stage=Stage.PUBLISHED, review_due_on__lte=today + timedelta(days=far)
    ).select_related("page", "workgroup")
    for record in records:
        if record.review_due_on <= today:
            kind = Kind.REVIEW_DUE
        elif record.review_due_on <= today + timedelta(days=near):
            kind = Kind.REVIEW_NEAR
        else:
            kind = Kind.REVIEW_SOON
        signed = SignOff.objects.in_force(record.page_id, record.page.live_revision_id)
        signed = signed.filter(signatory__is_active=True)
        people = set(signed.values_list("signatory", flat=True))
        people |= {member.user_id for member in record.able_members}
        for pk in people or {user.pk for user in coordinators()}:
            found[pk].append(Thing(kind, record, record.review_due_on))
    return found
