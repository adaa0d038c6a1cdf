"""What of an entry is never public: contact persons, evidence, notes.

They stand in tables of their own, so that no list of an entry's fields can let them slip out;
revisions do not hold them either.
"""

import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media.content import is_new

EVIDENCE_FOLDER = "evidence"
EVIDENCE_MAX_BYTES = 10 * 1024 * 1024
# How its name ends, and how its bytes begin.
EVIDENCE_TYPES = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
}


def check_evidence(file):
    """Refuse a new file that is no PDF, JPEG or PNG of at most 10 MB (ValidationError, code
    "evidence")."""
    if not is_new(file):
        return
    beginning = EVIDENCE_TYPES.get(PurePosixPath(file.name).suffix.lower().lstrip("."))
    file.open()
    head = file.read(8)
    file.seek(0)
    if file.size > EVIDENCE_MAX_BYTES or not beginning or not head.startswith(beginning):
        raise ValidationError(_("Choose a PDF, a JPEG or a PNG of at most 10 MB."), code="evidence")


def evidence_path(instance, filename):
    """Where it is kept: what it was called says nothing to others."""
    extension = PurePosixPath(filename).suffix.lower()
    return f"{EVIDENCE_FOLDER}/{uuid.uuid4().hex}{extension}"


def evidence_storage():
    """The store of all files; media.serving gives out none that its own models do not name."""
    return default_storage


class Contact(models.Model):
    """Somebody to ask about an entry."""

    professional = models.ForeignKey(
        "professionals.Professional", on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(gettext_lazy("name"), max_length=100)
    email = models.EmailField(gettext_lazy("e-mail address"), blank=True)
    telephone = models.CharField(gettext_lazy("telephone"), max_length=30, blank=True)

    class Meta:
        verbose_name = gettext_lazy("contact person")
        verbose_name_plural = gettext_lazy("contact persons")
        ordering = ["pk"]

    def __str__(self):
        return self.name


class Evidence(models.Model):
    """What shows that an eligibility ground is true."""

    professional = models.ForeignKey(
        "professionals.Professional", on_delete=models.CASCADE, related_name="evidence"
    )
    text = models.TextField(gettext_lazy("what shows it"), max_length=1000, blank=True)
    file = models.FileField(
        gettext_lazy("document"),
        upload_to=evidence_path,
        storage=evidence_storage,
        blank=True,
        validators=[check_evidence],
        help_text=gettext_lazy("A PDF, a JPEG or a PNG of at most 10 MB. Only moderators see it."),
    )
    added_at = models.DateTimeField(gettext_lazy("added"), auto_now_add=True)

    class Meta:
        verbose_name = gettext_lazy("evidence")
        verbose_name_plural = gettext_lazy("evidence")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60] or PurePosixPath(self.file.name).name


class Note(models.Model):
    """What moderators tell each other about an entry."""

    professional = models.ForeignKey(
        "professionals.Professional", on_delete=models.CASCADE, related_name="notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField(gettext_lazy("note"), max_length=2000)
    written_at = models.DateTimeField(gettext_lazy("written"), auto_now_add=True)

    class Meta:
        verbose_name = gettext_lazy("note")
        verbose_name_plural = gettext_lazy("notes")
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return self.text[:60]
