"""What time brings: the publication of what is signed and whose day has come."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from .models import EditorialRecord, Stage, UnsignedContentError
from .notifications import tell_why_not_online
from .signing import locked_record, renew_revision, reopen, revision_to_sign, signatures_missing
from .workflow import current_task_state

logger = logging.getLogger(__name__)


def publish_due(now=None):
    """Publish each scheduled page whose time has come.

    Each in its own transaction: one that cannot go does not stop the others.
    One that lacks a signature, or is not as a page must be, goes back to
    sign-off: those who can sign are told, of the latter the coordinators as
    well. One that fails otherwise is tried again next time. Returns (published,
    sent back) as two numbers.
    """
    published = returned = 0
    due = EditorialRecord.objects.due_for_publication(now).values_list("page_id", flat=True)
    for page_id in list(due):
        try:
            with transaction.atomic():
                outcome = _publish_if_due(page_id)
        except Exception:
            logger.exception("Page %s could not be published", page_id)
            continue
        published += outcome == Stage.PUBLISHED
        returned += outcome == Stage.SIGN_OFF
    return published, returned


def _publish_if_due(page_id):
    """Publish one page, or send it back to sign-off. Returns the stage at which
    it is now, None when somebody else was quicker."""
    record = locked_record(page_id)
    if record.stage != Stage.SCHEDULED:
        return None
    revision = revision_to_sign(record)
    try:
        with transaction.atomic():
            revision.publish()
    except (UnsignedContentError, ValidationError) as refusal:
        logger.warning("Page %s: back to sign-off", page_id)
        reason = " ".join(getattr(refusal, "messages", [])) or str(refusal)
        record.refresh_from_db()
        reopen(record, None)
        if not signatures_missing(record):
            # All have signed, but it cannot go out as it stands there now.
            renew_revision(record)
        log(
            instance=record.page.specific,
            action="editorial.send_back",
            revision=revision,
            data={"to": str(Stage.SIGN_OFF), "reason": reason},
        )
        task_submitted.send(sender=TaskState, instance=current_task_state(page_id))
        if isinstance(refusal, ValidationError):
            tell_why_not_online(record, reason)
        return Stage.SIGN_OFF
    return Stage.PUBLISHED
