"""What workgroups answers when media asks about a file."""

from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _

from media.registry import Holder

from .models import DraftFile, SignedFile, Workgroup
from .permissions import closed_pages


def holders_of(file):
    """The topics that use ``file``: signed ones freeze it, drafts keep it."""
    signed = list(SignedFile.holding(file).select_related("sign_off__page"))
    drafts = list(DraftFile.holding(file).select_related("page"))
    pages = {row.sign_off.page_id for row in signed} | {row.page_id for row in drafts}

    @cache
    def closed_to(user):
        return set(closed_pages(user).filter(pk__in=pages).values_list("pk", flat=True))

    def holder(page, label, frozen):
        return Holder(
            label=label,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            frozen=frozen,
            told_to=lambda user: page.pk not in closed_to(user),
        )

    for row in signed:
        page = row.sign_off.page
        label = _("“%(title)s”, signed by %(name)s") % {
            "title": page.draft_title,
            "name": row.sign_off.signatory_name,
        }
        yield holder(page, label, frozen=True)
    for row in drafts:
        yield holder(row.page, row.page.draft_title, frozen=False)


def collections_of(user):
    """The collections of the active groups to which ``user`` belongs, by id;
    for an illustrator also those of groups that have none and wait for one."""
    from .models import EditorialRecord

    own = Workgroup.objects.of(user)
    waiting = Workgroup.objects.filter(records__in=EditorialRecord.objects.editable_by(user))
    return (own | waiting.distinct()).values_list("collection_id", flat=True)
