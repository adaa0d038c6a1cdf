"""SIRET numbers: 14 figures that end with a key."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LA_POSTE = "356000000"  # its SIREN; the key of its establishments is another one


def cleaned_siret(text):
    """*text* as 14 figures, "" for nothing. Raises ValidationError (codes "siret_length",
    "siret_key").

    The key is Luhn's, over all 14 figures; for the establishments of La Poste, whose numbers
    INSEE gave otherwise, the sum of the figures is a multiple of 5 (Sirene, "clé de contrôle").
    """
    siret = "".join(text.split()).replace(".", "").replace("-", "") if text else ""
    if not siret:
        return ""
    if len(siret) != 14 or not (siret.isascii() and siret.isdecimal()):
        raise ValidationError(_("A SIRET has 14 figures."), code="siret_length")
    if not _luhn(siret) and not (siret.startswith(LA_POSTE) and sum(map(int, siret)) % 5 == 0):
        raise ValidationError(
            _("This SIRET does not exist: its figures do not fit each other. Check each one."),
            code="siret_key",
        )
    return siret


def _luhn(figures):
    total = 0
    for place, figure in enumerate(reversed(figures)):
        value = int(figure) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def shown_siret(siret):
    """As one reads it: "123 456 789 00012"."""
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}" if siret else ""
