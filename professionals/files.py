"""What the directory answers when media asks about a picture. Evidence is no picture: no
address but the moderators' own leads to it."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from media.models import Illustration
from media.registry import Holder

from .models import Professional


def holders_of(file):
    """The entries that show *file*, or will if their change is accepted."""
    if not isinstance(file, Illustration):
        return
    for entry in Professional.objects.filter(picture=file):
        yield Holder(
            label=_("the directory: %(name)s") % {"name": entry},
            url=_admin_address(entry),
            frozen=False,
        )


def _admin_address(entry):
    try:
        return reverse(entry.snippet_viewset.get_url_name("edit"), args=[entry.pk])
    except (AttributeError, NoReverseMatch):
        return None  # while it is in no menu of the admin


def publishers_of(model, pk):
    """Where parents see a picture now: with a public entry."""
    if model is Illustration:
        yield Professional.objects.public().filter(picture=pk)
