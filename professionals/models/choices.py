"""What an entry of the directory chooses among."""

from django.conf.locale import LANG_INFO
from django.db import models
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an entry stands; professionals.states says which steps there are."""

    STARTED = "started", _("started")
    CONFIRMED = "confirmed", _("address confirmed")
    IN_REVIEW = "in_review", _("in review")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    PUBLISHED = "published", pgettext_lazy("an entry", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("an entry", "withdrawn")
    EXPIRED = "expired", _("no longer confirmed")


class Cost(models.TextChoices):
    FREE = "free", _("free of charge")
    BY_INCOME = "by_income", _("depends on income")
    PAID = "paid", _("paid")


class Access(models.TextChoices):
    """What of the place is accessible."""

    STEP_FREE = "step_free", _("no step at the entrance")
    WHEELCHAIR = "wheelchair", _("wheelchair users get everywhere")
    TOILET = "toilet", _("accessible toilet")
    LIFT = "lift", _("lift")
    PARKING = "parking", _("parking space for disabled people")
    PRAM = "pram", _("a pram gets in")
    SIGN_LANGUAGE = "sign_language", _("welcome in French Sign Language")
    HEARING_LOOP = "hearing_loop", _("hearing loop")
    GUIDANCE = "guidance", _("guidance for blind people")
    EASY_READING = "easy_reading", _("easy to read information")


# Languages that Django has no name for, by their ISO 639 codes.
OTHER_LANGUAGES = {
    "fsl": _("French Sign Language"),
    "am": _("Amharic"),
    "bm": _("Bambara"),
    "ff": _("Fula"),
    "gcf": _("Antillean Creole"),
    "gcr": _("Guianese Creole"),
    "ln": _("Lingala"),
    "ps": _("Pashto"),
    "rcf": _("Réunion Creole"),
    "snk": _("Soninke"),
    "so": _("Somali"),
    "swb": _("Shimaore"),
    "ti": _("Tigrinya"),
    "wo": _("Wolof"),
    "zh": _("Chinese"),
}
LANGUAGES_SPOKEN = (
    *("fr", "fsl", "en", "ar", "es", "pt", "de", "it", "nl", "ro", "pl", "ru", "uk", "tr"),
    *("sq", "hy", "ka", "fa", "ps", "ur", "bn", "ta", "hi", "zh", "vi", "kab", "am", "bm"),
    *("ff", "ln", "snk", "so", "ti", "wo", "gcf", "gcr", "rcf", "swb"),
)


def language_label(code):
    """The name of a spoken language, in the language being read; *code* itself where it has
    none."""
    if code in OTHER_LANGUAGES:
        return str(OTHER_LANGUAGES[code])
    return str(get_language_info(code)["name_translated"]) if code in LANG_INFO else code


def language_choices():
    """(code, name) of each language that may be chosen, in this order."""
    return [(code, language_label(code)) for code in LANGUAGES_SPOKEN]
