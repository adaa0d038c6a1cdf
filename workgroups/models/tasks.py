"""The three stages through which every topic goes, as Wagtail tasks."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Task, TaskState

from workgroups.locks import StageLock
from workgroups.remembered import remembered

from .records import EditorialRecord
from .stages import Stage


class EditorialTask(Task):
    """A stage: it keeps the record in step and says who may act."""

    stage = None
    # The name of the button that hands the page on.
    hand_over_label = None

    lock_class = StageLock

    class Meta:
        abstract = True

    @transaction.atomic
    def start(self, workflow_state, user=None):
        record = EditorialRecord.objects.get(page_id=workflow_state.object_id)
        record.enter(self.stage)
        self.prepare(record)
        return super().start(workflow_state, user=user)

    def prepare(self, record):
        """What the stage needs before anybody is told that it begins."""
        record.keep_missing(record.page.specific.get_latest_revision_as_object())

    def _record(self, obj):
        records = EditorialRecord.objects.select_related("workgroup")
        return remembered(("record", obj.pk), lambda: records.get(page_id=obj.pk))

    def _may_work(self, obj, user):
        return remembered(
            ("may work", obj.pk, user.pk), lambda: self._record(obj).can_be_worked_on_by(user)
        )

    def user_can_access_editor(self, obj, user):
        return self._may_work(obj, user)

    def locked_for_user(self, obj, user):
        return not self._may_work(obj, user)

    def get_actions(self, obj, user):
        if self.hand_over_label and self._may_work(obj, user):
            translated = self._record(obj).is_translation
            label = _("Send to sign-off") if translated else self.hand_over_label
            return [("approve", label, False)]
        return []

    @transaction.atomic
    def on_action(self, task_state, user, action_name, comment="", **kwargs):
        """Hand the page on, or back. Whatever else a browser sends along
        (``kwargs``) is left aside.

        Raises PermissionDenied when the user may not, when something is still
        missing or when the page has moved on meanwhile.
        """
        from workgroups import translations
        from workgroups.workflow import hand_on, send_back

        page = task_state.revision.as_object()
        record = EditorialRecord.objects.hold(page.pk)
        names = [name for name, _label, _modal in self.get_actions(page, user)]
        current = TaskState.objects.select_for_update().get(pk=task_state.pk)
        if (
            action_name not in names
            or record.stage != self.stage
            or current.status != TaskState.STATUS_IN_PROGRESS
        ):
            raise PermissionDenied
        if action_name == "reject":
            try:
                send_back(record, user, Stage.DRAFT, comment)
            except ValidationError as error:
                raise PermissionDenied(" ".join(error.messages)) from error
            return
        if record.is_translation:
            translations.compose(page, user)
        latest = page.get_latest_revision_as_object()
        if latest.problems_at(self.stage):
            raise PermissionDenied(_("Something is still missing."))
        hand_on(task_state, user)


class DraftTask(EditorialTask):
    """The group's authors write."""

    stage = Stage.DRAFT
    hand_over_label = _("Send to illustration")

    class Meta:
        verbose_name = pgettext_lazy("stage", "draft")
        verbose_name_plural = _("drafts")

    @classmethod
    def get_description(cls):
        return _("The group's authors write the topic.")


class IllustrationTask(EditorialTask):
    """The group's illustrators complete the pictures; authors may correct."""

    stage = Stage.ILLUSTRATION
    hand_over_label = _("Send to sign-off")

    class Meta:
        verbose_name = _("illustration")
        verbose_name_plural = _("illustrations")

    @classmethod
    def get_description(cls):
        return _("The illustrators complete the pictures.")

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        if actions:
            actions.append(("reject", _("Send back to draft"), True))
        return actions

    def get_form_for_action(self, action):
        from workgroups.forms import ReasonForm

        return ReasonForm if action == "reject" else super().get_form_for_action(action)


class SignOffTask(EditorialTask):
    """A professional who wrote none of it reads and signs, on a page of its own
    (workgroups.views.sign_off): here nobody edits, superusers included."""

    stage = Stage.SIGN_OFF

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")

    @classmethod
    def get_description(cls):
        return _("A professional who wrote none of it signs.")

    def prepare(self, record):
        from workgroups.signing import ask_signatories, renew_revision

        renew_revision(record)
        ask_signatories(record)
