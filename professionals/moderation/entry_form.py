"""The form by which moderators change an entry, with its private parts."""

from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import inlineformset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from media.permissions import may_choose
from professionals.changes import apply_change
from professionals.models import Commune, Contact, Evidence, Note, Professional
from professionals.models.choices import Access, language_choices
from professionals.reviewed import CHANGEABLE

from .decisions import changed_since, last_seen


class CommuneField(forms.CharField):
    """A Commune by its name, its postal code or its INSEE code: "Lyon (69387)", "69007 Lyon"."""

    def prepare_value(self, value):
        if isinstance(value, str) and len(value) != 5:
            return value
        commune = Commune.objects.filter(pk=value).first() if value else None
        return f"{commune} ({commune.pk})" if commune else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        code = text.rstrip(") ").rpartition("(")[2].strip()
        known = Commune.objects.filter(pk=code).first()
        known = known or Commune.objects.named(text)
        if known is None:
            raise ValidationError(
                _("There is no such commune. Write its name or its postal code."), code="commune"
            )
        return known


class ManyField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)


class EvidenceForm(forms.ModelForm):
    class Meta:
        model = Evidence
        fields = ["text", "file"]
        # Its address is the moderators' own: see EvidenceView.
        widgets = {"text": forms.Textarea(attrs={"rows": 2}), "file": forms.FileInput}


def _formset(model, form=forms.ModelForm, **kwargs):
    return inlineformset_factory(Professional, model, form=form, extra=1, **kwargs)


PRIVATE = {
    "contacts": _formset(Contact, fields=["name", "email", "telephone"]),
    "evidence": _formset(Evidence, form=EvidenceForm),
    "notes": _formset(Note, fields=["text"], widgets={"text": forms.Textarea(attrs={"rows": 2})}),
}


class EntryForm(WagtailAdminModelForm):
    """All that may be changed, through changes.apply_change(); never the state."""

    commune = CommuneField(
        label=gettext_lazy("commune"),
        required=False,
        help_text=gettext_lazy("Its name or postal code: “69007 Lyon”."),
    )
    languages = ManyField(label=gettext_lazy("languages spoken"))
    accessibility = ManyField(
        label=gettext_lazy("accessibility of the place"), choices=Access.choices
    )

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Media:
        css = {"all": ["css/moderation.css"]}

    class Meta:
        model = Professional
        fields = sorted(CHANGEABLE)
        widgets = {
            "priorities": forms.CheckboxSelectMultiple,
            "grounds": forms.CheckboxSelectMultiple,
        }
        field_classes = {"website": partial(forms.URLField, assume_scheme="https")}
        help_texts = {
            "opening_hours": gettext_lazy("As OpenStreetMap writes them: Mo-Fr 09:00-17:00"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = language_choices()
        self.fields["kind"].required = False
        self.fields["name"].required = False  # one that was only begun may lack it
        self.fields["seen"].initial = last_seen(self.instance)
        data, files = (self.data, self.files) if self.is_bound else (None, None)
        self.private = {
            name: formset(data, files, instance=self.instance, prefix=name)
            for name, formset in PRIVATE.items()
        }

    def is_multipart(self):
        return True

    def is_valid(self):
        # Each of them, so that every error is shown.
        return all([super().is_valid(), *(rows.is_valid() for rows in self.private.values())])

    def clean_picture(self):
        """Parents see it: of other rooms' files, that takes more than its number."""
        picture = self.cleaned_data["picture"]
        if picture is None or picture.pk == self.initial.get("picture"):
            return picture
        if not may_choose(self.for_user, picture):
            raise ValidationError(_("Choose a picture that you may use."))
        return picture

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.get("seen")
        if seen is not None and changed_since(self.instance, seen):
            raise ValidationError(
                _(
                    "The entry has changed since you opened it. Nothing is saved: open it in "
                    "another window, and compare."
                ),
                code="changed_meanwhile",
            )
        return cleaned

    def store(self, user):
        """Change the entry as *user*: the Change. Raises ValidationError by field, and then
        nothing is changed."""
        names = CHANGEABLE & set(self.changed_data)
        wanted = {name: self.cleaned_data[name] for name in names}
        change = apply_change(Professional.objects.get(pk=self.instance.pk), wanted, user)
        for rows in self.private.values():
            for row in rows.save(commit=False):
                if isinstance(row, Note) and row.pk is None:
                    row.author = user
                row.save()
            for row in rows.deleted_objects:
                row.delete()
        return change
