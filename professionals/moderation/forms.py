"""What moderators write: a reason and a mail, a note, a mail for good."""

from django import forms
from django.utils.translation import gettext_lazy as _

from professionals.models import DecisionMail, Note

from .mails import REASON, WITH_REASON


class DecisionForm(forms.Form):
    """*reason_is_asked*, *with_mail*: what of it there is. *seen*: the newest line of the
    history that the moderator was shown."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    send = forms.BooleanField(label=_("Send this mail"), required=False, initial=True)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=250)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, reason_is_asked, with_mail, **kwargs):
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        if reason_is_asked:
            reason.required = True
            reason.error_messages["required"] = _("Say why: the professional reads it.")
            reason.help_text = _("It stands where the mail says {reason}.") if with_mail else ""
        else:
            reason.widget = forms.HiddenInput()
        if not with_mail:
            for name in ("send", "subject", "text"):
                self.fields[name].widget = forms.HiddenInput()
        self.with_mail = with_mail

    def clean(self):
        cleaned = super().clean()
        cleaned["send"] = bool(cleaned.get("send") and self.with_mail)
        for name in ("subject", "text"):
            if cleaned["send"] and not cleaned.get(name, "").strip():
                self.add_error(name, _("Write it, or untick “Send this mail”."))
        return cleaned


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class DecisionMailForm(forms.ModelForm):
    class Meta:
        model = DecisionMail
        fields = ["subject", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 16})}

    def clean_text(self):
        text = self.cleaned_data["text"]
        if self.instance.about in WITH_REASON and REASON not in text:
            raise forms.ValidationError(
                _("Keep %(reason)s: there the professional reads why.") % {"reason": REASON}
            )
        return text
