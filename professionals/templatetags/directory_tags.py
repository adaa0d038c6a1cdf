"""Tags of the directory's templates."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import pgettext

register = template.Library()

NBSP = "\u00a0"


@register.filter
def as_distance(km):
    """Kilometres as people say them: "850 m", "1.2 km", "14 km"."""
    if km < 0.975:
        text, number = pgettext("a distance", "%(number)s m"), max(50, round(km * 20) * 50)
    else:
        text = pgettext("a distance", "%(number)s km")
        number = number_format(km, 1 if km < 9.95 else 0)
    return (text % {"number": number}).replace(" ", NBSP)


@register.filter
def is_open_now(entry):
    """Whether a PublicEntry is open now; None where that is not known."""
    return entry.is_open()


@register.filter
def postal_address(entry):
    """The address of a PublicEntry on one line, as far as it is public."""
    return ", ".join([*entry.address, entry.place])
