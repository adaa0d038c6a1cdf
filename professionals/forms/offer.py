"""What it offers, when, and to whom."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.public_forms import LinesField
from professionals.lists import suggested_priorities
from professionals.models import Priority
from professionals.models.choices import Access, Cost, language_choices
from professionals.models.professional import DESCRIPTION_LENGTH
from professionals.telephones import shown_telephone
from professionals.weekly_hours import DAYS, days_of, hours_of, times_of

from .picture import PictureForm

FIRST = (
    *("priorities", "description", "specialities", "ages", "cost"),
    *("telephone", "email_is_public", "website"),
)
ACCESS = ("accessibility", "accessibility_words")
HOURS = {f"hours_{day.lower()}": day for day in DAYS}


class ManyField(forms.ModelMultipleChoiceField):
    """Several rows of an official list, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, row):
        return str(row.label)


class OfferForm(PictureForm):
    slug = "offre"
    title = gettext_lazy("What you offer")
    own = (
        *("priorities", "description", "specialities", "ages", "cost", "telephone"),
        *("email_is_public", "website", "languages", "accessibility"),
        *("accessibility_words", "opening_hours"),
    )

    priorities = ManyField(
        label=gettext_lazy("Your priorities"),
        queryset=Priority.objects.all(),
        error_messages={
            "required": gettext_lazy("Choose at least one priority."),
            "invalid_pk_value": gettext_lazy("Choose from the list."),
            "invalid_choice": gettext_lazy("Choose from the list."),
        },
    )
    description = LinesField(
        label=gettext_lazy("What parents find with you"),
        help_text=gettext_lazy("A few simple sentences: 600 characters at most."),
        required=False,
        max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "max_length": gettext_lazy(
                "This text is too long: %(limit_value)d characters at most, and it has "
                "%(show_value)d."
            )
        },
    )
    specialities = forms.CharField(
        label=gettext_lazy("Your specialities"),
        help_text=gettext_lazy("The words by which parents look for you: midwife, breastfeeding."),
        required=False,
        max_length=300,
    )
    ages = forms.CharField(
        label=gettext_lazy("For which ages"),
        help_text=gettext_lazy("An example: from birth to 3 years, and during pregnancy."),
        required=False,
        max_length=100,
    )
    cost = forms.ChoiceField(
        label=gettext_lazy("What it costs"),
        choices=[("", gettext_lazy("not said")), *Cost.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email_is_public = forms.BooleanField(
        label=gettext_lazy("Show my e-mail address to parents"), required=False
    )
    website = forms.CharField(
        label=gettext_lazy("Website"),
        help_text=gettext_lazy("An example: www.exemple.fr"),
        required=False,
        max_length=300,
        widget=forms.TextInput(
            attrs={"autocomplete": "url", "inputmode": "url", "spellcheck": "false"}
        ),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages that you speak"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    accessibility = forms.MultipleChoiceField(
        label=gettext_lazy("Your place"),
        choices=Access.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    accessibility_words = forms.CharField(
        label=gettext_lazy("More about the access"), required=False, max_length=300
    )
    opening_hours = forms.CharField(
        label=gettext_lazy("Or the hours in the form that OpenStreetMap uses"),
        help_text=gettext_lazy("An example: Mo-Fr 09:00-12:00; SH off"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = language_choices()
        for number, name in enumerate(HOURS):
            self.fields[name] = forms.CharField(
                label=WEEKDAYS[number],
                required=False,
                max_length=60,
                widget=forms.TextInput(attrs={"dir": "ltr"}),
            )
        # As groups() shows them: what is wrong is summed up in this order.
        self.order_fields((*FIRST, *HOURS, "opening_hours", "languages", *ACCESS))
        kind = self.version.kind
        tick, often = suggested_priorities(kind.slug) if kind else (set(), set())
        if tick and not self.initial.get("priorities"):
            self.initial["priorities"] = [
                row.pk for row in Priority.objects.all() if row.number in tick
            ]
        self.often = [str(row.label) for row in Priority.objects.all() if row.number in often]
        self.fields["priorities"].help_text = self._about_priorities(tick)

    def _about_priorities(self, tick):
        if not tick:
            return _("Choose at least one of the ten priorities of the first 1000 days.")
        words = _("We ticked what others like you often choose: change it as you like.")
        if self.often:
            words += " " + _("Often chosen, too: %(names)s.") % {"names": "; ".join(self.often)}
        return words

    def said_by(self, version):
        said = super().said_by(version)
        if said:
            said["telephone"] = shown_telephone(version.telephone)
            days = days_of(version.opening_hours)
            if days is not None:
                said["opening_hours"] = ""
                said |= {name: days.get(day, "") for name, day in HOURS.items()}
        return said

    def clean_website(self):
        website = self.cleaned_data["website"].strip()
        if website and "://" not in website:
            website = f"https://{website}"
        return website

    def clean(self):
        cleaned = super().clean()
        days = {}
        for name, day in HOURS.items():
            try:
                days[day] = times_of(cleaned.get(name))
            except ValidationError as error:
                self.add_error(name, error)
        if any(days.values()) and cleaned.get("opening_hours"):
            self.add_error(
                "opening_hours", _("Write the hours day by day, or in this form: not both.")
            )
        elif any(days.values()):
            cleaned["opening_hours"] = hours_of(days)
        return cleaned

    def groups(self):
        picture = gettext_lazy("A picture")
        return [
            self.group(None, FIRST),
            self.group(gettext_lazy("Opening hours"), (*HOURS, "opening_hours"), folds=True),
            self.group(gettext_lazy("Languages"), ("languages",), folds=True),
            self.group(gettext_lazy("Accessibility"), ACCESS, folds=True),
            self.group(picture, self.picture_names, folds=True),
        ]
