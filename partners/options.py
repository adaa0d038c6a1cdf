"""What an embed may be asked for: each option with its parameter, and what it takes.

What a partner chose stands on its Partner. The address of one embed may say otherwise, within
what the option takes: whatever else stands there counts for nothing, so that no old line ever
breaks a page. How an embed looks is the partner's: without an active partner's key, nobody
changes it.

A new option is a field of EmbedOptions and a line in OPTIONS; one that a partner chooses once
for all its embeds is a field of Partner, too.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

from django.conf import settings

from pages.models.theme import Wash

NO, YES = "non", "oui"


@dataclass(frozen=True)
class EmbedOptions:
    """*language*: a code, "" for the reader's own; *wash*: a Wash, "" for the theme's;
    *pictures*: whether they are shown."""

    language: str = ""
    wash: str = ""
    pictures: bool = True


@dataclass(frozen=True)
class Option:
    """*parameter*: its name in an address; *read*: function(text) → a value, or None for what
    is none; *needs_partner*: whether it counts with an active partner's key alone."""

    parameter: str
    read: Callable
    needs_partner: bool = True

    def written(self, value):
        """The value as it stands in an address."""
        return {True: YES, False: NO}.get(value, value)


def one_of(values):
    """Takes what is among *values*, a function's answer."""
    return lambda text: text if text in values() else None


def _yes_or_no(text):
    return {YES: True, NO: False}.get(text)


# In the order of EmbedOptions.
OPTIONS = {
    "language": Option("langue", one_of(lambda: dict(settings.LANGUAGES)), needs_partner=False),
    "wash": Option("couleur", one_of(lambda: Wash.values)),
    "pictures": Option("images", _yes_or_no),
}


def options_of(parameters, partner=None):
    """The EmbedOptions for the *parameters* of an address (a QueryDict: of one that comes
    twice, the last) and the active Partner whose key it holds, or None."""
    chosen = {}
    for field in fields(EmbedOptions):
        option = OPTIONS[field.name]
        asked = None
        if partner or not option.needs_partner:
            asked = option.read(parameters.get(option.parameter, ""))
        kept = getattr(partner, field.name, field.default) if partner else field.default
        chosen[field.name] = kept if asked is None else asked
    return EmbedOptions(**chosen)


def parameters_of(**chosen):
    """{parameter: text} that asks for these options, names of EmbedOptions; None and "" are
    left out. Raises ValueError for what an option does not take."""
    found = {}
    for name, value in chosen.items():
        if value is None or value == "":
            continue
        text = OPTIONS[name].written(value)
        if OPTIONS[name].read(text) is None:
            raise ValueError(f"{name}: {value!r}")
        found[OPTIONS[name].parameter] = text
    return found
