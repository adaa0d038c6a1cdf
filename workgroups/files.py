"""What workgroups answers when media asks about a file."""

from functools import cache

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from media.models import Illustration
from media.registry import Holder

from .models import DraftFile, EditorialRecord, SignedFile, Stage, Workgroup
from .permissions import closed_pages
from .privacy import restrictions_above


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
    own = Workgroup.objects.of(user)
    waiting = Workgroup.objects.filter(records__in=EditorialRecord.objects.editable_by(user))
    return (own | waiting.distinct()).values_list("collection_id", flat=True)


def publishers_of(model, pk):
    """Where parents see a file of that ``model`` now: what is under the signatures of the
    version that is online, and of no other one."""
    page = "sign_off__page"
    field = "illustration" if model is Illustration else "recording"
    online = SignedFile.objects.filter(
        **{
            field: pk,
            f"{page}__live": True,
            "sign_off__revision": F(f"{page}__live_revision"),
        }
    )
    yield online.exclude(Exists(restrictions_above(f"{page}__path")))


def is_read_by(user, file):
    """Whether ``user`` writes a topic in which ``file`` stands, or reads one to sign it: in
    the version that she signs, or in one signed before, with which she compares it."""
    from .signing import may_read

    pages = Q(page__in=DraftFile.holding(file).values("page"))
    pages |= Q(page__in=SignedFile.holding(file).values("sign_off__page"))
    records = EditorialRecord.objects.filter(pages)
    if EditorialRecord.objects.editable_by(user).filter(pk__in=records.values("pk")).exists():
        return True
    signed = user.sign_offs.filter(
        page=OuterRef("page"), revision=OuterRef("page__latest_revision")
    )
    # Those few that she may be reading; whether she may is asked as her screen does.
    hers = records.filter(Q(stage=Stage.SIGN_OFF, asked=user) | Exists(signed)).distinct()
    return any(
        may_read(record.page.specific, record, user)
        for record in hers.select_related("page", "workgroup")
    )
