"""The public directories that stay the reference for some kinds of professionals."""

from .lists import official
from .models.lists import Sector

ADDRESSES = {"monenfant.fr": "https://www.monenfant.fr/", "sante.fr": "https://www.sante.fr/"}
CHILDCARE = frozenset({"mode-accueil", "rpe"})


def reference_for(kind):
    """(name, address) of the public directory in which parents look for this Kind first, or
    None."""
    names = [row["name"] for row in official()["reference_directories"]]
    if kind is None:
        return None
    for name, fits in (
        ("monenfant.fr", kind.slug in CHILDCARE),
        ("sante.fr", kind.sector == Sector.HEALTH),
    ):
        if fits and name in names:
            return name, ADDRESSES[name]
    return None
