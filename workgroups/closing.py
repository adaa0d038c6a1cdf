"""When a group closes, what it would have met for is cancelled, and those invited are told."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import get_active_log_context

from .meetings import cancel
from .models import Meeting


@transaction.atomic
def catch_up():
    """Cancel the meetings to come of every closed group. Safe to repeat."""
    closed = Meeting.objects.coming().held().filter(workgroup__active=False)
    closed = closed.filter(starts_at__gt=timezone.now(), attendance=None, decisions=None)
    user = get_active_log_context().user
    with override(settings.LANGUAGE_CODE):
        reason = _("The group was closed.")
    for meeting in closed:
        cancel(meeting, user, reason)


def group_saved(sender, instance, raw=False, **kwargs):
    """Part of the transaction that closes the group (post_save)."""
    if not (raw or instance.active):
        catch_up()


def connect():
    """Called once from AppConfig.ready()."""
    from django.db.models.signals import post_save

    from .models import Workgroup

    post_save.connect(group_saved, sender=Workgroup, dispatch_uid="closing-group")
