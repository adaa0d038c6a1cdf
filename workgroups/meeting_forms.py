"""The forms about meetings, hours and remarks."""

import unicodedata
from datetime import timedelta
from decimal import Decimal

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from .forms import LONGEST_STAGE
from .invitations import members_of
from .models import Decision, EditorialRecord, GivenHours, Meeting, Membership, Remark
from .models.meetings import MOST_HOURS

LONGEST_AGO = timedelta(days=366)
FURTHEST = timedelta(days=2 * 366)


def one_line(text):
    """A validator: no line's end, nor any other sign that nobody sees."""
    if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text):
        raise forms.ValidationError(
            _("Write this on one line, without line breaks or tabs."), code="one_line"
        )


def hold_to_one_line(form, *names):
    for name in names:
        form.fields[name].validators.append(one_line)


class TopicsField(forms.ModelMultipleChoiceField):
    """Some of a group's topics, by their titles."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, record):
        return record.page.draft_title


class TopicField(forms.ModelChoiceField):
    def label_from_instance(self, record):
        return record.page.draft_title


def topics_of(workgroup):
    """The records of the group's topics, by title."""
    records = EditorialRecord.objects.filter(workgroup=workgroup).select_related("page")
    return records.order_by("page__draft_title", "pk")


class MeetingForm(forms.ModelForm):
    """A meeting of the group that the instance names. ``uid`` and ``sequence`` tell a
    form that is sent twice, or that stands open while somebody else changes it."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    sequence = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)
    video_url = forms.URLField(
        label=_("Video address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of the video meeting, which begins with https://"),
    )
    topics = TopicsField(label=_("Topics"), required=False, queryset=None)

    class Meta:
        model = Meeting
        fields = ["title", "starts_at", "minutes", "place", "video_url", "agenda", "topics"]
        labels = {
            "title": _("Title"),
            "starts_at": _("Begins"),
            "minutes": _("Length in minutes"),
            "place": _("Place"),
            "agenda": _("Agenda"),
        }
        help_texts = {
            "title": _("Without one, the meeting is called after the group."),
            "starts_at": _("Day and time in Paris."),
        }
        widgets = {
            "starts_at": AdminDateTimeInput,
            "agenda": forms.Textarea({"rows": 5}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hold_to_one_line(self, "title", "place")
        self.fields["topics"].queryset = topics_of(self.instance.workgroup)
        if not self.fields["topics"].queryset.exists():
            del self.fields["topics"]
        self.initial |= {"uid": self.instance.uid, "sequence": self.instance.sequence}
        self.time_and_place = {name: getattr(self.instance, name) for name in self.Meta.fields[1:5]}

    def clean_starts_at(self):
        moment, now = self.cleaned_data["starts_at"], timezone.now()
        if moment == self.time_and_place["starts_at"]:
            return moment
        if not now - LONGEST_AGO < moment < now + FURTHEST:
            raise forms.ValidationError(
                _("Choose a day in the past twelve months or the next two years."), code="far"
            )
        return moment

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("place") or cleaned.get("video_url") or self.errors):
            self.add_error(
                "place",
                forms.ValidationError(
                    _("Say where: a place, a video address, or both."), code="nowhere"
                ),
            )
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        for name in ("uid", "sequence"):
            if self.cleaned_data.get(name) is not None:
                setattr(self.instance, name, self.cleaned_data[name])


class CancelMeetingForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why, so that nobody waits in vain.")},
    )


def plain(hours):
    """``hours``, a Decimal, as one writes it: 2 or 1.5."""
    return hours.quantize(Decimal(1)) if hours == hours.to_integral() else hours.normalize()


class AttendanceForm(forms.Form):
    """Who came, and how long: two fields for each person who was expected, and a
    hidden one with the hours that stood there when the form was opened."""

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.given = {given.user_id: given.hours for given in meeting.attendance.all()}
        self.people = list(expected_at(meeting))
        nobody_yet = not self.given
        for person in self.people:
            hours = self.given.get(person.pk)
            self.fields[f"came_{person.pk}"] = forms.BooleanField(
                label=str(person), required=False, initial=hours is not None
            )
            self.fields[f"hours_{person.pk}"] = forms.DecimalField(
                label=_("Hours of %(name)s") % {"name": person},
                required=False,
                min_value=Decimal("0.25"),
                max_value=MOST_HOURS,
                decimal_places=2,
                initial=plain(meeting.hours if hours is None else hours),
                widget=forms.NumberInput({"step": "0.25", "min": "0.25", "max": MOST_HOURS}),
            )
            self.fields[f"opened_{person.pk}"] = forms.DecimalField(
                required=False, initial=hours, widget=forms.HiddenInput
            )
        self.length = meeting.hours
        self.is_first = nobody_yet

    @property
    def rows(self):
        """(person, the fields that she came, of her hours, and of what stood there) of each."""
        for person in self.people:
            yield person, *(self[f"{name}_{person.pk}"] for name in ("came", "hours", "opened"))

    @property
    def opened(self):
        """As ``hours``, of the moment when the form was opened."""
        return {person: self.cleaned_data[f"opened_{person.pk}"] for person in self.people}

    @property
    def hours(self):
        """{User: Decimal, or None for who did not come}; the meeting's length where
        none is said."""
        cleaned = self.cleaned_data
        return {
            person: (cleaned[f"hours_{person.pk}"] or self.length)
            if cleaned[f"came_{person.pk}"]
            else None
            for person in self.people
        }


def expected_at(meeting):
    """Whoever might have come: the members of now, those who were invited, those
    who are down as having come, and who called the meeting."""
    users = get_user_model().objects
    members = Membership.objects.can_act().filter(workgroup=meeting.workgroup_id)
    return users.filter(
        Q(pk__in=members.values("user"))
        | Q(pk__in=meeting.invitations.values("user"))
        | Q(pk__in=meeting.attendance.values("user"))
        | Q(pk=meeting.created_by_id)
    ).order_by("display_name", "pk")


class DecisionForm(forms.ModelForm):
    class Meta:
        model = Decision
        fields = ["text"]
        labels = {"text": _("What was decided")}
        widgets = {"text": forms.Textarea({"rows": 2})}


def day_to_come(day):
    """``day``, or the reason why it cannot be a due date."""
    today = timezone.localdate()
    if day and day < today:
        raise forms.ValidationError(_("Choose today or a later day."), code="past")
    if day and day > today + LONGEST_STAGE:
        raise forms.ValidationError(_("Choose a day within the next twelve months."), code="far")
    return day


class RemarkForm(forms.ModelForm):
    """A remark on a topic."""

    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=AdminDateInput,
        help_text=_("With a date, it waits for the group on the home page."),
    )

    class Meta:
        model = Remark
        fields = ["text", "due_on"]
        labels = {"text": _("Remark")}
        widgets = {"text": forms.Textarea({"rows": 3})}

    def clean_due_on(self):
        return day_to_come(self.cleaned_data["due_on"])


class DecisionAsRemarkForm(forms.Form):
    """On which topic a decision becomes a remark, and by when."""

    topic = TopicField(label=_("Topic"), queryset=None)
    due_on = forms.DateField(label=_("Due on"), widget=AdminDateInput)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = topics_of(meeting.workgroup)
        self.fields["topic"].initial = meeting.own_topics().first()

    def clean_due_on(self):
        return day_to_come(self.cleaned_data["due_on"])


class AnswerForm(forms.ModelForm):
    class Meta:
        model = Remark
        fields = ["answer"]
        labels = {"answer": _("Answer (not needed)")}
        widgets = {"answer": forms.Textarea({"rows": 2})}


class GivenHoursForm(forms.ModelForm):
    """Hours given apart from meetings by somebody of the instance's group."""

    class Meta:
        model = GivenHours
        fields = ["user", "day", "hours", "note"]
        labels = {
            "user": _("Who"),
            "day": _("Day"),
            "hours": _("Hours"),
            "note": _("For what"),
        }
        help_texts = {"note": _("For instance: read the draft at home.")}
        widgets = {"day": AdminDateInput, "hours": forms.NumberInput({"step": "0.25"})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        people = members_of(self.instance.workgroup_id)
        self.fields["user"].queryset = people
        self.fields["note"].required = True
        hold_to_one_line(self, "note")
        self.initial |= {"user": user.pk, "day": timezone.localdate()}

    def clean_day(self):
        day, today = self.cleaned_data["day"], timezone.localdate()
        if not today - LONGEST_AGO <= day <= today:
            raise forms.ValidationError(
                _("Choose today or a day in the past twelve months."), code="far"
            )
        return day
