"""Why a page cannot be edited now, and where to go next."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock, WorkflowLock


class StageLock(WorkflowLock):
    """The page waits for somebody else at this stage of the workflow."""

    def get_message(self, user):
        if not self.for_user(user):
            return None
        record = self.object.get_record()
        if self.task.stage == "sign_off":
            return format_html(
                '{} <a href="{}">{}</a>',
                _("This topic is with its signatory: nobody can change it now."),
                reverse("editorial_sign_off", args=[self.object.pk]),
                _("See what is being signed"),
            )
        names = ", ".join(str(worker) for worker in record.holders())
        if not names:
            return _("This topic waits for a coordinator.")
        return _("This topic is with: %(names)s.") % {"names": names}

    def get_locked_by(self, user, can_lock=False):
        return _("Locked at this stage")

    def get_description(self, user, can_lock=False):
        return _("Only those who have it now can change it")


class SignedLock(BaseLock):
    """Nothing of a signed page changes until somebody opens a new round."""

    def __init__(self, page, record):
        super().__init__(page)
        self.record = record

    def for_user(self, user):
        return True

    def get_message(self, user):
        explanation = {
            "published": _("This topic is signed and online: parents read it as it is."),
            "scheduled": _("This topic is signed and waits for its day."),
            "withdrawn": _("This topic was withdrawn."),
        }[self.record.stage]
        if self.record.stage == "scheduled":
            return format_html(
                '{} <a href="{}">{}</a>',
                explanation,
                reverse("editorial_sign_off", args=[self.object.pk]),
                _("See what was signed"),
            )
        return format_html(
            '{} <a class="button button-small" href="{}">{}</a>',
            explanation,
            reverse("editorial_revise", args=[self.object.pk]),
            _("Revise"),
        )

    def get_locked_by(self, user):
        return _("Signed")

    def get_description(self, user):
        return _("To change it, press “Revise”: parents keep reading the signed text")
