"""The addresses of embeds, as partners put them into their pages."""

from urllib.parse import urlencode

from django.urls import reverse

from partners.options import parameters_of

# The parameter that holds a partner's key.
KEY_PARAMETER = "partenaire"


def embed_path(topic_key, partner=None, **options):
    """The path of a topic's embed for a Partner, or for any active one, with options (see
    partners.options.parameters_of)."""
    return _with_query(reverse("embed", args=[topic_key]), partner, options)


def list_path(partner=None, **options):
    """The path of a list's embed, likewise: with a theme, a stage or topics."""
    return _with_query(reverse("embed_list"), partner, options)


def map_path(partner=None, **options):
    """The path of the embed of a département's professionals, likewise."""
    return _with_query(reverse("embed_map"), partner, options)


def _with_query(path, partner, options):
    asked = {KEY_PARAMETER: partner.key} if partner else {}
    query = urlencode(asked | parameters_of(**options), safe=",")
    return f"{path}?{query}" if query else path
