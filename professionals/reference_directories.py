"""The public reference directories, to which this one leads and which it never replaces:
(address, name, what one finds there)."""

from django.utils.translation import gettext_lazy as _

CHILDCARE = {"mode-accueil", "rpe"}

MONENFANT = (
    "https://www.monenfant.fr/",
    "monenfant.fr",
    _("nurseries, childminders and places where parents meet"),
)
SANTE = ("https://www.sante.fr/", "sante.fr", _("doctors, midwives and health centres"))


def public_directories(kinds=()):
    """The public directories that list these kinds (slugs), the nearest fit first."""
    if kinds and set(kinds) <= CHILDCARE:
        return [MONENFANT]
    if kinds and not set(kinds) & CHILDCARE:
        return [SANTE]
    return [SANTE, MONENFANT]
