"""Which stages and themes use a picture; topics answer in workgroups."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from media.models import Illustration
from media.registry import Holder
from pages.models import Stage, ThemePage


def _themes_with(pictures):
    """Yield (picture's id, theme) for the themes that show one of these ids, online or
    in their latest draft, which Wagtail's reference index does not read."""
    themes = ThemePage.objects.filter(
        Q(picture__in=pictures) | Q(has_unpublished_changes=True)
    ).select_related("latest_revision")
    for theme in themes:
        shown = {theme.picture_id}
        if theme.has_unpublished_changes and theme.latest_revision:
            shown.add(theme.latest_revision.content.get("picture"))
        yield from ((pk, theme) for pk in shown & pictures)


def holders_of(file):
    """The themes and stages that show `file`; nobody signs them."""
    return [holder for _file, holder in holders_of_many([file])]


def holders_of_many(files):
    """Yield (file, Holder) for all of `files`, in two queries."""
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
