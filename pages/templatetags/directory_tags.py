"""Tags of the directory's templates."""

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .pages_tags import french_part
from .typography import french_typography, typography_plain

register = template.Library()

# In few elements, and put together at once: twenty stand on a page, and tag by tag they took a
# third of its time.
CARD = """<li class="professional-card"{number}>
  <h3><a href="{url}"{french}>{name}</a>{far}</h3>
  <p class="professional-card__kind">{standing}</p>
  <p class="professional-card__where"{french}>{where}</p>{call}
</li>
"""
CALL = """
  <a class="button" dir="ltr" href="tel:{}">{}</a>"""

NBSP = "\u00a0"


@register.filter
def as_distance(km):
    """Kilometres as people say them: "850 m", "1.2 km", "14 km"."""
    if km < 0.975:
        text, number = pgettext("a distance", "%(number)s m"), max(50, round(km * 20) * 50)
    else:
        text = pgettext("a distance", "%(number)s km")
        km = round(km, 1 if km < 9.95 else None)
        number = number_format(km, 1 if km % 1 else 0)
    return (text % {"number": number}).replace(" ", NBSP)


def how_far(entry):
    """How far a PublicEntry is, as a list says it after its name; "" where nobody asked."""
    if entry.distance is None:
        return ""
    far = as_distance(entry.distance)
    # Its own point is not shown, or not known: the commune's is.
    return f" {far}" if entry.point_is_exact else f" {pgettext('a distance', 'about')} {far}"


def standing(entry):
    """What a PublicEntry is, and what there is to know before going: "Midwife · Open now"."""
    said = [typography_plain(entry.kind)]
    if not entry.is_verified:
        source = f" ({entry.source})" if entry.source else ""
        said.append(_("Not checked by us") + source)
    elif entry.is_overdue:
        said.append(_("Not confirmed this year"))
    if now := entry.now_in_words():
        said.append(now)
    return " · ".join(said)


def postal_address(entry):
    """The address of a PublicEntry on one line, as far as it is public."""
    return ", ".join([*entry.address, entry.place])


@register.simple_tag
def professional_card(entry, asked, with_number=True):
    """One entry of a list: a PublicEntry, and the search (professionals.finding.Asked) that found
    it, which says how far it is unless it is a part of the map. *with_number*: so that a script
    finds it, for a mark of the map."""
    return format_html(
        CARD,
        number=format_html(' id="pro-{}"', str(entry.pk)) if with_number else "",
        url=entry.address_url,
        french=french_part(),
        name=french_typography(entry.name),
        far="" if asked.zone else how_far(entry),
        standing=standing(entry),
        where=typography_plain(postal_address(entry)),
        call=format_html(CALL, entry.telephone, entry.telephone_shown) if entry.telephone else "",
    )
