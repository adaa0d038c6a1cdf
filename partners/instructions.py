"""What other software is to be told of our oEmbed provider, to be copied."""

import re

WAGTAIL = """WAGTAILEMBEDS_FINDERS = [
    {{
        "class": "wagtail.embeds.finders.oembed",
        "providers": [
            {{
                "endpoint": "{site}/oembed",
                "urls": [r"^{pattern}/({first})/.+$"],
            }},
        ],
    }},
    {{"class": "wagtail.embeds.finders.oembed"}},
]"""


def wagtail_settings(site, languages):
    """The lines of Python for the settings of a Wagtail site; *site*: "https://host"."""
    # Topics by their key, frames (of lists and maps, too), and pages.
    first = "|".join(["sujet", "embed", *languages])
    return WAGTAIL.format(site=site, pattern=re.escape(site), first=first)


def drupal_scheme(site):
    """The addresses for which Drupal is to ask us."""
    return f"{site}/*"
