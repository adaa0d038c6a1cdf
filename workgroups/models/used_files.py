"""Which pictures and films the latest draft of a page uses.

Wagtail's reference index reads the live row only, so a picture that stands in
a draft or in a scheduled revision would count as unused there.
"""

from django.db import models
from wagtail.models import Page

from media.models import Illustration, Recording


class UsedFile(models.Model):
    """One picture or one film in use: exactly one of the two is set."""

    illustration = models.ForeignKey(
        Illustration, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    @classmethod
    def holding(cls, file):
        """The rows that hold ``file``, an Illustration or a Recording."""
        field = "illustration" if isinstance(file, Illustration) else "recording"
        return cls.objects.filter(**{field: file.pk})

    @classmethod
    def holding_any(cls, files):
        """The rows that hold one of ``files``, Illustrations and Recordings."""
        ids = {Illustration: [], Recording: []}
        for file in files:
            ids[type(file)].append(file.pk)
        return cls.objects.filter(
            models.Q(illustration__in=ids[Illustration]) | models.Q(recording__in=ids[Recording])
        )

    @property
    def key(self):
        """The (model, primary key) of the file that it holds."""
        if self.illustration_id:
            return (Illustration, self.illustration_id)
        return (Recording, self.recording_id)

    @property
    def file(self):
        return self.illustration or self.recording

    @staticmethod
    def columns(file):
        """The column that ``file`` fills, as keyword arguments."""
        if isinstance(file, Illustration):
            return {"illustration_id": file.pk}
        return {"recording_id": file.pk}


class DraftFileQuerySet(models.QuerySet):
    def files_of(self, page_id):
        """What that page's latest draft uses, as (model, primary key) pairs."""
        rows = self.filter(page=page_id).values_list("illustration", "recording")
        return [(Illustration, i) if i else (Recording, r) for i, r in rows]


class DraftFile(UsedFile):
    """A file used by the latest revision of an editorial page."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="draft_files")

    objects = DraftFileQuerySet.as_manager()

    def __str__(self):
        return f"{self.page}: {self.file}"

    @classmethod
    def replace(cls, page, files):
        """Make ``files`` the ones that the latest draft of ``page`` uses."""
        cls.objects.filter(page_id=page.pk).delete()
        cls.objects.bulk_create(cls(page_id=page.pk, **cls.columns(file)) for file in set(files))
