"""The addresses of embeds, as partners put them into their pages."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import reverse

from partners.options import (
    LOOK,
    OPTIONS,
    EmbedOptions,
    asked_beyond,
    of_list,
    parameters_of,
)

# The parameter that holds a partner's key.
KEY_PARAMETER = "partenaire"
# That of the page around, where one page of a frame leads to the next: see partners.frames.
AROUND_PARAMETER = "chez"
# What an address may say of an embed besides what it shows; a longer text is none of it.
KEPT = (KEY_PARAMETER, *(OPTIONS[name].parameter for name in LOOK))
LONGEST = 100
LANGUAGE_PARAMETER = OPTIONS["language"].parameter


def topic_path(topic_key):
    """The path at which a topic is found whatever its slug, place and language are."""
    return reverse("topic_by_key", args=[topic_key])


def embed_path(topic_key, partner=None, around="", **options):
    """The path of a topic's embed for a Partner, or for any active one, with options (see
    partners.options.parameters_of). *around*: the origin of the page in which it is opened
    from another embed."""
    return _with_query(reverse("embed", args=[topic_key]), partner, around, options)


def list_path(partner=None, around="", **options):
    """The path of a list's embed, likewise: with a theme, a stage or topics."""
    return _with_query(reverse("embed_list"), partner, around, options)


def map_path(partner=None, around="", **options):
    """The path of the embed of a département's professionals, likewise."""
    return _with_query(reverse("embed_map"), partner, around, options)


def kept_parameters(parameters):
    """{name: text} of what the *parameters* of an address (a QueryDict) say of partner and
    look: it goes on where somebody is led elsewhere, or asks about that address."""
    found = {name: parameters[name] for name in KEPT if name in parameters}
    return {name: text for name, text in found.items() if len(text) <= LONGEST}


def with_parameters(path, asked):
    """A path or an address without parameters, with those of {name: text}."""
    query = urlencode(asked, safe=",")
    return f"{path}?{query}" if query else path


def path_back(options, partner=None, around=""):
    """The path of the list from which a topic with these EmbedOptions was opened, or ""."""
    listed = of_list(options)
    return list_path(partner, around, **asked_beyond(options, partner) | listed) if listed else ""


def preview_path(path, partner=None):
    """The path of the same embed as *path* for a page of ours: without a key, so that nobody who
    tries it out is counted as a reader, and with what the Partner has chosen."""
    parts = urlsplit(path)
    asked = dict(parse_qsl(parts.query))
    asked.pop(KEY_PARAMETER, None)
    if partner:
        kept = EmbedOptions(**{name: getattr(partner, name) for name in LOOK})
        asked = parameters_of(**asked_beyond(kept)) | asked
    return with_parameters(parts.path, asked)


def _with_query(path, partner, around, options):
    asked = {KEY_PARAMETER: partner.key} if partner else {}
    asked |= {AROUND_PARAMETER: around} if around else {}
    return with_parameters(path, asked | parameters_of(**options))
