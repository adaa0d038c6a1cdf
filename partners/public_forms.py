"""What institutions fill in without an account."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.public_forms import LinesField
from partners.forms import OriginsField
from partners.models import PartnerRequest


class AskForPageForm(forms.Form):
    """Which partner: by its contact's e-mail address."""

    use_required_attribute = False
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("The one that we write to about your pages."),
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("Write a whole e-mail address, like lea@example.fr."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class WishForm(forms.Form):
    """Other sites that a partner would like to show topics in, or a word to whoever keeps the
    partners."""

    use_required_attribute = False
    origins = OriginsField(
        from_anybody=True,
        required=False,
        label=gettext_lazy("Addresses of the sites that you would like to add"),
    )
    message = LinesField(
        required=False,
        label=gettext_lazy("Something else to tell us"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned["origins"] or cleaned["message"]):
            self.add_error("origins", _("Write the address of a site."))
        return cleaned


class PartnerRequestForm(forms.ModelForm):
    """An institution that would like to show topics."""

    use_required_attribute = False
    origins = OriginsField(
        from_anybody=True,
        label=gettext_lazy("Addresses of your sites"),
        error_messages={"required": gettext_lazy("Write the address of a site.")},
    )
    purpose = LinesField(
        label=gettext_lazy("Where in your pages, and for whom?"),
        help_text=gettext_lazy("Some words are enough."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say in some words what you need them for.")},
    )

    class Meta:
        model = PartnerRequest
        fields = [
            *("name", "kind", "departement", "contact_name", "contact_email"),
            *("origins", "purpose"),
        ]
        labels = {
            "name": gettext_lazy("Name of your institution"),
            "kind": gettext_lazy("Kind of institution"),
            "departement": gettext_lazy("Département"),
            "contact_name": gettext_lazy("Your name"),
            "contact_email": gettext_lazy("Your e-mail address"),
        }
        help_texts = {
            "contact_email": gettext_lazy("We send you a link there, to confirm your request."),
        }
        error_messages = {
            "name": {"required": gettext_lazy("Write the name of your institution.")},
            "kind": {"required": gettext_lazy("Choose the kind of institution.")},
            "contact_name": {"required": gettext_lazy("Write your name.")},
            "contact_email": {
                "required": gettext_lazy("Write your e-mail address."),
                "invalid": gettext_lazy("Write a whole e-mail address, like lea@example.fr."),
            },
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, nothing in (("kind", _("Please choose")), ("departement", _("All of France"))):
            field = self.fields[name]
            field.choices = [("", nothing), *(one for one in field.choices if one[0])]
