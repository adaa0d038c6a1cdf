"""The forms of a brief: what is asked, delivered, remarked, answered, accepted."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from accounts.models import User
from accounts.roles import Role

from .forms import DueDateForm, WholeForm
from .gate import HIGHEST_NUMBER
from .models import IllustrationBrief
from .models.brief_versions import ZONES, Kind

LONGEST_TEXT = 2000  # characters


def long_text(rows, **kwargs):
    """A field for some sentences."""
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(max_length=LONGEST_TEXT, widget=widget, **kwargs)


class BriefForm(forms.ModelForm):
    """What a group asks for; ``places`` are the (key, label) pairs to choose from,
    ``drawing`` the users who may be asked."""

    place = forms.ChoiceField(label=_("For which place"))
    shows = long_text(
        4,
        label=_("What it must show"),
        help_text=_("Who, where, doing what. What a parent should understand from it."),
        error_messages={"required": _("Say what the picture must show.")},
    )
    avoid = long_text(2, required=False, label=_("What to avoid"))

    class Meta:
        model = IllustrationBrief
        fields = IllustrationBrief.ASKED_FIELDS
        widgets = {"due_on": AdminDateInput, "licence_until": AdminDateInput}
        labels = {"credit_user": _("Credit: somebody with an account here")}
        help_texts = {
            "credit_user": _("Leave both empty: whoever delivers the final picture is credited."),
            "credit_name": _("Or a name, as parents read it."),
        }

    def __init__(self, *args, places, drawing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places
        self.fields["illustrator"].queryset = User.objects.filter(
            pk__in=[user.pk for user in drawing]
        )
        self.fields["illustrator"].empty_label = _("All the group's illustrators")
        credited = User.objects.active().with_role(Role.ILLUSTRATOR)
        known = User.objects.filter(pk=self.instance.credit_user_id)
        self.fields["credit_user"].queryset = (credited | known).distinct().order_by("display_name")

    def clean_due_on(self):
        # The date that it has may stay, though it may have passed.
        if "due_on" in self.changed_data:
            return DueDateForm.clean_due_on(self)
        return self.cleaned_data["due_on"]

    def _post_clean(self):
        """The model's methods check the whole of it under the topic's lock."""

    @property
    def asked(self):
        """What was filled in, as the model's methods take it."""
        return {name: self.cleaned_data[name] for name in IllustrationBrief.ASKED_FIELDS}


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or several, as a list in the order in which they were chosen."""

    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class DeliverForm(forms.Form):
    """New versions: without scripts as one request, with them piece by piece."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Kind.choices)
    note = forms.CharField(
        label=_("A word with it"), required=False, max_length=LONGEST_TEXT, widget=forms.TextInput
    )
    files = SeveralFilesField(
        label=_("Your files"),
        help_text=_("One or several: each becomes a version, in their order. 40 MB at most each."),
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args, brief, **kwargs):
        # The labels stand above their fields: no colon after them.
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["kind"].choices = [(k.value, k.label) for k in brief.kinds_that_follow]
        self.fields["kind"].initial = brief.next_kind
        # Several of these stand on one page.
        self.auto_id = f"brief-{brief.pk}-%s"


class UploadForm(forms.Form):
    """What a browser says of a file before it sends it."""

    kind = forms.ChoiceField(choices=Kind.choices)
    note = forms.CharField(required=False, max_length=LONGEST_TEXT)
    name = forms.CharField(max_length=1000)
    size = forms.IntegerField(min_value=0, max_value=2**62)
    sha256 = forms.RegexField(r"\A[0-9a-f]{64}\Z", required=False)


class RemarkForm(WholeForm):
    """A remark and its point: pressed on the picture, or one of its nine zones."""

    text = long_text(
        2, label=_("Your remark"), error_messages={"required": _("Write your remark.")}
    )
    zone = forms.ChoiceField(
        label=_("Where on the picture"),
        choices=[(name, words) for name, (words, _x, _y) in ZONES.items()],
        initial="centre",
        help_text=_("Or press on the picture, at the very point."),
    )
    x = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    y = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = version
        self.auto_id = f"version-{version.pk}-%s"

    @property
    def point(self):
        """(x, y) as fractions of the picture."""
        x, y = self.cleaned_data["x"], self.cleaned_data["y"]
        if x is None or y is None:
            _words, x, y = ZONES[self.cleaned_data["zone"]]
        return round(x, 4), round(y, 4)


class AnswerForm(WholeForm):
    answer = forms.CharField(required=False, max_length=LONGEST_TEXT)


class AcceptForm(WholeForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=HIGHEST_NUMBER)
    alt_text = forms.CharField(
        label=_("What one sees"),
        required=False,
        max_length=250,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One sentence, for those who cannot see the picture."),
    )
    decorative = forms.BooleanField(
        label=_("The picture only decorates"),
        required=False,
        help_text=_("Tick only if it tells nothing that the text does not."),
    )

    def clean(self):
        cleaned = super().clean()
        alt_text, decorative = cleaned.get("alt_text", "").strip(), cleaned.get("decorative")
        if not alt_text and not decorative and "alt_text" not in self.errors:
            self.add_error(
                "alt_text",
                forms.ValidationError(
                    _("Say what one sees, or tick that the picture only decorates."),
                    code="required",
                ),
            )
        elif alt_text and decorative:
            self.add_error(
                "decorative",
                forms.ValidationError(
                    _("A picture that only decorates says nothing: keep one of the two."),
                    code="both",
                ),
            )
        return cleaned


class GiveUpForm(WholeForm):
    reason = long_text(
        3,
        label=_("Why is it given up?"),
        help_text=_("The illustrator reads this."),
        error_messages={"required": _("Say why, so that the illustrator understands.")},
    )
