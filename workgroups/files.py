"""What workgroups answers when media asks about a file."""

from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _

from media.registry import Holder

from .models import DraftFile, SignedFile, Workgroup
from .permissions import closed_pages


def holders_of(file):
    """The topics that use ``file``: signed ones freeze it, drafts keep it."""
    return [holder for _file, holder in holders_of_many([file])]


def holders_of_many(files):
    """Yield (file, Holder) for all of ``files``, in two queries; what a user may know
    of takes one more."""
    by_key = {(type(file), file.pk): file for file in files}
    signed = list(
        SignedFile.holding_any(files)
        .select_related("sign_off__page")
        .defer("sign_off__content", "sign_off__statement")
    )
    drafts = list(DraftFile.holding_any(files).select_related("page"))
    pages = {row.sign_off.page_id for row in signed} | {row.page_id for row in drafts}

    @cache
    def closed_to(user):
        return set(closed_pages(user).filter(pk__in=pages).values_list("pk", flat=True))

    def holder(page, label, frozen, past=False):
        return Holder(
            label=label,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            frozen=frozen,
            told_to=lambda user: page.pk not in closed_to(user),
            past=past,
        )

    for row in signed:
        page = row.sign_off.page
        label = _("“%(title)s”, signed by %(name)s") % {
            "title": page.draft_title,
            "name": row.sign_off.signatory_name,
        }
        shown = {page.live_revision_id if page.live else None, page.latest_revision_id}
        past = row.sign_off.revision_id not in shown
        yield by_key[row.key], holder(page, label, frozen=True, past=past)
    for row in drafts:
        yield by_key[row.key], holder(row.page, row.page.draft_title, frozen=False)


def collections_of(user):
    """The collections of the active groups to which ``user`` belongs, by id;
    for an illustrator also those of groups that have none and wait for one."""
    from .models import EditorialRecord

    own = Workgroup.objects.of(user)
    waiting = Workgroup.objects.filter(records__in=EditorialRecord.objects.editable_by(user))
    return (own | waiting.distinct()).values_list("collection_id", flat=True)
