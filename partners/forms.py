"""What several forms of partners ask for."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.origins import parse

MOST_ORIGINS = 50
LONGEST = 10_000  # characters of all together
HELP = gettext_lazy(
    "One in each line, like https://www.example.fr: only pages there can show our topics. "
    "https://*.example.fr means what stands below example.fr."
)


class OriginsField(forms.CharField):
    """Addresses of sites, one in each line; gives the Origins, each once. *from_anybody*: see
    partners.origins.parse."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "none"})

    def __init__(self, *args, from_anybody=False, **kwargs):
        super().__init__(*args, **{"max_length": LONGEST, "help_text": HELP} | kwargs)
        self.from_anybody = from_anybody

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_ORIGINS:
            text = _("%(number)d addresses are too many: %(most)d fit.")
            raise ValidationError(text % {"number": len(lines), "most": MOST_ORIGINS})
        origins, errors = [], []
        for line in lines:
            try:
                origins.append(parse(line, from_anybody=self.from_anybody))
            except ValidationError as error:
                # Set apart, in its own direction: an address reads otherwise within Arabic.
                errors.append(f"\u2068{line[:80]}\u2069 — {error.messages[0]}")
        if errors:
            raise ValidationError(errors)
        return list(dict.fromkeys(origins))
