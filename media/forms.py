"""The forms through which files are added and edited, in plain words."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.log_actions import log
from wagtailmedia.forms import BaseMediaForm

from accounts.models import User

from .bitmaps import damaged_picture
from .captions import check_length
from .content import check_captions, prepared_picture, refuse_moving
from .failures import ToldOfTheStore
from .models import CaptionTrack
from .registry import is_frozen
from .rules import frozen_message
from .signals import delete_from_storage


class FileForm(ToldOfTheStore, forms.ModelForm):
    """What a picture's form and a film's have in common."""

    # The other files that it holds: one that is replaced or taken away is deleted.
    side_files = ()

    def __init__(self, *args, user=None, **kwargs):
        self.user = user
        if user is not None:
            self._refuse_without_collection(user, kwargs.get("instance"))
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        self.stored_before = {name: getattr(self.instance, name) for name in self.side_files}
        if "credit_user" in self.fields:
            # Who is credited already stays so after leaving.
            self.fields["credit_user"].queryset = User.objects.filter(
                Q(is_active=True) | Q(pk=self.instance.credit_user_id)
            ).order_by("display_name")
        if self.instance.pk and is_frozen(self.instance) and "title" in self.fields:
            # On the bound field, which Wagtail's form has made already.
            self["title"].help_text = frozen_message(self.instance, self.user)

    def _refuse_without_collection(self, user, instance):
        """A member who lost her group meanwhile: refused, where Wagtail fails."""
        adding = instance is None or instance.pk is None
        if adding and not self.permission_policy.user_has_permission(user, "add"):
            raise PermissionDenied

    def _post_clean(self):
        super()._post_clean()
        for name in self.instance.frozen_changes():
            self.add_error(
                name if name in self.fields else None, frozen_message(self.instance, self.user)
            )

    def _save_m2m(self):
        super()._save_m2m()
        for name, before in self.stored_before.items():
            if name in self.changed_data and before.name != getattr(self.instance, name).name:
                delete_from_storage(before)


class PictureField(WagtailImageField):
    """Gives the picture as it is kept, or says in words what is wrong with it."""

    def to_python(self, data):
        if data:
            # Before Wagtail reads it, which would say less.
            refuse_moving(data)
            if data.name.lower().endswith(".svg"):
                data = prepared_picture(data)
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # decoders raise anything on a damaged file
            raise damaged_picture() from error

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return prepared_picture(file) if data else file


class IllustrationForm(FileForm, BaseImageForm):
    side_files = ("source_file",)

    class Meta(BaseImageForm.Meta):
        widgets = {**BaseImageForm.Meta.widgets, "long_description": AdminAutoHeightTextInput}
        labels = {"description": _("Proposed alternative text")}
        help_texts = {
            "description": _(
                "Say in one sentence what the picture shows, for those who cannot "
                "see it. It is proposed wherever the picture is used; each page "
                "can say it in its own way."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=file.label, required=file.required, widget=file.widget
            )


class RecordingForm(FileForm, BaseMediaForm):
    """Adds one captions file per language of the site to a film's form."""

    side_files = ("thumbnail",)

    class Meta(BaseMediaForm.Meta):
        help_texts = {
            "duration": _("In seconds. Read from the file, where it tells."),
            "width": _("In pixels. Read from the file."),
            "height": _("In pixels. Read from the file."),
        }
        widgets = {**BaseMediaForm.Meta.widgets, "transcript": AdminAutoHeightTextInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.tracks = {}
        if self.instance.type != "video":
            return
        if self.instance.pk:
            self.tracks = {track.language: track for track in self.instance.caption_tracks.all()}
        for language, name in settings.WAGTAIL_CONTENT_LANGUAGES:
            track = self.tracks.get(language)
            self.fields[f"captions_{language}"] = forms.FileField(
                label=_("Captions (%(language)s)") % {"language": name},
                required=False,
                initial=track and track.file,
                widget=forms.ClearableFileInput(attrs={"accept": ".vtt"}),
                help_text=_("A WebVTT file (.vtt), in UTF-8."),
            )

    def _captions_given(self):
        """The language and file of each captions field that changed (False: removed)."""
        for language, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
            if f"captions_{language}" in self.changed_data:
                yield language, self.cleaned_data.get(f"captions_{language}")

    def _post_clean(self):
        super()._post_clean()
        frozen = self.instance.pk and is_frozen(self.instance)
        for language, file in self._captions_given():
            try:
                if frozen:
                    raise ValidationError(frozen_message(self.instance, self.user))
                if file:
                    # How long the film is was read from it a moment ago.
                    check_length(check_captions(file), self.instance.duration)
            except ValidationError as error:
                self.add_error(f"captions_{language}", error)

    def save(self, commit=True):
        # Wagtail logs who made and who changed a picture; wagtailmedia nothing.
        action = "wagtail.create" if self.instance._state.adding else "wagtail.edit"
        recording = super().save(commit)
        if commit:
            log(recording, action, user=self.user)
        return recording

    def _save_m2m(self):
        super()._save_m2m()
        for language, file in self._captions_given():
            track = self.tracks.get(language)
            if file is False:
                if track:
                    track.delete()
                continue
            if track:
                delete_from_storage(track.file)
            else:
                track = CaptionTrack(recording=self.instance, language=language)
            track.file = file
            track.save()
