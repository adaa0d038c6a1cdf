"""When a member leaves, an account is closed or a group ends in the middle of
a stage: no topic is left with nobody, and the coordinators are told."""

from django.db import transaction

from .models import EditorialRecord, Membership, Stage
from .signing import ask_signatories


def people_changed(sender=None, update_fields=None, raw=False, **kwargs):
    """Look again at who can act, once the present transaction is through.

    Connected to changes of memberships, groups, accounts, roles and themes.
    """
    if raw or update_fields == {"last_login"}:
        return
    transaction.on_commit(look_again)


def record_changed(sender, update_fields=None, **kwargs):
    """A topic given to another group has other authors, who may not sign it; one
    that needs more signatures may lack somebody to give them."""
    if {"workgroup", "required_signatures"} & set(update_fields or ()):
        transaction.on_commit(look_again)


def stage_begins(sender, **kwargs):
    """A stage may begin with nobody there to act."""
    transaction.on_commit(tell_of_the_stuck)


def look_again():
    """Ask afresh those who can sign, and tell the coordinators of every topic
    that has just been left with nobody."""
    for record in EditorialRecord.objects.filter(stage=Stage.SIGN_OFF).select_related("page"):
        ask_signatories(record)
    tell_of_the_stuck()


def tell_of_the_stuck():
    """Tell the coordinators once of each topic that nobody else can take on;
    forget it when somebody can."""
    from .notifications import tell_coordinators

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
    from wagtail.models import TaskState
    from wagtail.signals import page_published, post_page_move, task_submitted

    from .models import Workgroup

    user_model = get_user_model()
    for name, signal, sender in (
        ("membership", post_save, Membership),
        ("membership-ends", post_delete, Membership),
        ("group", post_save, Workgroup),
        ("person", post_save, user_model),
        ("roles", m2m_changed, user_model.groups.through),
        # A theme names other signatories; a topic has a new theme.
        ("page", page_published, None),
        ("place", post_page_move, None),
    ):
        signal.connect(people_changed, sender=sender, dispatch_uid=f"staffing-{name}")
    post_save.connect(record_changed, sender=EditorialRecord, dispatch_uid="staffing-record")
    task_submitted.connect(stage_begins, sender=TaskState, dispatch_uid="staffing-stage")
