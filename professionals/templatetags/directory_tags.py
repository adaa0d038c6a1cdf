"""Tags of the directory's templates."""

from django import template
from django.utils.formats import number_format

register = template.Library()

NBSP = "\u00a0"


@register.filter
def as_distance(km):
    """Kilometres as people say them: "850 m", "1.2 km", "14 km"."""
    if km < 0.975:
        return f"{max(50, round(km * 20) * 50)}{NBSP}m"
    decimals = 1 if km < 9.95 else 0
    return f"{number_format(km, decimals)}{NBSP}km"


@register.filter
def is_open_now(entry):
    """Whether a PublicEntry is open now; None where that is not known."""
    return entry.is_open()
