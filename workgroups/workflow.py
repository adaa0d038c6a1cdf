"""The one workflow that every editorial page follows."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Task, TaskState, Workflow, WorkflowState, WorkflowTask
from wagtail.models.content_types import get_default_page_content_type

from .models import (
    DraftTask,
    EditorialPage,
    EditorialRecord,
    EditorialTask,
    IllustrationTask,
    SignOffTask,
    Stage,
)

NAME = "Rédaction, illustration, validation"
TASKS = (
    (DraftTask, "Rédaction"),
    (IllustrationTask, "Illustration"),
    (SignOffTask, "Validation"),
)

_cancelling = ContextVar("cancelling_editorial_workflow", default=False)


@transaction.atomic
def ensure_workflow(**kwargs):
    """Make the workflow and its three tasks where they lack (after migrate)."""
    workflow, _created = Workflow.objects.get_or_create(name=NAME)
    for position, (task_class, name) in enumerate(TASKS):
        task = task_class.objects.first() or task_class.objects.create(name=name)
        WorkflowTask.objects.get_or_create(
            workflow=workflow, task=task.task_ptr, defaults={"sort_order": position}
        )
    return workflow


def editorial_workflow():
    """The workflow of every editorial page."""
    return Workflow.objects.filter(name=NAME).first() or ensure_workflow()


@contextmanager
def allowed_to_cancel():
    """Inside, an editorial page's workflow may be cancelled."""
    token = _cancelling.set(True)
    try:
        yield
    finally:
        _cancelling.reset(token)


def refuse_to_cancel(sender, instance, **kwargs):
    """A cancelled workflow would leave a topic with nobody, another one would
    lead it round its stages: refuse both, by whatever path they come (pre_save
    of WorkflowState)."""
    cancels = instance.status == WorkflowState.STATUS_CANCELLED and not _cancelling.get()
    if not cancels and instance.workflow.name == NAME:
        return
    is_page = instance.base_content_type_id == get_default_page_content_type().pk
    if is_page and EditorialRecord.objects.filter(page_id=instance.object_id).exists():
        raise PermissionDenied(
            _("This topic's workflow can neither be cancelled nor replaced by another.")
        )


def _spoils_the_workflow(workflow):
    """Whether the workflow, as it is about to be saved, would be ours no more."""
    ours = Workflow.objects.filter(pk=workflow.pk, name=NAME).exists()
    return (ours and workflow.name != NAME) or (workflow.name == NAME and not workflow.active)


def refuse_other_stages(sender, instance, raw=False, **kwargs):
    """The workflow has its three stages in their order, and no others (pre_save)."""
    if raw or instance.workflow.name != NAME:
        return
    places = {task_class: place for place, (task_class, _name) in enumerate(TASKS)}
    if places.get(instance.task.specific_class) != instance.sort_order:
        raise PermissionDenied(_("Every topic goes through this workflow: it stays as it is."))


def refuse_to_disable(sender, instance, **kwargs):
    """Every topic goes through the three stages: neither they nor their
    workflow are switched off or taken apart (pre_save, pre_delete)."""
    kept = (
        (isinstance(instance, Workflow) and _spoils_the_workflow(instance))
        or (
            isinstance(instance, Task)
            and instance.pk
            and not instance.active
            and issubclass(instance.specific_class, EditorialTask)
        )
        or (isinstance(instance, WorkflowTask) and instance.workflow.name == NAME)
    )
    if kept:
        raise PermissionDenied(_("Every topic goes through this workflow: it stays as it is."))


def connect():
    """Called once from AppConfig.ready()."""
    pre_save.connect(refuse_to_cancel, sender=WorkflowState, dispatch_uid="refuse_to_cancel")
    for model in (Workflow, Task, *(task_class for task_class, _name in TASKS)):
        pre_save.connect(
            refuse_to_disable, sender=model, dispatch_uid=f"refuse_to_disable_{model.__name__}"
        )
    pre_save.connect(refuse_other_stages, sender=WorkflowTask, dispatch_uid="refuse_other_stages")
    pre_delete.connect(
        refuse_to_disable, sender=WorkflowTask, dispatch_uid="refuse_to_take_a_stage_out"
    )


def current_task_state(page_id):
    """The TaskState at which the page stands, or None outside a round."""
    return (
        TaskState.objects.filter(
            workflow_state__object_id=str(page_id),
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type__model="page",
        )
        .select_related("workflow_state", "revision")
        .first()
    )


def hand_on(task_state, user):
    """Approve ``task_state`` and begin the stage that follows it; after the last
    one the workflow ends.

    The stages follow one another by their order, not by what Wagtail still
    knows of earlier approvals: those go with their revisions when old ones
    are purged.
    """
    task_ids = _task_ids()
    following = task_ids[task_ids.index(task_state.task_id) + 1 :]
    page_id = task_state.workflow_state.object_id
    if EditorialRecord.objects.filter(page_id=page_id, source__isnull=False).exists():
        following = following[-1:]  # a translation has its source's pictures
    task_state.approve(user=user, update=False)
    workflow_state = task_state.workflow_state
    if following:
        workflow_state.update(user=user, next_task=Task.objects.get(pk=following[0]))
    else:
        workflow_state.finish(user=user)


@transaction.atomic
def send_back(record, user, to, reason):
    """Give a page back to the stage ``to``, with a ``reason`` that is required.

    Raises ValidationError without a reason, PermissionDenied when ``to`` does
    not come before the present stage.
    """
    if not (reason or "").strip():
        raise ValidationError({"reason": _("Say why, so that the group can go on.")})
    order = [Stage.DRAFT, Stage.ILLUSTRATION, Stage.SIGN_OFF]
    if record.is_translation:
        to = Stage.DRAFT  # whatever was asked: nobody draws for it
    if record.stage not in order or to not in order or order.index(to) >= order.index(record.stage):
        raise PermissionDenied
    task_state = current_task_state(record.page_id)
    workflow_state = task_state.workflow_state
    task_state.reject(user=user, update=False, comment=reason)
    # The stages from there on are to be done again.
    again = [task for stage, task in zip(order, _task_ids(), strict=True)][order.index(to) :]
    workflow_state.task_states.filter(task__in=again, status=TaskState.STATUS_APPROVED).update(
        status=TaskState.STATUS_CANCELLED
    )
    workflow_state.current_task_state = None
    workflow_state.save()
    workflow_state.update(user=user, next_task=Task.objects.get(pk=again[0]))
    log(
        instance=record.page.specific,
        action="editorial.send_back",
        user=user,
        revision=task_state.revision,
        data={"to": str(to), "reason": reason},
    )


def _task_ids():
    return [task_class.objects.values_list("pk", flat=True).get() for task_class, _n in TASKS]


@transaction.atomic
def start_round(page, user):
    """Open a new round on a published or withdrawn page; parents keep reading
    what is signed. Does nothing when a round is already open.

    Returns whether a round was opened.
    """
    record = EditorialRecord.objects.hold(page.pk)
    if record.in_round:
        return False
    if record.stage == Stage.SCHEDULED:
        raise PermissionDenied
    if not isinstance(page, EditorialPage):
        page = page.specific
    page.get_workflow().start(page, user)
    log(instance=page, action="editorial.revise", user=user)
    return True
