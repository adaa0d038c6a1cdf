"""Who it is."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from professionals import new_email
from professionals.models import Kind
from professionals.siret import shown_siret

from .section import SectionForm

EXAMPLES = 3


class KindField(forms.ModelChoiceField):
    def label_from_instance(self, kind):
        words = kind.examples[:EXAMPLES] if (get_language() or "fr").startswith("fr") else []
        return f"{kind.label} ({', '.join(words)}…)" if words else str(kind.label)


class WhoForm(SectionForm):
    slug = "qui"
    title = _("Who you are")
    own = ("name", "is_natural_person", "kind", "legal_person", "siret", "email", "sector")

    name = forms.CharField(
        label=_("Your name, or the name of your place"),
        help_text=_("As parents will read it."),
        max_length=150,
        error_messages={"required": _("Write the name.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    is_natural_person = forms.TypedChoiceField(
        label=_("You register"),
        choices=[
            ("yes", _("a person who works in her or his own name")),
            ("no", _("a place, a service or an organisation")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is a person or a place.")},
    )
    kind = KindField(
        label=_("What you are"),
        queryset=Kind.objects.all(),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose what you are."),
            "invalid_choice": _("Choose what you are."),
        },
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_(
            "We send you a link, so that you can stop and go on later. Parents see this address "
            "only if you say so."
        ),
        max_length=254,
        error_messages={
            "required": _("Write an e-mail address: we send you a link."),
            "invalid": _("This is no whole e-mail address. An example: awa@exemple.fr."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    legal_person = forms.CharField(
        label=_("The organisation behind it"),
        help_text=_("If there is one: an association, a town, a company."),
        required=False,
        max_length=150,
    )
    siret = forms.CharField(
        label=_("SIRET"),
        help_text=_("If there is one: 14 figures."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def said_by(self, version):
        said = super().said_by(version)
        if said:
            said["is_natural_person"] = "yes" if version.is_natural_person else "no"
            said["siret"] = shown_siret(version.siret)
            said["email"] = new_email.waiting(version) or version.email
        return said

    def values(self):
        values = super().values()
        kind = self.cleaned_data["kind"]
        # What a moderator has said of the sector stays with the kind of which it was said.
        same = self.version.kind_id == kind.pk and self.version.sector
        return {**values, "sector": self.version.sector if same else kind.sector}
