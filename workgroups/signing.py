"""Signing exactly what will go out, and publishing what was signed."""

from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState, WorkflowState

from accounts.roles import Role

from .authorship import possible_signatories, writers_of
from .models import (
    EditorialRecord,
    SignedFile,
    SignOff,
    Stage,
    Withdrawal,
)
from .models.editorial_page import hash_of
from .workflow import current_task_state, hand_on, send_back

STATEMENT = gettext_lazy(
    "I have read this topic in full, text and pictures. I wrote none of it. "
    "To the best of my knowledge it is right, and I sign it in my name."
)


class StalePageError(PermissionDenied):
    """The page has moved on since the screen was opened; nothing was signed."""


class CannotGoOnlineError(PermissionDenied):
    """The page has its signatures, yet something else keeps it from going
    online; nothing was signed and nothing was changed."""


class Outcome(Enum):
    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    WAITS_FOR_ANOTHER = "waits"
    ALREADY_SIGNED = "already"


@dataclass(frozen=True)
class Signature:
    """What a signatory asks for.

    ``revision_id`` and ``content_hash`` name what was on the screen;
    ``review_due_on`` is a date, ``publish_at`` an aware datetime or None.
    """

    revision_id: int
    content_hash: str
    review_due_on: object
    publish_at: object = None


def why_not(page, record, user):
    """Why ``user`` may not sign this page now, as a sentence, or None."""
    if not user.is_active or not (user.has_role(Role.SIGNATORY)):
        return _("Only signatories can sign.")
    if not user.profession:
        return _("A signature names a profession: a coordinator adds yours to your account.")
    if record.stage != Stage.SIGN_OFF:
        return _("This topic is not waiting for a signature.")
    if not user.reads(record.language):
        return _("You sign what you can read: %(language)s is not among your languages.") % {
            "language": record.language_name
        }
    if user.pk in writers_of(page):
        return _(
            "You wrote in this topic: somebody else signs it, so that two people have read it."
        )
    if record.workgroup and record.workgroup.memberships.authors().filter(user=user).exists():
        return _("You are an author of this group: somebody else signs its topics.")
    if not possible_signatories(page, record).filter(pk=user.pk).exists():
        return _("This theme has its own signatories, and you are not among them.")
    return None


def own_signature(page, record, user):
    """The signature of ``user`` under what is to be signed or, once that is done, under what
    parents read; None where she signed another version."""
    revision = revision_to_sign(record)
    revision_id = revision.pk if revision else page.live_revision_id
    if revision_id is None:
        return None
    return SignOff.objects.in_force(page.pk, revision_id).filter(signatory=user).first()


def may_read(page, record, user):
    """Whether ``user`` may read the version of ``page`` that waits for its signature: those
    who oversee it or write it, who signed it and who may sign it."""
    from .models.records import oversees

    return (
        oversees(user)
        or page.permissions_for_user(user).can_edit()
        or own_signature(page, record, user) is not None
        or not why_not(page, record, user)
    )


def ask_signatories(record):
    """Keep with the record who can sign it now; called when the sign-off
    begins and when people, roles or themes change."""
    if record.stage == Stage.SIGN_OFF:
        record.asked.set(possible_signatories(record.page.specific, record))


def revision_to_sign(record):
    """The revision that waits for its signatures, or that carries them already
    and waits for its day; None at any other stage."""
    if record.stage == Stage.SIGN_OFF:
        state = current_task_state(record.page_id)
        return state.revision if state else None
    if record.stage == Stage.SCHEDULED:
        last = record.page.sign_offs.order_by("pk").last()
        return last.revision
    return None


def renew_revision(record):
    """Give a page whose latest revision carries signatures a revision of the
    same content that nobody has signed.

    Whoever sent a page back, or withdrew it, did not sign what comes after,
    even if not a word was changed; and a topic that is read again unchanged is
    signed again. The copy keeps its maker's name: nobody becomes an author.
    """
    signed = Page.objects.get(pk=record.page_id).latest_revision
    if not SignOff.objects.filter(revision=signed).exists():
        return signed
    fresh = Revision.objects.create(
        content_object=record.page.specific,
        base_content_type=signed.base_content_type,
        user_id=signed.user_id,
        object_str=signed.object_str,
        content=signed.content,
    )
    Page.objects.filter(pk=record.page_id).update(
        latest_revision=fresh, latest_revision_created_at=fresh.created_at
    )
    state = current_task_state(record.page_id)
    if record.stage == Stage.SIGN_OFF and state and state.revision_id == signed.pk:
        state.revision = fresh
        state.save(update_fields=["revision"])
    return fresh


def _lock_files(version):
    """Hold the files of ``version`` as they are until the signature is written."""
    for file in sorted(version.used_files(), key=lambda file: (type(file).__name__, file.pk)):
        type(file).objects.select_for_update().get(pk=file.pk)


def locked_record(page_id):
    """The record of that page, with its page and group, held until the transaction ends."""
    return (
        EditorialRecord.objects.select_for_update(of=("self",))
        .select_related("page", "workgroup")
        .get(page_id=page_id)
    )


@transaction.atomic
def sign(page_id, user, signature):
    """Sign, and publish or schedule when this was the last signature needed.

    Returns an Outcome. Raises PermissionDenied with the reason when ``user``
    may not sign, StalePageError when the page is no longer what was shown,
    CannotGoOnlineError where something else keeps it off.
    Signing the same revision twice does one thing once.
    """
    record = locked_record(page_id)
    page = record.page.specific
    already = SignOff.objects.in_force(page_id, signature.revision_id).filter(signatory=user)
    if already.exists():
        return Outcome.ALREADY_SIGNED
    if reason := why_not(page, record, user):
        raise PermissionDenied(reason)
    revision = revision_to_sign(record)
    if revision is None or revision.pk != signature.revision_id:
        raise StalePageError(
            _("This topic has changed since you opened it. Read it again, then sign.")
        )
    _lock_files(revision.as_object())
    version = revision.as_object()
    content = version.canonical_content()
    content_hash = version.content_hash()
    if content_hash != signature.content_hash:
        raise StalePageError(
            _("This topic has changed since you opened it. Read it again, then sign.")
        )
    if reason := version.why_not_online():
        raise _not_online(record, reason)
    sign_off = SignOff.objects.create(
        page_id=page_id,
        revision=revision,
        locale_id=record.locale_id,
        signatory=user,
        signatory_name=user.get_full_name(),
        profession=user.profession,
        written_by=record.workgroup.full_name if record.workgroup else "",
        statement=str(STATEMENT),
        content=content,
        content_hash=content_hash,
        signed_at=timezone.now(),
        review_due_on=signature.review_due_on,
        publish_at=signature.publish_at,
    )
    for file in set(version.used_files()):
        SignedFile.objects.create(sign_off=sign_off, **SignedFile.columns(file))
    log(
        instance=page,
        action="editorial.sign",
        user=user,
        revision=revision,
        data={
            "content_hash": content_hash,
            "sign_off": sign_off.pk,
            "signature_hash": hash_of(sign_off.said),
        },
    )
    return complete(record, user)


def signatures_missing(record):
    """How many signatures the revision at sign-off still lacks."""
    revision = revision_to_sign(record)
    if revision is None:
        return 0
    signed = SignOff.objects.in_force(record.page_id, revision.pk)
    people = signed.values("signatory").distinct().count()
    return max(0, record.page.specific.signatures_needed(record) - people)


def complete(record, user):
    """Publish or schedule the revision at sign-off if it has all its
    signatures. Returns an Outcome; raises CannotGoOnlineError with the reason
    where something else is in the way."""
    if record.stage != Stage.SIGN_OFF or signatures_missing(record):
        return Outcome.WAITS_FOR_ANOTHER
    state = current_task_state(record.page_id)
    if state is None:
        return Outcome.WAITS_FOR_ANOTHER
    revision = state.revision
    days = [
        s.publish_at for s in SignOff.objects.in_force(record.page_id, revision.pk) if s.publish_at
    ]
    hand_on(state, user)
    now = timezone.now()
    record.enter(Stage.SCHEDULED)
    record.publish_at = max([now, *days])
    record.save(update_fields=["publish_at"])
    if record.publish_at > now:
        log(
            instance=record.page.specific,
            action="editorial.schedule",
            user=user,
            revision=revision,
            data={"publish_at": record.publish_at.isoformat()},
        )
        return Outcome.SCHEDULED
    try:
        revision.publish(user=user)
    except ValidationError as error:
        raise _not_online(record, " ".join(error.messages)) from error
    record.refresh_from_db()
    return Outcome.PUBLISHED


def _not_online(record, reason):
    text = _("“%(title)s” cannot go online, and nothing was signed: %(reason)s")
    return CannotGoOnlineError(text % {"title": record.page.draft_title, "reason": reason})


@transaction.atomic
def return_page(page_id, user, revision_id, to, reason):
    """Send a page at sign-off (or one that waits for its day) back to ``to``.

    Raises PermissionDenied when ``user`` may not, StalePageError when it has
    moved on, ValidationError without a reason.
    """
    from .models.records import oversees

    record = locked_record(page_id)
    page = record.page.specific
    revision = revision_to_sign(record)
    if revision is None or revision.pk != revision_id:
        raise StalePageError(_("This topic has moved on since you opened it."))
    if not oversees(user):
        signed = SignOff.objects.in_force(page_id, revision.pk).filter(signatory=user)
        if not signed.exists() and (reason_not := why_not(page, record, user)):
            raise PermissionDenied(reason_not)
    if record.stage == Stage.SCHEDULED:
        reopen(record, user)
    send_back(record, user, to, reason)


def reopen(record, user):
    """Take a scheduled page back to sign-off, its schedule dropped."""
    page = record.page.specific
    last = page.workflow_states.filter(status=WorkflowState.STATUS_APPROVED).last()
    last.status = WorkflowState.STATUS_IN_PROGRESS
    last.save()
    state = last.current_task_state
    TaskState.objects.filter(pk=state.pk).update(
        status=TaskState.STATUS_IN_PROGRESS, finished_at=None, finished_by=None
    )
    record.enter(Stage.SIGN_OFF)
    ask_signatories(record)


@transaction.atomic
def withdraw(page, user, reason):
    """Take a topic off at once, in every language, and end its signatures.

    Withdraws ``page`` and all that goes off with it (its translations, and what
    ``EditorialPage.withdrawn_with_it`` adds), each with an append-only Withdrawal.
    Raises PermissionDenied where ``user`` may not withdraw it: see may_withdraw.
    """
    records = list(
        EditorialRecord.objects.select_for_update(of=("self",))
        .filter(
            page__in=Page.objects.filter(
                page.specific.withdrawn_with_it(), content_type=page.content_type_id
            ),
        )
        .order_by("pk")
    )
    if not may_withdraw(user, page):
        raise PermissionDenied(_("Only coordinators and signatories can withdraw."))
    withdrawn = []
    for record in records:
        target = record.page.specific
        if not target.live and record.stage not in (Stage.SCHEDULED, Stage.SIGN_OFF):
            continue
        Withdrawal.objects.create(
            page_id=target.pk,
            last_sign_off=target.sign_offs.order_by("pk").last(),
            user=user,
            reason=reason,
            withdrawn_at=timezone.now(),
        )
        if record.stage == Stage.SIGN_OFF:
            renew_revision(record)
        if target.live:
            UnpublishPageAction(target, user=user).execute(skip_permission_checks=True)
        if not record.in_round:
            record.enter(Stage.WITHDRAWN)
        log(
            instance=target,
            action="editorial.withdraw",
            user=user,
            data={"reason": reason},
        )
        withdrawn.append(target)
    return withdrawn


def may_withdraw(user, page):
    """Coordinators may always; signatories answer for what parents read or will
    read, and where it is at sign-off, for what they may sign themselves. Who comes
    second to a withdrawal may too: there is nothing left to do, and they are told so."""
    from .models.records import oversees

    if oversees(user):
        return True
    record = page.get_record()
    if record is None or not user.has_role(Role.SIGNATORY):
        return False
    if record.stage == Stage.WITHDRAWN:
        return user.is_active
    return answers_for(user, record) or not why_not(page, record, user)


def answers_for(user, record):
    """Whether ``user`` may take off what parents read, or will read on its day, of the page
    of ``record``."""
    from .models.records import oversees

    if not (record.page.live or record.stage == Stage.SCHEDULED):
        return False
    return oversees(user) or (user.is_active and user.has_role(Role.SIGNATORY))
