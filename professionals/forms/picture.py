"""A picture of the entry, with what it shows in words."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media.forms import PictureField
from professionals import pictures

from .section import SectionForm


class DropField(forms.MultipleChoiceField):
    """Which of what we have is to be deleted; what we no longer have is deleted already."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value):
        """Nothing to say."""


class PictureForm(SectionForm):
    """The part of a section that holds the picture. One that was sent is kept though something
    else of the section is not right yet: see pictures.let_wait()."""

    picture_file = PictureField(
        label=gettext_lazy("A picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
    )
    picture_drop = DropField(
        label=gettext_lazy("The picture that we have"),
        help_text=gettext_lazy("Tick it, and we delete it. Another one takes its place."),
        required=False,
    )
    picture_text = forms.CharField(
        label=gettext_lazy("What the picture shows"),
        help_text=gettext_lazy(
            "In a few words, for those who cannot see it: the entrance, with its ramp."
        ),
        required=False,
        max_length=250,
    )
    picture_names = ("picture_file", "picture_drop", "picture_text")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["picture_file"]
        # Wagtail's are an editor's.
        field.help_text = _(
            "Your place or your sign: a JPEG, PNG, WebP or AVIF of at most 10 MB, which you may "
            "show. People on it have to agree."
        )
        field.max_upload_size = pictures.MOST_BYTES
        field.error_messages["file_too_large"] = _("This picture is too big: at most 10 MB.")
        not_one = _("This is not a JPEG, PNG, WebP, AVIF or SVG picture.")
        field.error_messages["invalid_image"] = not_one
        field.error_messages["invalid_image_extension"] = not_one
        field.error_messages["empty"] = _("This file is empty. Choose another one.")
        if self.standing is None:
            del self.fields["picture_drop"]
        else:
            self.fields["picture_drop"].choices = [(str(self.standing.pk), self.standing.title)]

    @cached_property
    def standing(self):
        """The picture that we have: the one sent last, be it taken yet or not."""
        if self.version.pk is None:
            return None
        return pictures.waiting(self.version) or self.version.picture

    @property
    def _is_dropped(self):
        dropped = self.cleaned_data.get("picture_drop") or []
        return self.standing is not None and str(self.standing.pk) in dropped

    def clean(self):
        cleaned = super().clean()
        stays = cleaned.get("picture_file") or (self.standing and not self._is_dropped)
        if stays and not cleaned.get("picture_text") and not self.errors.get("picture_text"):
            self.add_error(
                "picture_text", _("Say what the picture shows, for those who cannot see it.")
            )
        return cleaned

    @cached_property
    def sent(self):
        """The picture that was just sent, stored; None without one."""
        file = self.cleaned_data.get("picture_file")
        return pictures.keep(file, self.version) if file else None

    def values(self):
        picture = self.sent or (None if self._is_dropped else self.standing)
        text = self.cleaned_data["picture_text"] if picture else ""
        return super().values() | {"picture": picture, "picture_text": text}

    def save_more(self, entry, by):
        super().save_more(entry, by)
        if pictures.waiting(entry):
            pictures.let_wait(entry, None)
        if self.version.picture != entry.picture:
            pictures.let_go(self.version.picture)

    def keep_files(self, entry):
        if not self.cleaned_data.get("picture_file"):
            return super().keep_files(entry)
        pictures.let_wait(entry, self.sent)
        return True
