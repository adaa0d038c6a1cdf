"""Who wrote a page: the people who may not sign it.

Read from the audit log as well as from the revisions, since old revisions can
be purged, and from the pages that the page was copied or translated from.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import PageLogEntry, Revision
from wagtail_localize.models import SegmentOverride, StringTranslation

from .models import EditorialRecord

WRITING = (
    "wagtail.create",
    "wagtail.edit",
    "wagtail.rename",
    "wagtail.revert",
    "wagtail.copy",
    "wagtail.copy_for_translation",
    "wagtail.convert_alias",
)


def writers_of(page):
    """The ids of all users who made a revision, an edit or a revert in this
    page's history or, before this page was made, in that of a page that it was
    copied from; of a translation's source, always.
    """
    record = EditorialRecord.objects.get(page_id=page.pk)
    kin = type(page).objects.filter(lineage=page.lineage)
    always = set(kin.filter(translation_key=page.translation_key).values_list("pk", flat=True)) | {
        page.pk
    }
    before = set(kin.values_list("pk", flat=True)) - always
    entries = PageLogEntry.objects.filter(action__in=WRITING).filter(
        Q(page__in=always) | Q(page__in=before, timestamp__lte=record.created_at)
    )
    revisions = Revision.objects.page_revisions().filter(
        Q(object_id__in=[str(pk) for pk in always])
        | Q(
            object_id__in=[str(pk) for pk in before],
            created_at__lte=record.created_at,
        )
    )
    ids = set(entries.values_list("user_id", flat=True))
    ids |= set(revisions.values_list("user_id", flat=True))
    ids |= translators_of(page)
    return ids - {None}


def translators_of(page):
    """The ids of those who translated a string of this page, or chose something
    else for its language, in wagtail-localize's own editor."""
    ids = set()
    for model in (StringTranslation, SegmentOverride):
        written = model.objects.filter(context__object=page.translation_key, locale=page.locale_id)
        ids |= set(written.values_list("last_translated_by", flat=True))
    return ids


def possible_signatories(page, record):
    """The active users who may sign this page now, as a QuerySet: eligible for
    it, with a profession to sign with, who wrote none of it and are no authors
    of its group."""
    authors = (
        record.workgroup.memberships.authors().values("user")
        if record.workgroup
        else get_user_model().objects.none().values("pk")
    )
    return (
        page.eligible_signatories()
        .filter(is_active=True)
        .exclude(profession="")
        .exclude(pk__in=writers_of(page))
        .exclude(pk__in=authors)
        .distinct()
    )
