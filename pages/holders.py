"""Which stages and themes use a picture, and which drafts name a person or a group;
topics answer in workgroups."""

from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from media.models import Illustration
from media.registry import Holder
from pages.models import Stage, ThemePage
from workgroups.models import Workgroup
from workgroups.privacy import restrictions_above

# Under which name a theme's draft keeps the lists that it may yet publish.
DRAFTED_LISTS = {User: "signatories", Workgroup: "workgroups"}


def _drafts():
    """Each theme whose latest draft is not online, with that draft's content, which
    Wagtail's reference index does not read."""
    themes = ThemePage.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    for theme in themes.select_related("latest_revision"):
        yield theme, theme.latest_revision.content


def _themes_with(pictures):
    """Yield (picture's id, theme) for the themes that show one of these ids, online or
    in their latest draft."""
    for theme in ThemePage.objects.filter(picture__in=pictures):
        yield theme.picture_id, theme
    for theme, draft in _drafts():
        if (pk := draft.get("picture")) in pictures and pk != theme.picture_id:
            yield pk, theme


def themes_that_draft(thing):
    """The labels of the themes whose latest draft names `thing`, a User or a
    Workgroup, in one of its lists."""
    names = DRAFTED_LISTS[type(thing)]
    for theme, draft in _drafts():
        if thing.pk in draft.get(names, []):
            yield _("the draft of “%(theme)s”") % {"theme": theme.draft_title}


def holders_of(file):
    """The themes and stages that show `file`; nobody signs them."""
    return [holder for _file, holder in holders_of_many([file])]


def holders_of_many(files):
    """Yield (file, Holder) for all of `files`, in three queries."""
    pictures = {file.pk: file for file in files if isinstance(file, Illustration)}
    if not pictures:
        return
    for pk, theme in _themes_with(pictures.keys()):
        yield (
            pictures[pk],
            Holder(
                label=theme.title,
                url=reverse("wagtailadmin_pages:edit", args=[theme.pk]),
                frozen=False,
            ),
        )
    for stage in Stage.objects.filter(picture__in=pictures):
        yield (
            pictures[stage.picture_id],
            Holder(
                label=_("the stage %(stage)s") % {"stage": stage},
                url=reverse("stage:edit", args=[stage.pk]),
                frozen=False,
            ),
        )


def publishers_of(model, pk):
    """Where parents see a picture now: in a theme as it is online, or at a stage."""
    if model is not Illustration:
        return
    online = ThemePage.objects.live().filter(picture=pk)
    yield online.exclude(Exists(restrictions_above("path")))
    yield Stage.objects.filter(picture=pk)
