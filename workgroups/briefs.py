"""Which briefs wait for whom: on the admin's home and in the daily mail."""

from collections import defaultdict

from django.db.models.signals import post_delete
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import (
    BriefUpload,
    BriefVersion,
    IllustrationBrief,
    Membership,
    Reminder,
)
from .models.brief_uploads import delete_pieces
from .models.brief_versions import delete_files
from .waiting import Waiting, register_waiting

Kind = Reminder.Kind


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
    the date ``today``: what she draws and is due by the date ``before``, or late; what is
    late of what she asked for; and, unless she gets mails ``at_once``, what is new.
    """
    drawn = list(IllustrationBrief.objects.to_draw(user).with_topics())
    for brief in drawn:
        if brief.due_on < today:
            yield Kind.LATE, brief, brief.due_on
        elif brief.due_on <= before and not brief.waits_for_authors:
            yield Kind.DUE_SOON, brief, brief.due_on
        elif not at_once and not brief.waits_for_authors:
            yield Kind.NEW, brief, timezone.localdate(_since(brief))
    told = {brief.pk for brief in drawn}
    if not at_once:
        for brief in to_look_at(user):
            told.add(brief.pk)
            yield Kind.NEW, brief, timezone.localdate(brief.latest_version.delivered_at)
    asked = IllustrationBrief.objects.open().directed_by(user).filter(asked_by=user)
    late = asked.filter(due_on__lt=today).exclude(pk__in=told)
    for brief in late.with_topics().order_by("due_on", "pk"):
        yield Kind.LATE, brief, brief.due_on


def connect():
    """Called once from AppConfig.ready()."""
    register_waiting(waiting_for)
    post_delete.connect(delete_files, sender=BriefVersion, dispatch_uid="version-file-deleted")
    post_delete.connect(delete_pieces, sender=BriefUpload, dispatch_uid="upload-pieces-deleted")
