"""Why it belongs into the directory, what a person agrees to, and whom to ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.public_forms import LinesField
from professionals import states
from professionals.models import Contact, EligibilityGround, Evidence
from professionals.models.private import check_evidence

from .offer import ManyField
from .section import SectionForm

CONSENTS = ("listing", "details", "open_data")
MOST_EVIDENCE = 5  # files of one entry


class ConsentForm(SectionForm):
    """What a natural person says yes to, each by itself."""

    slug = "accords"
    title = _("What you agree to")

    listing = forms.BooleanField(
        label=_("I may be listed: my name, what I do and my commune."), required=False
    )
    details = forms.BooleanField(
        label=_("Parents may see my telephone and my exact address."), required=False
    )
    open_data = forms.BooleanField(
        label=_("My entry may be in the open data, which everybody may use."), required=False
    )

    def said_by(self, version):
        agreed = {name: getattr(version, f"{name}_agreed_at") is not None for name in CONSENTS}
        return super().said_by(version) | agreed

    def save_more(self, entry, by):
        asked = {name: self.cleaned_data[name] for name in CONSENTS if name in self.fields}
        if asked:
            states.consent(entry, by, **asked)


class ReasonsForm(ConsentForm):
    """*registers*: whether the consents are asked for here, of a person."""

    slug = "critere"
    title = _("Why you belong here")
    own = ("grounds", "public_body")
    order = ("grounds", "public_body", "evidence_text", "drop", "evidence_file")
    field_order = (*order, *CONSENTS)

    grounds = ManyField(
        label=_("A public body trusts you"),
        queryset=EligibilityGround.objects.all(),
        help_text=_("Choose what is true: we check it before you are listed."),
        error_messages={
            "required": _("Choose at least one ground."),
            "invalid_pk_value": _("Choose from the list."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    public_body = forms.CharField(
        label=_("Which public body?"),
        help_text=_("An example: Caf du Rhône, the Département, the ARS."),
        max_length=200,
        error_messages={
            "required": _(
                "Name the public body that runs, funds, contracts with or authorises you."
            )
        },
    )
    evidence_text = LinesField(
        label=_("What shows it"),
        help_text=_(
            "The number and date of an approval or agreement, or where one can read of it. "
            "Parents never see this."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence_file = forms.FileField(
        label=_("A document, if you have one"),
        help_text=_("A PDF, a JPEG or a PNG of at most 10 MB. Only moderators see it."),
        required=False,
        validators=[check_evidence],
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )
    drop = forms.MultipleChoiceField(
        label=_("Documents that we have"),
        help_text=_("Tick what we shall delete."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, registers=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.registers = registers
        if not (registers and self.version.is_natural_person):
            for name in CONSENTS:
                del self.fields[name]
        self.files_kept = [one for one in self._evidence() if one.file]
        if self.files_kept:
            self.fields["drop"].choices = [
                (str(one.pk), _("Document of %(day)s") % {"day": f"{one.added_at:%d/%m/%Y %H:%M}"})
                for one in self.files_kept
            ]
        else:
            del self.fields["drop"]

    def _evidence(self):
        if self.version.pk is None:
            return []
        return list(Evidence.objects.filter(professional_id=self.version.pk))

    def said_by(self, version):
        said = super().said_by(version)
        texts = [one.text for one in Evidence.objects.filter(professional_id=version.pk)]
        said["evidence_text"] = next((text for text in texts if text), "")
        return said

    def clean(self):
        cleaned = super().clean()
        if self.registers and "listing" in self.fields and not cleaned.get("listing"):
            self.add_error(
                "listing", _("Say whether you may be listed. Without your yes you are not.")
            )
        if self["evidence_file"].value() and len(self.files_kept) >= MOST_EVIDENCE:
            self.add_error("evidence_file", _("We have five documents: delete one first."))
        return cleaned

    def keep_files(self, entry):
        file = self.cleaned_data.get("evidence_file")
        if file and not _has(entry, file):
            Evidence.objects.create(professional=entry, file=file)
        return bool(file)

    def save_more(self, entry, by):
        super().save_more(entry, by)
        mine = Evidence.objects.filter(professional=entry)
        for one in mine.filter(pk__in=self.cleaned_data.get("drop") or []):
            one.delete()
        text = self.cleaned_data["evidence_text"].strip()
        written = mine.exclude(text="").first()
        if text and written is None:
            Evidence.objects.create(professional=entry, text=text)
        elif written is not None and written.text != text:
            written.text = text
            if text or written.file:
                written.save(update_fields=["text"])
            else:
                written.delete()
        self.keep_files(entry)

    def groups(self):
        consents = [self.group(ConsentForm.title, CONSENTS)] if "listing" in self.fields else []
        return [self.group(None, self.order), *consents]


def _has(entry, file):
    """Whether an entry has this very file: it was sent twice."""
    for one in Evidence.objects.filter(professional=entry).exclude(file=""):
        try:
            with one.file.open() as kept:
                if kept.size == file.size and kept.read() == _bytes_of(file):
                    return True
        except OSError:
            continue  # it is gone from the store
    return False


def _bytes_of(file):
    file.seek(0)
    data = file.read()
    file.seek(0)
    return data


class ContactForm(SectionForm):
    """Whom moderators may ask."""

    slug = "contact"
    title = _("Whom may we ask?")

    contact_name = forms.CharField(
        label=_("Name of somebody whom we may ask"),
        help_text=_("Parents never see this, nor the two fields below."),
        max_length=100,
        error_messages={"required": _("Write the name of somebody whom we may ask.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_email = forms.EmailField(
        label=_("Her or his e-mail address"),
        help_text=_("If it is another one."),
        required=False,
        error_messages={
            "invalid": _("This is no whole e-mail address. An example: awa@exemple.fr.")
        },
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
    )
    contact_telephone = forms.CharField(
        label=_("Her or his telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    def said_by(self, version):
        contact = Contact.objects.filter(professional_id=version.pk).first() or Contact()
        return {
            f"contact_{name}": getattr(contact, name) for name in ("name", "email", "telephone")
        }

    def save_more(self, entry, by):
        contact = Contact.objects.filter(professional=entry).first() or Contact(professional=entry)
        for name in ("name", "email", "telephone"):
            setattr(contact, name, self.cleaned_data[f"contact_{name}"])
        contact.save()
