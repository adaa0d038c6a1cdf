"""Who wrote a page: the people who may not sign it.

Read from the audit log as well as from the revisions, since old revisions can
be purged, from the pages that the page was copied or translated from, and from
the log of the pictures, films and sounds that it shows.
"""

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.db.models.signals import post_save
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision
from wagtail_localize.models import SegmentOverride, StringTranslation

from media.models import Illustration

from .models import DraftFile, EditorialPage, EditorialRecord, IllustrationBrief, SignOff

WRITING = (
    "wagtail.create",
    "wagtail.edit",
    "wagtail.rename",
    "wagtail.revert",
    "wagtail.copy",
    "wagtail.copy_for_translation",
    "wagtail.convert_alias",
)
MAKING = ("wagtail.create", "wagtail.edit")
# What wagtail-localize's editor keeps, with the field that holds the words.
TRANSLATED = {StringTranslation: "data", SegmentOverride: "data_json"}


def writers_of(page):
    """The ids of all users who made a revision, an edit or a revert in this
    page's history or, before this page was made, in that of a page that it was
    copied from; of a translation's source, always; and of those who made or
    changed a file that its latest version shows.
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
    # Wagtail logs a new title once more at its publication, by who signed it.
    entries = entries.exclude(
        action="wagtail.rename", revision__in=SignOff.objects.values("revision")
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
    ids |= makers_of_files(page)
    return ids - {None}


def makers_of_files(page):
    """The ids of those who drew, filmed, uploaded, captioned or otherwise edited
    a file that the latest version of ``page`` shows."""
    ids = set()
    used = {}
    for model, pk in DraftFile.objects.files_of(page.pk):
        used.setdefault(model, []).append(pk)
    for model, pks in used.items():
        entries = ModelLogEntry.objects.filter(
            action__in=MAKING,
            content_type=ContentType.objects.get_for_model(model),
            object_id__in=[str(pk) for pk in pks],
        )
        ids |= set(entries.values_list("user_id", flat=True))
        for names in model.objects.filter(pk__in=pks).values_list(
            "credit_user_id", "uploaded_by_user_id"
        ):
            ids |= set(names)
    # Whoever was to draw one, and whoever drew any version of it.
    briefs = IllustrationBrief.objects.filter(illustration__in=used.get(Illustration, []))
    for names in briefs.values_list("illustrator", "versions__by"):
        ids |= set(names)
    return ids


def log_translation(sender, instance, raw=False, update_fields=None, **kwargs):
    """Log whoever translated a string of a page, or chose something else for its
    language, in wagtail-localize's own editor (post_save): it knows the last one
    only, forgets what was taken away, and nothing of copies.

    On the page translated into or, before there is one, on its source. One
    entry for what somebody translates in a row.
    """
    user, context = instance.last_translated_by, instance.context
    writes = update_fields is None or TRANSLATED[sender] in update_fields
    if raw or not writes or user is None or context is None:
        return
    pages = Page.objects.filter(translation_key=context.object_id)
    page = pages.filter(locale=instance.locale_id).first() or pages.first()
    if page is None or not isinstance(page.specific, EditorialPage):
        return
    last = PageLogEntry.objects.filter(page=page.pk).order_by("timestamp", "pk").last()
    if last is None or (last.user_id, last.action) != (user.pk, "wagtail.edit"):
        log(instance=page.specific, action="wagtail.edit", user=user, content_changed=True)


def connect():
    """Called once from AppConfig.ready()."""
    for model in TRANSLATED:
        post_save.connect(
            log_translation, sender=model, dispatch_uid=f"log_{model.__name__.lower()}"
        )


def possible_signatories(page, record):
    """The active users who may sign this page now, as a QuerySet: eligible for
    it, reading its language, with a profession to sign with, who wrote none of it and are
    no authors of its group."""
    authors = (
        record.workgroup.memberships.authors().values("user")
        if record.workgroup
        else get_user_model().objects.none().values("pk")
    )
    return (
        page.eligible_signatories()
        .filter(is_active=True)
        .reading(record.language)
        .exclude(profession="")
        .exclude(pk__in=writers_of(page))
        .exclude(pk__in=authors)
        .distinct()
    )
