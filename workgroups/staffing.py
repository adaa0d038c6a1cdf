"""When a member leaves, an account is closed or a group ends in the middle of
a stage: no topic is left with nobody, and the coordinators are told."""

from django.db import transaction

from .models import EditorialRecord, Membership, Stage
from .signing import ask_signatories


def people_changed(sender=None, **kwargs):
    """Look again at who can act, once the present transaction is through.

    Connected to changes of memberships, groups, accounts and roles.
    """
    if not kwargs.get("raw"):
        transaction.on_commit(look_again, robust=False)


def look_again():
    """Ask afresh those who can sign, and tell the coordinators of every topic
    that has just been left with nobody."""
    from .notifications import tell_coordinators

    for record in EditorialRecord.objects.filter(stage=Stage.SIGN_OFF).select_related("page"):
        ask_signatories(record)
    stuck = EditorialRecord.objects.stuck()
    newly = list(stuck.filter(coordinators_told=False).select_related("page", "workgroup"))
    EditorialRecord.objects.filter(coordinators_told=True).exclude(
        pk__in=stuck.values("pk")
    ).update(coordinators_told=False)
    EditorialRecord.objects.filter(pk__in=[r.pk for r in newly]).update(coordinators_told=True)
    if newly:
        tell_coordinators(newly)


def connect():
    """Called once from AppConfig.ready()."""
    from django.contrib.auth import get_user_model
    from django.db.models.signals import m2m_changed, post_delete, post_save

    from .models import Workgroup

    user_model = get_user_model()
    for signal, sender in (
        (post_save, Membership),
        (post_delete, Membership),
        (post_save, Workgroup),
        (post_save, user_model),
        (m2m_changed, user_model.groups.through),
    ):
        signal.connect(people_changed, sender=sender, dispatch_uid=f"staffing-{signal}-{sender}")
