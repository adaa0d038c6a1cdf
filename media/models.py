"""The pictures, films and sounds of the site."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    ImageQuerySet,
    SourceImageIOError,
    get_upload_to,
)
from wagtailmedia.models import AbstractMedia, MediaQuerySet

from . import registry
from .content import (
    check_captions,
    check_picture,
    check_recording,
    check_source,
    is_new,
    prepared_picture,
)
from .credits import Credited
from .failures import StoreError, kept_whole
from .fields import HashOfFileField, KeptFileField, KeptImageField
from .rules import Freezable, FreezableQuerySet, sha256_of

# The folder of what pictures were drawn in: nobody has cleaned these files.
SOURCE_FILES = "sources"


class IllustrationQuerySet(FreezableQuerySet, ImageQuerySet):
    pass


class Illustration(Credited, Freezable, AbstractImage):
    """A picture. Its *description* is only the proposal of an alternative
    text: the text itself belongs to each place where the picture stands."""

    file = KeptImageField(
        _("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
        validators=[check_picture],
        prepare=prepared_picture,
    )
    is_decorative = models.BooleanField(
        _("the picture only decorates"),
        default=False,
        help_text=_(
            "Tick only if it tells nothing that the text beside it does not. "
            "Then leave the alternative text empty."
        ),
    )
    long_description = models.TextField(
        _("long description"),
        blank=True,
        help_text=_(
            "For a picture that one reads (figures, steps, a plan): all that it says, in "
            "words. Parents can open it under the picture."
        ),
    )
    source_file = models.FileField(
        _("source file"),
        upload_to=SOURCE_FILES,
        blank=True,
        validators=[check_source],
        help_text=_(
            "The drawing with its layers (PSD, AI, SVG, KRA, TIFF, PDF, ZIP…), kept for "
            "later changes. Parents never get it."
        ),
    )

    objects = IllustrationQuerySet.as_manager()

    # The focal point decides how a picture is cropped, so what parents see.
    frozen_fields = (
        *Freezable.frozen_fields,
        *Credited.credit_fields,
        "long_description",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "long_description",
        *Credited.credit_fields,
        "source_file",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_illustration", "Can choose picture")]
        # Whoever fetches a file names its path alone (see media.served).
        indexes = [
            models.Index(fields=["file"], name="media_picture_by_path"),
            models.Index(fields=["source_file"], name="media_source_by_path"),
        ]

    def clean(self):
        super().clean()
        if self.is_decorative and (self.description.strip() or self.long_description.strip()):
            raise ValidationError(
                {
                    "is_decorative": ValidationError(
                        _(
                            "A picture either only decorates or has a text: "
                            "untick this, or take the text away."
                        ),
                        code="decorative_with_text",
                    )
                }
            )

    @property
    def default_alt_text(self):
        """What is proposed where it is placed; never its title, which is for editors."""
        return "" if self.is_decorative else self.description

    def file_is_another(self):
        told = super().file_is_another()
        # As it is stored: under the old file's hash the cache finds them.
        for stored in type(self)._base_manager.filter(pk=self.pk):
            stored.renditions.all().delete()
        vars(self).pop("prefetched_renditions", None)
        vars(self).pop("_prefetched_objects_cache", None)
        self._set_image_file_metadata()
        return {*told, "file_hash", "file_size", "width", "height"}

    def create_rendition(self, filter):  # noqa: A002 Wagtail's name
        with _as_a_missing_source():
            return super().create_rendition(filter)

    def create_renditions(self, *filters):
        if not filters:
            return {}
        with _as_a_missing_source():
            return super().create_renditions(*filters)

    def _set_image_file_metadata(self):
        super()._set_image_file_metadata()
        if self.file._committed:
            self.file.close()  # Wagtail leaves it open

    def stored_files(self):
        yield from super().stored_files()
        # The only ones that parents load.
        for rendition in self.renditions.all():
            yield rendition.file, rendition.file_sha256


@contextmanager
def _as_a_missing_source():
    """A store that fails is what Wagtail expects of a source only: then it shows
    no picture, and the page all the same."""
    try:
        with kept_whole():
            yield
    except StoreError as error:
        raise SourceImageIOError(str(error)) from error


class IllustrationRendition(AbstractRendition):
    image = models.ForeignKey(Illustration, on_delete=models.CASCADE, related_name="renditions")
    file_sha256 = HashOfFileField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"),
                name="media_one_rendition_per_filter",
            ),
        ]
        indexes = [models.Index(fields=["file"], name="media_rendition_by_path")]


class RecordingQuerySet(FreezableQuerySet, MediaQuerySet):
    pass


class Recording(Credited, Freezable, AbstractMedia):
    """A film or a sound. Its *thumbnail* is the film's poster."""

    file = KeptFileField(_("file"), upload_to="recordings")
    thumbnail = KeptFileField(
        _("still picture"),
        upload_to="recordings/posters",
        blank=True,
        validators=[check_picture],
        prepare=prepared_picture,
        help_text=_("Shown until the film starts: JPEG, PNG or WebP."),
    )
    thumbnail_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_("All that is said and heard, for those who cannot listen."),
    )

    objects = RecordingQuerySet.as_manager()

    frozen_fields = (
        *Freezable.frozen_fields,
        "type",
        "thumbnail",
        "thumbnail_sha256",
        "transcript",
        "duration",
        "width",
        "height",
        *Credited.credit_fields,
    )
    admin_form_fields = (
        "title",
        "file",
        "transcript",
        *Credited.credit_fields,
        "collection",
        "duration",
        "width",
        "height",
        "thumbnail",
        "tags",
    )

    class Meta(AbstractMedia.Meta):
        abstract = False
        verbose_name = _("film or sound")
        verbose_name_plural = _("films and sounds")
        permissions = [("choose_recording", "Can choose film or sound")]
        indexes = [
            models.Index(fields=["file"], name="media_recording_by_path"),
            models.Index(fields=["thumbnail"], name="media_poster_by_path"),
        ]

    def save(self, *args, update_fields=None, **kwargs):
        if not self.thumbnail:
            self.thumbnail_sha256 = ""
        elif not self.thumbnail_sha256 or "thumbnail" in self.changed_fields():
            self.thumbnail_sha256 = sha256_of(self.thumbnail)
        if update_fields is not None and "thumbnail" in update_fields:
            update_fields = {*update_fields, "thumbnail_sha256"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def file_is_another(self):
        told = super().file_is_another()
        self.thumbnail_sha256 = sha256_of(self.thumbnail) if self.thumbnail else ""
        return {*told, "thumbnail_sha256"}

    def clean(self):
        try:
            measured = check_recording(self.file, self.type)
        except ValidationError as error:
            raise ValidationError({"file": error.error_list}) from error
        super().clean()
        if measured:
            self.duration = measured.seconds or self.duration
            self.width = measured.width or self.width
            self.height = measured.height or self.height
        if is_new(self.file) and not self.duration:
            raise ValidationError(
                {
                    "duration": ValidationError(
                        _("This file does not tell how long it is: write it, in seconds."),
                        code="unknown_duration",
                    )
                }
            )

    def stored_files(self):
        yield from super().stored_files()
        if self.thumbnail:
            yield self.thumbnail, self.thumbnail_sha256
        for track in self.caption_tracks.all():
            yield from track.stored_files()


class CaptionTrack(Freezable):
    """The captions of a Recording in one language, as a WebVTT file."""

    recording = models.ForeignKey(
        Recording, on_delete=models.CASCADE, related_name="caption_tracks"
    )
    language = models.CharField(_("language"), max_length=20)
    file = KeptFileField(
        _("captions"), upload_to="recordings/captions", validators=[check_captions]
    )

    objects = FreezableQuerySet.as_manager()

    frozen_fields = (*Freezable.frozen_fields, "recording", "language")

    class Meta:
        verbose_name = _("captions")
        verbose_name_plural = _("captions")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=("recording", "language"), name="media_captions_once_per_language"
            ),
        ]
        indexes = [models.Index(fields=["file"], name="media_captions_by_path")]

    def __str__(self):
        return f"{self.recording} ({self.language})"

    @property
    def held_file(self):
        return self.recording

    def is_frozen(self):
        if super().is_frozen():
            return True
        stored = self._stored()
        return bool(stored) and registry.is_frozen(Recording(pk=stored["recording"]))

    def changed_fields(self):
        # A film without captions was signed without them: adding is a change.
        if self._stored() is None:
            return list(self.frozen_fields)
        return super().changed_fields()
