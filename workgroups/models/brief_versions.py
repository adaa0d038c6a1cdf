"""What an illustrator delivers, and the remarks that are pinned on it."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from media.content import prepared_picture
from media.rules import sha256_of

# The nine fields of a picture: (words, x, y of its middle as fractions), from the top left.
ZONES = {
    "top_left": (gettext_lazy("at the top left"), 1 / 6, 1 / 6),
    "top": (gettext_lazy("at the top, in the middle"), 1 / 2, 1 / 6),
    "top_right": (gettext_lazy("at the top right"), 5 / 6, 1 / 6),
    "left": (gettext_lazy("half-way up, on the left"), 1 / 6, 1 / 2),
    "centre": (gettext_lazy("in the centre"), 1 / 2, 1 / 2),
    "right": (gettext_lazy("half-way up, on the right"), 5 / 6, 1 / 2),
    "bottom_left": (gettext_lazy("at the bottom left"), 1 / 6, 5 / 6),
    "bottom": (gettext_lazy("at the bottom, in the middle"), 1 / 2, 5 / 6),
    "bottom_right": (gettext_lazy("at the bottom right"), 5 / 6, 5 / 6),
}


def zone_of(x, y):
    """The name of the zone in which the point (``x``, ``y``), fractions of the picture, lies."""
    column, row = (min(2, int(part * 3)) for part in (x, y))
    return list(ZONES)[3 * row + column]


class Kind(models.TextChoices):
    SKETCH = "sketch", gettext_lazy("sketch")
    COLOUR = "colour", pgettext_lazy("of a picture", "colour")
    FINAL = "final", gettext_lazy("final picture")


def private_path(version, filename):
    """Where a version's file stands: never in the address of anything public."""
    return f"briefs/{uuid.uuid4().hex}/{filename}"


def too_big(size):
    """The error to raise for a picture of ``size`` bytes; None where it is small enough."""
    most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if size <= most:
        return None
    return ValidationError(
        _("This file is too big: at most %(most)d MB.") % {"most": most // (1024 * 1024)},
        code="file_too_large",
    )


class BriefVersion(models.Model):
    """One delivery. Its file can be fetched through the brief's own view alone, and goes
    when the row goes."""

    brief = models.ForeignKey(
        "workgroups.IllustrationBrief", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    file = models.FileField(upload_to=private_path, max_length=255)
    file_sha256 = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = gettext_lazy("version of a picture")
        verbose_name_plural = gettext_lazy("versions of pictures")
        ordering = ["brief", "number"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "number"], name="one_version_per_number")
        ]

    def __str__(self):
        return f"{self.brief} · {self.number}"

    @classmethod
    def of_file(cls, file, **fields):
        """A version whose file is checked, cleaned as every picture is and stored, its row
        not yet saved. To be called outside of a transaction: making it ready takes a while.

        Raises ValidationError for what is no whole picture, or too big; nothing is
        stored then.
        """
        version = cls(**fields)
        version.file = file
        if error := too_big(version.file.size):
            raise error
        version.file = prepared_picture(version.file)
        version.file_sha256 = sha256_of(version.file)
        version.file.save(version.file.name, version.file.file, save=False)
        return version

    @property
    def open_remarks(self):
        """How many remarks have no answer yet."""
        return sum(remark.answered_at is None for remark in self.remarks.all())

    def remark(self, user, x, y, text):
        """Pin ``text`` at (``x``, ``y``). Returns (PinnedRemark, whether it is new): the same
        one sent twice is one."""
        from workgroups import brief_mails

        with self.brief.held() as (brief, _record):
            brief.refuse_if_closed()
            brief.refuse_unless(brief.may_be_directed_by(user))
            same = self.remarks.filter(author=user, x=x, y=y, text=text, answered_at=None).first()
            if same:
                return same, False
            number = self.remarks.count() + 1
            remark = self.remarks.create(author=user, x=x, y=y, text=text, number=number)
            brief.log("remark", user, version=self.number, number=number, text=text)
            brief_mails.tell_remarked(remark)
        return remark, True


class PinnedRemark(models.Model):
    """A remark at one point of a version, readable without seeing the picture."""

    version = models.ForeignKey(BriefVersion, on_delete=models.CASCADE, related_name="remarks")
    number = models.PositiveSmallIntegerField()
    # Fractions of the picture's width and height, from its top left.
    x = models.FloatField()
    y = models.FloatField()
    text = models.TextField(gettext_lazy("remark"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(gettext_lazy("answer"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = gettext_lazy("pinned remark")
        verbose_name_plural = gettext_lazy("pinned remarks")
        ordering = ["version", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(x__gte=0, x__lte=1, y__gte=0, y__lte=1), name="pinned_on_the_picture"
            ),
            models.UniqueConstraint(fields=["version", "number"], name="one_remark_per_number"),
        ]

    def __str__(self):
        return f"{self.number}. {self.text}"

    @property
    def where(self):
        """Where on the picture it is, in words."""
        return ZONES[zone_of(self.x, self.y)][0]

    @property
    def left(self):
        """How far from the left, as SVG takes it."""
        return f"{self.x:.2%}"

    @property
    def top(self):
        return f"{self.y:.2%}"

    def give_answer(self, user, answer=""):
        """Mark it as answered. Returns whether it was open until now."""
        with self.version.brief.held() as (brief, _record):
            brief.refuse_if_closed()
            brief.refuse_unless(brief.may_be_drawn_by(user) or brief.may_be_directed_by(user))
            remark = type(self).objects.select_for_update().get(pk=self.pk)
            if remark.answered_at:
                return False
            remark.answered_by, remark.answered_at = user, timezone.now()
            remark.answer = answer.strip()
            remark.save(update_fields=["answered_by", "answered_at", "answer"])
            brief.log("answered", user, number=remark.number, text=remark.answer)
        return True


def delete_files(sender, instance, **kwargs):
    """A version's file goes with its row, once that is certain (post_delete)."""
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
