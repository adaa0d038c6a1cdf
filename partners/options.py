"""What an embed may be asked for: each option with its parameter, and what it takes.

What a partner chose stands on its Partner. The address of one embed may say otherwise, within
what the option takes: whatever else stands there counts for nothing, so that no old line ever
breaks a page. How an embed looks is the partner's: without an active partner's key, nobody
changes it.

A new option is a field of EmbedOptions and a line in OPTIONS; one that a partner chooses once
for all its embeds is a field of Partner, too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pages.models.theme import Wash
from partners.topics import topic_key
from professionals.departements import departements

NO, YES = "non", "oui"
# As institutions and those who keep them read it; only themes are called after what it recalls.
WASH_NAMES = {
    Wash.LAGOON: _("Blue-green"),
    Wash.SUN: _("Yellow"),
    Wash.LEAF: _("Green"),
    Wash.CORAL: _("Coral"),
    Wash.PLUM: _("Plum"),
}
SLUG = re.compile(r"[\w-]{1,255}")
MOST_TOPICS = 12  # of a list that somebody chose


@dataclass(frozen=True)
class EmbedOptions:
    """*language*: a code, "" for the reader's own; *wash*: a Wash, "" for the theme's;
    *pictures*: whether they are shown. What a list shows: the slug of a *theme*, of a *stage*
    (of both: what is in both), or *topics*, keys in their order; the map, that of a
    *departement*, a code."""

    language: str = ""
    wash: str = ""
    pictures: bool = True
    theme: str = ""
    stage: str = ""
    topics: tuple[UUID, ...] = ()
    departement: str = ""


@dataclass(frozen=True)
class Option:
    """*parameter*: its name in an address; *read*: function(text) → a value, or None for what
    is none; *needs_partner*: whether it counts with an active partner's key alone."""

    parameter: str
    read: Callable
    needs_partner: bool = True

    def written(self, value):
        """The value as it stands in an address."""
        if isinstance(value, tuple):
            return ",".join(map(str, value))
        return {True: YES, False: NO}.get(value, value)


def one_of(values):
    """Takes what is among *values*, a function's answer."""
    return lambda text: text if text in values() else None


def _yes_or_no(text):
    return {YES: True, NO: False}.get(text)


def _slug(text):
    return text if SLUG.fullmatch(text) else None


def _topics(text):
    """The keys among what commas part, each once; as many as a list holds."""
    found = map(topic_key, text.split(",", 2 * MOST_TOPICS)[: 2 * MOST_TOPICS])
    return tuple(dict.fromkeys(key for key in found if key))[:MOST_TOPICS] or None


# In the order of EmbedOptions. A theme's topics are there without a key, too: oEmbed gives them
# to whoever pastes a theme's address.
OPTIONS = {
    "language": Option("langue", one_of(lambda: dict(settings.LANGUAGES)), needs_partner=False),
    "wash": Option("couleur", one_of(lambda: Wash.values)),
    "pictures": Option("images", _yes_or_no),
    "theme": Option("theme", _slug, needs_partner=False),
    "stage": Option("etape", _slug),
    "topics": Option("sujets", _topics),
    "departement": Option("departement", one_of(departements)),
}
# What goes on with whoever opens a topic of a list: how it looks, and which list it was.
LOOK = ("language", "wash", "pictures")
LIST = ("theme", "stage", "topics")


def options_of(parameters, partner=None, is_ours=False):
    """The EmbedOptions for the *parameters* of an address (a QueryDict: of one that comes
    twice, the last) and the active Partner whose key it holds, or None. *is_ours*: whether a
    page of this site shows it, which previews what a partner would have."""
    chosen = {}
    for field in fields(EmbedOptions):
        option = OPTIONS[field.name]
        asked = None
        if partner or is_ours or not option.needs_partner:
            asked = option.read(parameters.get(option.parameter, ""))
        kept = getattr(partner, field.name, field.default) if partner else field.default
        chosen[field.name] = kept if asked is None else asked
    return EmbedOptions(**chosen)


def asked_for(parameters, partner=None):
    """{name: value} of the options that the *parameters* of an address (a QueryDict) name, among
    those that count there: all with an active Partner, few without."""
    found = {}
    for name, option in OPTIONS.items():
        if partner or not option.needs_partner:
            value = option.read(parameters.get(option.parameter, ""))
            found |= {} if value is None else {name: value}
    return found


def asked_beyond(options, partner=None):
    """{name: value} of how the EmbedOptions look that are not as the Partner has them anyway."""
    found = {}
    for field in fields(EmbedOptions):
        value = getattr(options, field.name)
        if field.name in LOOK and value != getattr(partner, field.name, field.default):
            found[field.name] = value
    return found


def of_list(options):
    """{name: value} of what the EmbedOptions say about a list; {} where they name none."""
    return {name: getattr(options, name) for name in LIST if getattr(options, name)}


def parameters_of(**chosen):
    """{parameter: text} that asks for these options, names of EmbedOptions; None and "" are
    left out. Raises ValueError for what an option does not take."""
    found = {}
    for name, value in chosen.items():
        if value is None or value in ("", ()):
            continue
        text = OPTIONS[name].written(value)
        if OPTIONS[name].read(text) is None:
            raise ValueError(f"{name}: {value!r}")
        found[OPTIONS[name].parameter] = text
    return found
