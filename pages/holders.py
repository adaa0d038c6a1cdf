"""Which stages and themes use a picture; topics answer in workgroups."""

from django.urls import reverse
from django.utils.translation import gettext as _

from media.models import Illustration
from media.registry import Holder
from pages.models import Stage, ThemePage


def holders_of(file):
    """The themes and stages that show `file`; nobody signs them."""
    if not isinstance(file, Illustration):
        return
    for theme in ThemePage.objects.filter(picture=file):
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
