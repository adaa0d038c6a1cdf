"""The page whose every published word somebody signed."""

import hashlib
import json
import unicodedata
import uuid

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page

from workgroups.addresses import take_free_slug
from workgroups.remembered import remembered

from .picture_places import PicturePlaces
from .records import EditorialRecord
from .sign_offs import SignOff, Withdrawal
from .stages import Stage
from .translating import TranslatedPage
from .used_files import DraftFile


class UnsignedContentError(PermissionDenied):
    """Content would have gone live, or a live page off, without a signature or
    a withdrawal. Nothing was changed."""


class LockedAtThisStageError(PermissionDenied):
    """Somebody tried to change a page that is with its signatory."""


def hash_of(content):
    """The SHA-256 (64 hex digits) of a canonical content: JSON with sorted
    keys and Unicode in its composed form."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


# What Wagtail writes to a page's row between two publications.
BOOKKEEPING = frozenset(
    {
        "comments", "wagtail_admin_comments", "depth", "draft_title", "expire_at",
        "go_live_at", "has_unpublished_changes", "latest_revision",
        "latest_revision_created_at", "locked", "locked_at", "locked_by", "numchild",
        "owner", "path", "slug", "translation_key", "url_path",
    }
)  # fmt: skip


class EditorialPage(PicturePlaces, TranslatedPage):
    """A page that is written by a workgroup and goes live only with its
    signatures.

    A subclass says what must be there (``readiness_problems``), what exactly
    is signed (``canonical_content``, ``used_files``) and who may sign
    (``required_signatures``, ``eligible_signatories``), and where pictures stand
    (see PicturePlaces).
    """

    # Shared by a page, its copies and its translations: who wrote the one
    # wrote the other (see workgroups.authorship).
    lineage = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)

    # Set before the first save to say which group the page belongs to.
    initial_workgroup = None
    # Set by the editor's form: to which group the next revision gives the page.
    chosen_workgroup = None

    # What people call the places of the canonical content, in the order of
    # reading: see workgroups.parts.PartsReader.
    content_labels = {}

    class Meta:
        abstract = True

    # What subclasses fill in

    def readiness_problems(self, stage):
        """What must still be done before this version may leave ``stage``
        (``"draft"`` or ``"illustration"``), as a list of ReadinessProblem."""
        raise NotImplementedError

    def canonical_content(self):
        """All that parents and search engines see of this version, as a dict
        that JSON can hold and that is the same each time."""
        raise NotImplementedError

    def used_files(self):
        """The Illustrations and Recordings that this version uses."""
        raise NotImplementedError

    def required_signatures(self):
        """How many people must sign."""
        raise NotImplementedError

    def signatures_needed(self, record):
        """How many people must sign now: as ``record`` says or, where code has
        raised what is asked without publishing it, as is asked by now."""
        return max(1, record.required_signatures, self.required_signatures())

    def eligible_signatories(self):
        """The users among whom a signatory is found, authors not yet excluded."""
        raise NotImplementedError

    def withdrawn_with_it(self):
        """The pages that go off when this one is withdrawn, itself among them, as a
        condition on Page: its translations."""
        return Q(translation_key=self.translation_key)

    # The record

    @property
    def workgroup(self):
        record = self.get_record()
        return record.workgroup if record else self.initial_workgroup

    def get_record(self):
        """This page's EditorialRecord, or None before the first save."""
        records = EditorialRecord.objects.select_related("workgroup")
        return remembered(("record", self.pk), lambda: records.filter(page_id=self.pk).first())

    def content_hash(self):
        return hash_of(self.canonical_content())

    @cached_property
    def valid_sign_offs(self):
        """The signatures under what parents read now, oldest first, each with the date
        from which the page is to be read again (``page_review_due_on``): a theme that asks
        for more signatures may have moved it."""
        if not self.live_revision_id:
            return []
        signed = SignOff.objects.in_force(self.pk, self.live_revision_id)
        return list(signed.annotate(page_review_due_on=F("page__editorial_record__review_due_on")))

    # Saving

    def save(self, *args, **kwargs):
        # Publication is timed by the signature alone, and a topic has no end.
        self.go_live_at = self.expire_at = None
        adding = self._state.adding
        update_fields = kwargs.get("update_fields")
        if self.live and update_fields is None:
            self.draft_title = self.title
        with transaction.atomic():
            EditorialRecord.objects.hold(self.pk)
            if update_fields is None or not set(update_fields) <= BOOKKEEPING:
                self._refuse_unsigned(update_fields)
            super().save(*args, **kwargs)
            EditorialRecord.objects.filter(page_id=self.pk, publishing=True).update(
                publishing=False
            )
            if adding and not self.alias_of_id:
                self._open_record()

    def _refuse_unsigned(self, update_fields):
        """Raise unless the row as it will be is signed, or was not live and
        stays so. Opens the row for the database's guard where it is signed."""
        stored = None if self._state.adding else type(self).objects.get(pk=self.pk)
        was_live = bool(stored and stored.live)
        was_alias = bool(stored is None or stored.alias_of_id)
        lineage = stored.lineage if stored else self.lineage
        becomes = self
        if update_fields is not None and stored:
            becomes = stored
            for name in update_fields:
                setattr(becomes, name, getattr(self, name))
        if becomes.lineage != lineage:
            raise PermissionDenied(
                _("“%(title)s” keeps its lineage: who wrote it must stay known.")
                % {"title": self.title}
            )
        if becomes.alias_of_id and not was_alias:
            raise PermissionDenied(
                _("“%(title)s” has its own text and signatures: it does not become an alias.")
                % {"title": self.title}
            )
        if becomes.live:
            record = EditorialRecord.objects.filter(page_id=self.pk)
            changes_version = not was_live or not record.filter(
                page__live_revision_id=becomes.live_revision_id
            )
            if changes_version:
                self.refuse_unless_due()
            becomes.refuse_unless_signed(becomes.live_revision_id, count=changes_version)
            if changes_version:
                record.update(publishing=True)
        elif was_live and not self._is_withdrawn():
            raise UnsignedContentError(
                _(
                    "“%(title)s” is read by parents. It is taken off by "
                    "“Withdraw”, with a reason; nothing was changed."
                )
                % {"title": self.title}
            )

    def refuse_unless_due(self):
        """Raise UnsignedContentError unless this page waits, signed, for its
        publication and the moment has come."""
        record = self.get_record() if self.pk else None
        if record is None or not record.is_to_be_published():
            raise UnsignedContentError(
                _("“%(title)s” goes online once it is signed and its day has come.")
                % {"title": self.title}
            )

    def refuse_unless_signed(self, revision_id, count=True):
        """Raise UnsignedContentError unless this very content is signed as revision
        ``revision_id``, with ``count`` (it goes online now) by as many people as needed;
        ValidationError where something else keeps it off."""
        signed = SignOff.objects.in_force(self.pk, revision_id) if revision_id else []
        signatories = {s.signatory_id for s in signed}
        record = self.get_record() if self.pk else None
        needed = self.signatures_needed(record) if record and count else 1
        newest = SignOff.objects.filter(page_id=self.pk).order_by("pk").last()
        if len(signatories) < needed or (count and newest.revision_id != revision_id):
            raise UnsignedContentError(
                _(
                    "“%(title)s” cannot go online: it has %(count)d of "
                    "%(needed)d signatures. The draft was kept."
                )
                % {"title": self.title, "count": len(signatories), "needed": needed}
            )
        if {s.content_hash for s in signed} != {self.content_hash()}:
            raise UnsignedContentError(
                _(
                    "“%(title)s” cannot go online: it is no longer what was "
                    "signed. It must be signed again; the draft was kept."
                )
                % {"title": self.title}
            )
        if count and (reason := self.why_not_online()):
            raise ValidationError(reason)

    def _is_withdrawn(self):
        last = SignOff.objects.filter(page_id=self.pk).order_by("pk").last()
        withdrawn = Withdrawal.objects.filter(page_id=self.pk)
        if last:
            withdrawn = withdrawn.filter(last_sign_off__gte=last.pk)
        return withdrawn.exists()

    def _open_record(self):
        from workgroups import translations

        group = self.initial_workgroup
        if group is None:
            # A copy or a translation stays in the group, if there is but one.
            kin = EditorialRecord.objects.filter(
                page__in=type(self).objects.filter(lineage=self.lineage).values("pk")
            ).values_list("workgroup", flat=True)
            groups = set(kin)
            group_id = groups.pop() if len(groups) == 1 else None
        else:
            group_id = group.pk
        EditorialRecord.objects.create(
            page_id=self.pk,
            locale_id=self.locale_id,
            workgroup_id=group_id,
            source_id=translations.source_id_of(self),
            required_signatures=self.required_signatures(),
        )

    def save_revision(self, user=None, overwrite_revision=None, **kwargs):
        """As Wagtail's, but a revision that is signed, live or with its
        signatory is never overwritten; the first one starts the workflow."""
        kwargs["approved_go_live_at"] = None
        with transaction.atomic():
            record = EditorialRecord.objects.hold(self.pk)
            if record and record.stage in (Stage.SIGN_OFF, Stage.SCHEDULED):
                raise LockedAtThisStageError(
                    _(
                        "“%(title)s” is with its signatory: nobody can change it now. "
                        "Nothing was saved."
                    )
                    % {"title": self.title}
                )
            self.refuse_to_lose_pictures()
            if overwrite_revision and self._must_stay(overwrite_revision):
                overwrite_revision = None
            if overwrite_revision:
                # Wagtail overwrites the latest revision only: as it is now, not as it was read.
                self.refresh_from_db(fields=["latest_revision"])
            if record is None and not self.alias_of_id:
                self._open_record()  # an alias that becomes a page of its own
            if record and self.chosen_workgroup:
                EditorialRecord.objects.reassign(self, self.chosen_workgroup, user)
            # Always logged, under whose name it is: revisions can be purged.
            kwargs["log_action"] = kwargs.get("log_action") or user is not None
            revision = super().save_revision(
                user=user, overwrite_revision=overwrite_revision, **kwargs
            )
            DraftFile.replace(self, self.used_files())
            # Others see topics that are online in their choosers: under the
            # title that parents read, not under the one being drafted.
            Page.objects.filter(pk=self.pk, live=True).update(draft_title=F("title"))
            if not self.current_workflow_state and not self.alias_of_id:
                self.get_workflow().start(self, user)
            if not self.alias_of_id:
                EditorialRecord.objects.hold(self.pk).keep_missing(self)
        return revision

    def _must_stay(self, revision):
        return (
            revision.pk == self.live_revision_id
            or SignOff.objects.filter(revision=revision.pk).exists()
            or EditorialRecord.objects.filter(page_id=self.pk)
            .exclude(stage__in=(Stage.DRAFT, Stage.ILLUSTRATION))
            .exists()
        )

    def get_workflow(self):
        from workgroups.workflow import editorial_workflow

        return editorial_workflow()

    @property
    def has_workflow(self):
        return True

    # Going live and off: by signature and by withdrawal alone

    @transaction.atomic
    def publish(self, revision, user=None, **kwargs):
        """Put a signed revision before parents once its day has come.

        Raises UnsignedContentError, and changes nothing, for any other; one
        that somebody scheduled around the signature loses its schedule.
        """
        from workgroups import translations

        record = EditorialRecord.objects.hold(self.pk)
        try:
            self.refuse_unless_due()
            revision.as_object().refuse_unless_signed(revision.pk)
        except UnsignedContentError:
            if revision.approved_go_live_at:
                self.revisions.filter(pk=revision.pk).update(approved_go_live_at=None)
                return
            raise
        kwargs["skip_permission_checks"] = True
        take_free_slug(self, revision, user)
        super().publish(revision, user=user, **kwargs)
        signed = SignOff.objects.in_force(self.pk, revision.pk)
        record.enter(Stage.PUBLISHED)
        record.review_due_on = min(s.review_due_on for s in signed)
        record.save(update_fields=["review_due_on"])
        translations.follow(self)

    def unpublish(self, set_expired=False, **kwargs):
        """Taken off by a withdrawal only; an expiry date is dropped."""
        if set_expired and not self._is_withdrawn():
            type(self).objects.filter(pk=self.pk).update(expire_at=None)
            return None
        return super().unpublish(set_expired=False, **kwargs)

    def update_aliases(self, **kwargs):
        """Aliases of an editorial page are not kept up: what they show would be
        published without a signature of its own."""

    def can_move_to(self, parent):
        """Refuses to put a live page where more signatures are asked for."""
        return super().can_move_to(parent) and not self.lacks_signatures_under(parent)

    def lacks_signatures_under(self, parent):
        """Whether this page is live with fewer signatures than ``parent`` asks for."""
        needed = getattr(parent.specific, "signatures_asked", 1)
        signatories = {s.signatory_id for s in self.valid_sign_offs}
        return self.live and len(signatories) < needed

    def delete(self, *args, **kwargs):
        """Refused for a topic that was ever signed (PermissionDenied)."""
        from workgroups.deletion import why_page_stays

        # Before the database's own protections speak, which name no reason.
        if reason := why_page_stays(self):
            raise PermissionDenied(reason)
        return super().delete(*args, **kwargs)

    # Who may do what

    def permissions_for_user(self, user):
        from workgroups.permissions import EditorialPermissionTester

        return EditorialPermissionTester(user, self)

    def get_lock(self):
        from workgroups.locks import SignedLock

        record = self.get_record()
        if record and not record.in_round:
            return SignedLock(self, record)
        return super().get_lock()


def editorial_models():
    """Every concrete kind of editorial page."""
    return [model for model in apps.get_models() if issubclass(model, EditorialPage)]
