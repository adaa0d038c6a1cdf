"""What other software is to be told of our oEmbed provider, to be copied."""

import re

WAGTAIL = """WAGTAILEMBEDS_FINDERS = [
    {{
        "class": "wagtail.embeds.finders.oembed",
        "providers": [
            {{
                "endpoint": "{site}/oembed",
                "urls": [r"^{pattern}/({languages})/.+$"],
            }},
        ],
    }},
    {{"class": "wagtail.embeds.finders.oembed"}},
]"""


def wagtail_settings(site, languages):
    """The lines of Python for the settings of a Wagtail site; *site*: "https://host"."""
    return WAGTAIL.format(site=site, pattern=re.escape(site), languages="|".join(languages))


def drupal_scheme(site):
    """The addresses for which Drupal is to ask us."""
    return f"{site}/*"
