"""The form in which a partner is kept."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.log_actions import log

from partners.origins import parse

MOST_ORIGINS = 50


class OriginsField(forms.CharField):
    """Addresses of sites, one in each line; gives the Origins, each once. *from_anybody*: see
    partners.origins.parse."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "none"})

    def __init__(self, *args, from_anybody=False, **kwargs):
        super().__init__(*args, **kwargs)
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
                errors.append(f"{line[:80]} — {error.messages[0]}")
        if errors:
            raise ValidationError(errors)
        return list(dict.fromkeys(origins))


class PartnerForm(WagtailAdminModelForm):
    """A partner and the origins of its pages."""

    origins = OriginsField(
        label=gettext_lazy("Addresses of its sites"),
        max_length=10_000,
        help_text=gettext_lazy(
            "One in each line, like https://www.example.fr: only pages there can show our "
            "topics. https://*.example.fr means what stands below example.fr."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["origins"] = "\n".join(map(str, self.instance.allowed_origins))

    def save(self, commit=True):
        is_new = self.instance.pk is None
        partner = super().save(commit)
        user = self.for_user
        partner.set_origins(self.cleaned_data["origins"], user)
        if "active" in self.changed_data and not is_new:
            log(
                partner, "partners.activate" if partner.active else "partners.deactivate", user=user
            )
        return partner
