"""Where “find someone near you” leads: into this site's directory, and to the public ones,
which stay the reference."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from professionals.reference_directories import public_directories

__all__ = ["KINDS", "directory_address", "directory_filters", "public_directories"]

# The kinds of the directory that parents look for, by their slugs in its addresses.
KINDS = [
    ("pmi", _("PMI centre")),
    ("sante", _("Health professional or maternity ward")),
    ("mode-accueil", _("Childcare")),
    ("rpe", _("Relais petite enfance")),
    ("laep", _("Lieu d'accueil enfants-parents")),
    ("maison-parents", _("Parents' house")),
    ("saad", _("Help at home for families")),
    ("information-conseil", _("Information and advice")),
    ("groupe-parents", _("Parents' groups")),
    ("cafe-parents", _("Workshops and parents' cafés")),
    ("centre-social", _("Community centre")),
    ("handicap", _("Disability: support for young children")),
    ("relais-parental", _("Relais parental")),
]


def directory_address():
    """The address of the directory in the language being read."""
    return reverse("directory")


def directory_filters(kinds=(), speciality=""):
    """The directory's parameters as (name, value) pairs, in its order."""
    filters = [("type", kind) for kind in kinds or ()]
    return [*filters, ("q", speciality)] if speciality else filters
