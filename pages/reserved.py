"""Addresses that the site itself uses: no page may take them.

They come from the table of addresses, on which other software relies.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

RESERVED_SLUGS = frozenset(
    {
        "accessibilite",
        "admin",
        "agenda",
        "carte",
        "demo",
        "embed",
        "inscription",
        "livret",
        "media",
        "mes-sujets-gardes",
        "oembed",
        "partenaires",
        "professionnels",
        "recherche",
        "sante",
        "static",
    }
)


def refuse_reserved_slug(slug):
    """Raise a ValidationError on the field `slug` when the site needs it."""
    if slug and slug.lower() in RESERVED_SLUGS:
        raise ValidationError(
            {
                "slug": _(
                    "The address “%(slug)s” is used by the site itself. Please choose another one."
                )
                % {"slug": slug}
            },
            code="reserved",
        )
