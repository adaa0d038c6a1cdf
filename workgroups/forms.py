"""The forms of the editor, of sign-off and of withdrawal."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from media.permissions import may_choose

from .gate import HIGHEST_NUMBER
from .models import DraftFile, IllustrationBrief, Stage, Workgroup
from .models.picture_places import PictureAcceptedMeanwhileError
from .models.records import oversees
from .posted import refuse_what_no_browser_sends

REVIEW_AFTER = timedelta(days=365)
LONGEST_STAGE = timedelta(days=365)
LONGEST_REVIEW = timedelta(days=3 * 365)


class OpenedAtStageField(forms.CharField):
    """At which stage the editor was opened, so that a second click or an old tab
    hands nothing on twice; it is no part of the text."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class OpenedWithPicturesField(forms.IntegerField):
    """How many pictures had been accepted when the editor was opened, so that an old tab
    takes none out again; it is no part of the text."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class EditorialPageForm(WagtailAdminPageForm):
    """The editor's form: says what is missing at its field when the page is
    handed on, and keeps the workgroup out of the author's hands."""

    workgroup = forms.ModelChoiceField(
        label=_("Workgroup"),
        queryset=Workgroup.objects.none(),
        help_text=_("The group that writes this topic and sees its drafts."),
    )
    opened_at_stage = OpenedAtStageField(required=False)
    opened_with_pictures = OpenedWithPicturesField(
        required=False, min_value=0, max_value=HIGHEST_NUMBER
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            refuse_what_no_browser_sends(self)
        if "workgroup" not in self.fields:
            return
        field = self.fields["workgroup"]
        record = self.instance.get_record() if self.instance.pk else None
        if self.for_user is None or oversees(self.for_user):
            field.queryset = Workgroup.objects.active()
            if record and record.workgroup:
                field.queryset |= Workgroup.objects.filter(pk=record.workgroup_id)
        elif record is None:
            field.queryset = self.writing_groups()
            field.initial = field.queryset.first()
        else:
            field.disabled = True
            field.required = False
            field.queryset = Workgroup.objects.filter(pk=record.workgroup_id)
        if record:
            field.initial = record.workgroup
            self.fields["opened_at_stage"].initial = record.stage
            if not self.is_bound:
                accepted = IllustrationBrief.objects.accepted_for(self.instance.pk)
                self.fields["opened_with_pictures"].initial = accepted.count()
        # Read once (iter: without counting first); the editor asks for the choices at each turn.
        field.choices = list(iter(field.choices))

    def writing_groups(self):
        """The groups in whose name this user may begin a page here."""
        return Workgroup.objects.written_by(self.for_user).distinct()

    @property
    def hands_over(self):
        """Whether this POST asks to hand the page on to the next stage."""
        return bool(
            self.data.get("action-workflow-action")
            and self.data.get("workflow-action-name") == "approve"
        )

    def _post_clean(self):
        super()._post_clean()
        if self.is_bound and self.for_user:
            self._refuse_files_that_are_not_hers()
            self._refuse_to_take_pictures_out()
        if not (self.is_bound and self.hands_over and self.instance.pk):
            return
        record = self.instance.get_record()
        if record is None or record.stage not in (Stage.DRAFT, Stage.ILLUSTRATION):
            return
        if self.cleaned_data.get("opened_at_stage") not in ("", None, record.stage):
            self.add_error(
                None,
                _(
                    "This topic has already been handed on (stage: %(stage)s). Nothing "
                    "was done twice: open it again to go on."
                )
                % {"stage": record.get_stage_display()},
            )
            return
        # In memory only: what is checked is what will be saved.
        self.save_cluster_m2m()
        for problem in self.instance.problems_at(record.stage):
            field = problem.field if problem.field in self.fields else None
            if field is None or field not in self.errors:
                self.add_error(field, problem.message)

    def _refuse_to_take_pictures_out(self):
        """An editor that was opened before a picture was accepted does not know of it; shown
        once more with this error, it still does not."""
        # The page is asked again while it is saved, when nobody can accept one.
        self.instance.known_pictures = self.cleaned_data.get("opened_with_pictures")
        try:
            self.instance.refuse_to_lose_pictures()
        except PictureAcceptedMeanwhileError as error:
            self.add_error(None, forms.ValidationError(str(error), code="picture_accepted"))

    def _refuse_files_that_are_not_hers(self):
        """No forged choice brings a picture or a film into a page that she may not choose;
        what stands in its latest draft already may stay."""
        present = set(DraftFile.objects.files_of(self.instance.pk))
        for file in {f for f in self.instance.used_files() if (type(f), f.pk) not in present}:
            if may_choose(self.for_user, file):
                continue
            fields = [name for name, value in self.cleaned_data.items() if value == file]
            self.add_error(
                fields[0] if fields else None,
                _("This picture or film belongs to somebody else: choose one of yours."),
            )

    def save(self, commit=True):
        group = self.cleaned_data.get("workgroup")
        if self.instance.pk is None:
            self.instance.initial_workgroup = group
        elif group and self.for_user and oversees(self.for_user):
            # A preview comes by here too: the page moves when it is really saved.
            self.instance.chosen_workgroup = group
        return super().save(commit)


class ReasonForm(forms.Form):
    """Why a page goes back; Wagtail calls the field ``comment``."""

    comment = forms.CharField(
        label=_("What should be changed?"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say why, so that the group can go on.")},
    )


class WholeForm(forms.Form):
    """A form that refuses a request which carries anything besides its own
    fields: an approval carries no edits and no files."""

    technical_fields = frozenset({"csrfmiddlewaretoken", "next"})

    @classmethod
    def sent_by(cls, request, **kwargs):
        """The form with all that ``request``, a POST, carries."""
        return cls(request.POST, request.FILES, **kwargs)

    def clean(self):
        cleaned = super().clean()
        known = {self.add_prefix(name) for name in self.fields} | self.technical_fields
        if extra := sorted((set(self.data) | set(self.files)) - known):
            raise forms.ValidationError(
                _(
                    "This request also carries changes (%(fields)s). Nothing was "
                    "signed and nothing was changed: sign and edit separately."
                )
                % {"fields": ", ".join(extra[:5])},
                code="carries_edits",
            )
        return cleaned


class SignForm(WholeForm):
    """What a signatory gives: the statement, the next review, maybe a day."""

    action = forms.CharField(widget=forms.HiddenInput, initial="sign")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=HIGHEST_NUMBER)
    content_hash = forms.CharField(widget=forms.HiddenInput)
    statement = forms.BooleanField(
        error_messages={"required": _("Tick the box to sign: it is your signature.")}
    )
    review_due_on = forms.DateField(
        label=_("To be read again on"),
        widget=AdminDateInput,
        help_text=_("Twelve months from now, unless you choose another day."),
    )
    publish_at = forms.DateTimeField(
        label=_("To be published on"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Leave empty to publish as soon as the last signature is there."),
    )

    def __init__(self, *args, statement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["statement"].label = statement
        self.fields["review_due_on"].initial = timezone.localdate() + REVIEW_AFTER

    def clean_review_due_on(self):
        day = self.cleaned_data["review_due_on"]
        today = timezone.localdate()
        if day <= today:
            raise forms.ValidationError(_("Choose a day in the future."))
        if day > today + LONGEST_REVIEW:
            raise forms.ValidationError(_("Choose a day within the next three years."))
        return day

    def clean_publish_at(self):
        moment = self.cleaned_data["publish_at"]
        if moment and moment <= timezone.now():
            raise forms.ValidationError(
                _("This moment has passed: choose a later one, or leave it empty.")
            )
        return moment

    def clean(self):
        cleaned = super().clean()
        moment, day = cleaned.get("publish_at"), cleaned.get("review_due_on")
        if moment and day and timezone.localdate(moment) >= day:
            self.add_error("review_due_on", _("Choose a day after the day of publication."))
        return cleaned


class ReturnForm(WholeForm):
    """Where a page goes back to, and why."""

    action = forms.CharField(widget=forms.HiddenInput, initial="return")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=HIGHEST_NUMBER)
    to = forms.ChoiceField(
        label=_("Send back to"),
        choices=[(Stage.DRAFT, _("the authors")), (Stage.ILLUSTRATION, _("the illustrators"))],
        widget=forms.RadioSelect,
        initial=Stage.DRAFT,
    )
    reason = forms.CharField(
        label=_("What should be changed?"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say why, so that the group can go on.")},
    )


class DueDateForm(WholeForm):
    """When a stage is to be done instead, and why."""

    due_on = forms.DateField(label=_("Due on"), widget=AdminDateInput)
    reason = forms.CharField(
        label=_("Why is it moved?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why, so that everybody can count on the new date.")},
    )

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("Choose today or a later day."))
        if day > today + LONGEST_STAGE:
            raise forms.ValidationError(_("Choose a day within the next twelve months."))
        return day


class WithdrawForm(WholeForm):
    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The group and the coordinators read this; parents do not."),
        error_messages={"required": _("Say why it is withdrawn.")},
    )
