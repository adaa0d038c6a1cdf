"""The form of an entry, section by section: the same when one registers and when one changes."""

from .offer import OfferForm
from .place import PlaceForm
from .reasons import ConsentForm, ContactForm, ReasonsForm
from .who import WhoForm

__all__ = ["ConsentForm", "ContactForm", "OfferForm", "PlaceForm", "ReasonsForm", "WhoForm"]
