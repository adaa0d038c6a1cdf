"""The addresses of embeds, as partners put them into their pages."""

from urllib.parse import urlencode

from django.urls import reverse

from partners.options import parameters_of

# The parameter that holds a partner's key.
KEY_PARAMETER = "partenaire"


def embed_path(topic_key, partner=None, **options):
    """The path of a topic's embed for a Partner, or for any active one, with options (see
    partners.options.parameters_of)."""
    asked = {KEY_PARAMETER: partner.key} if partner else {}
    query = urlencode(asked | parameters_of(**options))
    path = reverse("embed", args=[topic_key])
    return f"{path}?{query}" if query else path
