"""Who is told of a meeting, and when: the members, by mail, with a calendar file."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from . import calendars
from .models import Invitation, Meeting, Membership
from .notifications import absolute, mail, place_of_meeting

NEW, CHANGED, CANCELLED = "new", "changed", "cancelled"


def _able(**conditions):
    return Membership.objects.can_act().filter(**conditions)


def members_of(workgroup_id):
    """The people of the group who can act, each once, in their order of joining."""
    able = _able(workgroup=workgroup_id).values("user")
    return get_user_model().objects.filter(pk__in=able).order_by("pk")


def invite(meeting):
    """Invite the members who have not been invited yet; what is over or cancelled
    invites nobody."""
    if meeting.is_cancelled or meeting.is_over:
        return
    invited = Invitation.objects.filter(meeting=meeting).values("user")
    missing = list(members_of(meeting.workgroup_id).exclude(pk__in=invited))
    Invitation.objects.bulk_create(
        Invitation(meeting=meeting, user=user, sequence=meeting.sequence) for user in missing
    )
    _tell(meeting, missing, NEW)


def tell_of_change(meeting):
    """Tell those who were invited that time or place has changed, or that the
    meeting is cancelled; who has left since hears nothing. Of the end of a group
    its last members hear too."""
    if meeting.is_over:
        return
    invited = Invitation.objects.filter(meeting=meeting)
    members = Membership.objects.filter(workgroup=meeting.workgroup_id, user__is_active=True)
    people = get_user_model().objects.filter(pk__in=members.values("user")).order_by("pk")
    people = list(people.filter(pk__in=invited.values("user")))
    invited.filter(user__in=people).update(sequence=meeting.sequence)
    _tell(meeting, people, CANCELLED if meeting.is_cancelled else CHANGED)


def _tell(meeting, people, news):
    if not people:
        return
    topics = [record.page.draft_title for record in meeting.own_topics()]
    context = {
        "meeting": meeting,
        "news": news,
        "topics": topics,
        "day": timezone.localtime(meeting.starts_at),
        "end": timezone.localtime(meeting.ends_at),
        # Once the group is closed, its members do not come in there any more.
        "url": absolute(place_of_meeting(meeting)) if meeting.workgroup.active else "",
    }
    mail(
        people,
        "meeting",
        context,
        calendar_for=lambda user: calendars.invitation(meeting, user, topics),
    )


@transaction.atomic
def catch_up():
    """Invite to what is to come whoever has joined since, and forget the
    invitations of those who have left: should they come back, they get new ones."""
    coming = Meeting.objects.coming().held()
    here = _able(workgroup=OuterRef("meeting__workgroup"), user=OuterRef("user"))
    Invitation.objects.filter(meeting__in=coming.values("pk")).exclude(Exists(here)).delete()
    told = Invitation.objects.filter(meeting=OuterRef(OuterRef("pk")), user=OuterRef("user"))
    untold = _able(workgroup=OuterRef("workgroup")).exclude(Exists(told))
    waiting = coming.filter(Exists(untold)).values_list("pk", flat=True)
    for meeting in Meeting.objects.select_for_update().filter(pk__in=list(waiting)):
        invite(meeting)


def people_changed(sender=None, update_fields=None, raw=False, **kwargs):
    """Connected to changes of memberships, groups and accounts."""
    if not (raw or update_fields in ({"last_login"}, {"reminded_on"})):
        transaction.on_commit(catch_up)


def connect():
    """Called once from AppConfig.ready()."""
    from django.db.models.signals import post_delete, post_save

    from .models import Workgroup

    for name, signal, sender in (
        ("joins", post_save, Membership),
        ("leaves", post_delete, Membership),
        ("group", post_save, Workgroup),
        ("person", post_save, get_user_model()),
    ):
        signal.connect(people_changed, sender=sender, dispatch_uid=f"invitations-{name}")
