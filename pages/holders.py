"""Which stages and themes use a picture, and which drafts name a person or a group;
topics answer in workgroups."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from media.models import Illustration
from media.registry import Holder
from pages.models import Stage, ThemePage
from workgroups.models import Workgroup

# Under which name a theme's draft keeps the lists that it may yet publish.
DRAFTED_LISTS = {User: "signatories", Workgroup: "workgroups"}


def _drafts():
    """Each theme whose latest draft is not online, with that draft's content, which
    Wagtail's reference index does not read."""
    themes = ThemePage.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    for theme in themes.select_related("latest_revision"):
        yield theme, theme.latest_revision.content


def _themes_with(picture):
    """The themes that show `picture`, online or in their latest draft."""
    in_draft = [theme.pk for theme, draft in _drafts() if draft.get("picture") == picture.pk]
    return ThemePage.objects.filter(Q(picture=picture) | Q(pk__in=in_draft))


def themes_that_draft(thing):
    """The labels of the themes whose latest draft names `thing`, a User or a
    Workgroup, in one of its lists."""
    names = DRAFTED_LISTS[type(thing)]
    for theme, draft in _drafts():
        if thing.pk in draft.get(names, []):
            yield _("the draft of “%(theme)s”") % {"theme": theme.draft_title}


def holders_of(file):
    """The themes and stages that show `file`; nobody signs them."""
    if not isinstance(file, Illustration):
        return
    for theme in _themes_with(file):
        yield Holder(
            label=theme.title,
            url=reverse("wagtailadmin_pages:edit", args=[theme.pk]),
            frozen=False,
        )
    for stage in Stage.objects.filter(picture=file):
        yield Holder(
            label=_("the stage %(stage)s") % {"stage": stage},
            url=reverse("stage:edit", args=[stage.pk]),
            frozen=False,
        )
