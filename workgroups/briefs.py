"""Which briefs wait for whom: on the admin's home and in the daily mail."""

from collections import defaultdict
from datetime import timedelta

from django.db.models.signals import post_delete
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from .models import (
    BriefUpload,
    BriefVersion,
    IllustrationBrief,
    Membership,
    Reminder,
)
from .models.brief_uploads import delete_pieces
from .models.brief_versions import delete_files
from .models.records import oversees
from .waiting import Waiting, register_waiting

Kind = Reminder.Kind
# What was changed or closed longer ago is told to nobody: who gets one mail a week had it.
HEARD_WITHIN = timedelta(days=14)


def share_members(briefs):
    """``briefs``, loaded ``with_topics``, as a list whose groups' members are read once for
    all of them."""
    briefs = list(briefs)
    groups = {brief.record.workgroup_id for brief in briefs}
    members = defaultdict(list)
    found = Membership.objects.can_act().filter(workgroup__in=groups)
    for membership in found.select_related("user").order_by("user"):
        members[membership.workgroup_id].append(membership)
    for brief in briefs:
        brief.record.able_members = members[brief.record.workgroup_id]
    return briefs


def to_draw(user):
    """The briefs on the desk of ``user``, what is due first on top, as a list."""
    return share_members(IllustrationBrief.objects.to_draw(user).with_topics())


def to_look_at(user):
    """The briefs whose last version nobody has said anything about yet, where ``user``
    decides, as a list."""
    delivered = IllustrationBrief.objects.open().directed_by(user).exclude(versions=None)
    briefs = delivered.with_topics().order_by("due_on", "pk")
    return [brief for brief in briefs if brief.waits_for_authors]


def unfinished_uploads(user):
    """{brief's pk: [BriefUpload]}: what ``user`` has begun to send and not yet delivered."""
    found = defaultdict(list)
    for upload in BriefUpload.objects.filter(owner=user, version=None).order_by("expires_at"):
        found[upload.brief_id].append(upload)
    return found


def waiting_for(user):
    """For workgroups.waiting: what to draw, what to look at."""
    for brief in IllustrationBrief.objects.to_draw(user).with_topics():
        if brief.waits_for_authors:
            continue
        why = _("“%(place)s”: a picture to draw")
        if brief.latest_version:
            why = _("“%(place)s”: remarks on your picture")
        yield _waiting(brief, why, _since(brief))
    for brief in to_look_at(user):
        yield _waiting(
            brief, _("“%(place)s”: a picture to look at"), brief.latest_version.delivered_at
        )


def _since(brief):
    """Since when it waits for who draws it."""
    version = brief.latest_version
    made = [remark.made_at for remark in version.remarks.all()] if version else []
    return min(made, default=brief.asked_at)


def _waiting(brief, why, since):
    return Waiting(
        title=brief.page.draft_title,
        why=why % {"place": brief.place_label},
        since=since,
        url=reverse("brief", args=[brief.pk]),
    )


# The daily mail


def to_tell(user, today, before, at_once):
    """Yield (kind of reminder, brief, date that it is about) for the mail of ``user`` on
    the date ``today``: what waits for her and is late, or to be drawn by the date
    ``before``; what is late of what she asked for; and, unless she gets mails ``at_once``,
    what is new, was changed or is closed.
    """
    late = set()
    drawn = [
        brief
        for brief in IllustrationBrief.objects.to_draw(user).with_topics()
        if not brief.waits_for_authors
    ]
    for brief in drawn:
        if brief.due_on < today:
            late.add(brief.pk)
            yield Kind.LATE, brief, brief.due_on
        elif brief.due_on <= before and not (at_once and _asked_on(brief) == today):
            yield Kind.DUE_SOON, brief, brief.due_on
        elif not at_once:
            yield Kind.NEW, brief, timezone.localdate(_since(brief))
    for brief in to_look_at(user):
        if brief.due_on < today:
            late.add(brief.pk)
            yield Kind.LATE, brief, brief.due_on
        elif not at_once:
            yield Kind.NEW, brief, timezone.localdate(brief.latest_version.delivered_at)
    asked = IllustrationBrief.objects.open().filter(asked_by=user, due_on__lt=today)
    if not oversees(user):
        asked = asked.directed_by(user)
    for brief in asked.exclude(pk__in=late).with_topics().order_by("due_on", "pk"):
        yield Kind.LATE, brief, brief.due_on
    if not at_once:
        yield from _told_at_once_to_others(user, today)


def _asked_on(brief):
    return timezone.localdate(brief.asked_at)


def _told_at_once_to_others(user, today):
    """As to_tell: what was changed and closed by others, of what ``user`` draws."""
    since = timezone.now() - HEARD_WITHIN
    drawn = IllustrationBrief.objects.drawn_by(user).with_topics()
    closed = drawn.filter(closed_at__gte=since).exclude(closed_by=user)
    for brief in closed.order_by("closed_at", "pk"):
        yield Kind.BRIEF_CLOSED, brief, timezone.localdate(brief.closed_at)
    entries = PageLogEntry.objects.filter(action="workgroups.brief_changed", timestamp__gte=since)
    changed = {
        entry.data["brief"]: timezone.localdate(entry.timestamp)
        for entry in entries.exclude(user=user).order_by("timestamp", "pk")
    }
    for brief in drawn.open().filter(pk__in=changed).order_by("due_on", "pk"):
        yield Kind.BRIEF_CHANGED, brief, changed[brief.pk]


def connect():
    """Called once from AppConfig.ready()."""
    register_waiting(waiting_for)
    post_delete.connect(delete_files, sender=BriefVersion, dispatch_uid="version-file-deleted")
    post_delete.connect(delete_pieces, sender=BriefUpload, dispatch_uid="upload-pieces-deleted")
