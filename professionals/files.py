"""What the directory answers when media asks about a picture. Evidence is no picture: no
address but the moderators' own leads to it."""

from django.db.models.signals import post_delete
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from media.failures import delete_on_commit
from media.models import Illustration
from media.registry import Holder

from .models import DirectorySettings, Draft, Evidence, Professional
from .moderation import may_moderate


def holders_of(file):
    """The entries that show *file*, or will once the rest of what was typed can be taken; the
    badge."""
    return [holder for _file, holder in holders_of_many([file])]


def holders_of_many(files):
    """Yield (file, Holder) for all of `files`, in three queries."""
    pictures = {file.pk: file for file in files if isinstance(file, Illustration)}
    if not pictures:
        return
    for entry in Professional.objects.filter(picture__in=pictures):
        yield pictures[entry.picture_id], _holder(entry, entry)
    drafts = Draft.objects.filter(picture__in=pictures).select_related("professional")
    for draft in drafts:
        yield pictures[draft.picture_id], _holder(draft, draft.professional)
    badges = DirectorySettings.objects.filter(badge_picture__in=pictures)
    for pk in badges.values_list("badge_picture", flat=True):
        yield pictures[pk], Holder(label=_("the badge of the directory"), url=None, frozen=False)


def _holder(holds, entry):
    return Holder(
        label=_("the directory: %(name)s") % {"name": holds},
        url=_admin_address(entry),
        frozen=False,
    )


def is_read_by(user, file):
    """For media.registry: moderators see the pictures of all entries."""
    if not isinstance(file, Illustration) or not may_moderate(user):
        return False
    return Professional.objects.filter(picture=file).exists()


def _admin_address(entry):
    try:
        return reverse(entry.snippet_viewset.get_url_name("edit"), args=[entry.pk])
    except (AttributeError, NoReverseMatch):
        return None  # while it is in no menu of the admin


def publishers_of(model, pk):
    """Where parents see a picture now: with a public entry."""
    if model is Illustration:
        yield Professional.objects.public().filter(picture=pk)


def _evidence_goes(instance, **kwargs):
    if instance.file:
        delete_on_commit(instance.file.storage, instance.file.name)


def connect():
    post_delete.connect(_evidence_goes, sender=Evidence, dispatch_uid="evidence_file_goes")
