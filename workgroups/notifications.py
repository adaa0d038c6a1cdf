"""One short French mail to those who can act, with the direct address."""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from accounts.models import MailRhythm
from accounts.roles import Role

from .models import EditorialRecord, Stage
from .remembered import address_of
from .writers import named_writers

logger = logging.getLogger(__name__)


@task(backend="slow")
def send_mails(mails):
    """Send ``mails``, a list of dicts with ``to`` (one address), ``subject``
    and ``body`` (text), some with ``calendar`` (see ``mail``). One that cannot be
    sent stops none of the others; the last error is raised when all have had their turn."""
    failed = None
    with get_connection() as connection:
        for fields in mails:
            try:
                connection.send_messages([_message(**fields)])
            except Exception as error:
                logger.exception("a mail could not be sent")
                failed = error
    if failed:
        raise failed


def _message(to, subject, body, calendar=None):
    message = EmailMultiAlternatives(subject=subject, body=body, to=[to])
    if calendar:
        # Once as another form of the mail, which calendar programs act on, and once
        # as a file, for whoever reads mails on a web page.
        kind = f"text/calendar; method={calendar['method']}"
        message.attach_alternative(calendar["text"], kind)
        message.attach("reunion.ics", calendar["text"], kind)
    return message


def absolute(address):
    """The full address of what stands at ``address`` in the admin."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + address


def place_of_work(record):
    """The address, within the site, where one acts on this page at its present stage."""
    if record.stage in (Stage.SIGN_OFF, Stage.SCHEDULED):
        return address_of("editorial_sign_off", record.page_id)
    if record.is_translation:
        return address_of("editorial_translate", record.page_id)
    return address_of("wagtailadmin_pages:edit", record.page_id)


def place_of_meeting(meeting):
    """The address, within the site, of this meeting's page."""
    return reverse("meeting", args=[meeting.pk])


def mail(users, template, context, app="workgroups", calendar_for=None):
    """Send one mail to each of ``users``, in her own language, once the
    present transaction is through. ``template``: the name of one of the mails of
    ``app``; its first line is the subject. ``calendar_for``: a function of the
    user that gives the calendar file to go with it: ``method`` and ``text``."""
    mails = []
    for user in users:
        with override(user.interface_language):
            text = render_to_string(f"{app}/mails/{template}.txt", {**context, "recipient": user})
            calendar = calendar_for(user) if calendar_for else None
        # The first empty line ends the subject: a title may hold a line's end of its own.
        subject, _sep, body = text.strip().partition("\n\n")
        fields = {
            "to": user.email,
            "subject": " ".join(subject.split()),
            "body": body.strip() + "\n",
        }
        mails.append(fields | ({"calendar": calendar} if calendar else {}))
    if mails:
        transaction.on_commit(lambda: send_mails.enqueue(mails))


def stage_begins(sender, instance, user=None, **kwargs):
    """Tell those who can act now that a stage has begun (task_submitted)."""
    record = (
        EditorialRecord.objects.select_related("page", "workgroup")
        .filter(page_id=instance.workflow_state.object_id)
        .first()
    )
    if record is None:
        return
    # Whoever wants fewer mails finds it in the next reminder.
    workers = [
        worker
        for worker in record.holders()
        if worker != user and worker.mail_rhythm == MailRhythm.AT_ONCE
    ]
    translates = record.is_translation and record.stage == Stage.DRAFT
    context = {
        "record": record,
        "title": record.page.draft_title,
        "by": user,
        "reason": _reason_for(instance),
        "writers": named_writers(record.page_id) if record.stage == Stage.DRAFT else "",
        "url": absolute(place_of_work(record)),
    }
    mail(workers, "stage_translation" if translates else f"stage_{record.stage}", context)


def _reason_for(task_state):
    """Why the page came back, if it was sent back to this stage."""
    sent_back = (
        task_state.workflow_state.task_states.filter(status=TaskState.STATUS_REJECTED)
        .order_by("-finished_at", "-pk")
        .first()
    )
    previous = (
        task_state.workflow_state.task_states.exclude(pk=task_state.pk)
        .exclude(status=TaskState.STATUS_CANCELLED)
        .order_by("-started_at", "-pk")
        .first()
    )
    return sent_back.comment if sent_back and sent_back == previous else ""


def tell_coordinators(records):
    """Tell every coordinator which topics nobody else can take on."""
    rows = [
        {
            "title": r.page.draft_title,
            "stage": r.get_stage_display(),
            "url": absolute(place_of_work(r)),
        }
        for r in records
    ]
    mail(coordinators(), "stuck", {"rows": rows})


def tell_why_not_online(record, reason):
    """Tell every coordinator that a topic has its signatures and yet cannot go
    online, and why."""
    context = {
        "title": record.page.draft_title,
        "reason": reason,
        "url": absolute(place_of_work(record)),
    }
    mail(coordinators(), "not_online", context)


def tell_withdrawn(pages, user, reason):
    """Tell the groups and the coordinators that topics were withdrawn."""
    for page in pages:
        record = EditorialRecord.objects.get(page_id=page.pk)
        people = set(coordinators().exclude(pk=user.pk))
        if record.workgroup:
            people |= set(
                get_user_model().objects.filter(
                    is_active=True,
                    pk__in=record.workgroup.memberships.values("user"),
                )
            )
        context = {
            "title": page.draft_title,
            "by": user,
            "reason": reason,
            "url": absolute(reverse("wagtailadmin_pages:edit", args=[page.pk])),
        }
        mail(sorted(people, key=lambda u: u.pk), "withdrawn", context)


def coordinators():
    """The coordinators; where there is none left, the administrators."""
    people = get_user_model().objects.active().order_by("pk")
    found = people.with_role(Role.COORDINATOR)
    if found.exists():
        return found
    return people.filter(Q(groups__name=Role.ADMINISTRATOR) | Q(is_superuser=True)).distinct()


def no_mail(sender, **kwargs):
    """Stands where one of Wagtail's own workflow mails would."""


def connect():
    """Called once from AppConfig.ready(), before Wagtail connects its own mails:
    whoever takes a dispatch_uid first keeps it, and each stage has one mail."""
    task_submitted.connect(stage_begins, dispatch_uid="stage_begins")
    for signal, name in (
        (workflow_submitted, "submitted"),
        (workflow_rejected, "rejected"),
        (workflow_approved, "approved"),
    ):
        signal.connect(
            no_mail,
            sender=WorkflowState,
            dispatch_uid=f"workflow_state_{name}_email_notification",
        )
