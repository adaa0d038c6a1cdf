"""What workgroups answers when media asks about a file."""

from django.urls import reverse
from django.utils.translation import gettext as _

from media.registry import Holder

from .models import DraftFile, SignedFile, Workgroup


def holders_of(file):
    """The topics that use ``file``: signed ones freeze it, drafts keep it."""
    for row in SignedFile.holding(file).select_related("sign_off__page"):
        page = row.sign_off.page
        yield Holder(
            label=_("“%(title)s”, signed by %(name)s")
            % {"title": page.draft_title, "name": row.sign_off.signatory_name},
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            frozen=True,
        )
    for row in DraftFile.holding(file).select_related("page"):
        yield Holder(
            label=row.page.draft_title,
            url=reverse("wagtailadmin_pages:edit", args=[row.page.pk]),
            frozen=False,
        )


def collections_of(user):
    """The collections of the active groups to which ``user`` belongs, by id;
    for an illustrator also those of groups that have none and wait for one."""
    from .models import EditorialRecord

    own = Workgroup.objects.of(user)
    waiting = Workgroup.objects.filter(records__in=EditorialRecord.objects.editable_by(user))
    return (own | waiting.distinct()).values_list("collection_id", flat=True)
