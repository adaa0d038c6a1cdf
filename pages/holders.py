"""Which stages and themes use a picture; topics answer in workgroups."""

from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from media.models import Illustration
from media.registry import Holder
from pages.models import Stage, ThemePage
from workgroups.privacy import restrictions_above


def _themes_with(picture):
    """The themes that show `picture`, online or in their latest draft, which
    Wagtail's reference index does not read."""
    drafts = ThemePage.objects.filter(has_unpublished_changes=True).select_related(
        "latest_revision"
    )
    in_draft = [
        theme.pk
        for theme in drafts
        if theme.latest_revision and theme.latest_revision.content.get("picture") == picture.pk
    ]
    return ThemePage.objects.filter(Q(picture=picture) | Q(pk__in=in_draft))


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


def publishers_of(model, pk):
    """Where parents see a picture now: in a theme as it is online, or at a stage."""
    if model is not Illustration:
        return
    online = ThemePage.objects.live().filter(picture=pk)
    yield online.exclude(Exists(restrictions_above("path")))
    yield Stage.objects.filter(picture=pk)
