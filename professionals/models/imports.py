"""What imports remember: what a source last said of an entry, which entries are not to come back,
and the files in the admin."""

import hashlib
import uuid

from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from .lists import Kind

IMPORT_FOLDER = "imports"
PROGRESS_KEPT = 60 * 60  # seconds


class SourceRecord(models.Model):
    """What the source of an imported entry last said of it. *said*: {field: value as JSON}.
    Where the entry says something else since, a person changed it."""

    professional = models.OneToOneField(
        "professionals.Professional",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="source_record",
    )
    said = models.JSONField(default=dict)

    def __str__(self):
        return str(self.pk)


class PurgedSourceQuerySet(models.QuerySet):
    def among(self, keys):
        """Those of the (source, identifier) pairs *keys* that were purged, as a set."""
        by_digest = {PurgedSource.digest_of(*key): key for key in keys}
        found = self.filter(pk__in=by_digest).values_list("pk", flat=True) if by_digest else ()
        return {by_digest[digest] for digest in found}


class PurgedSource(models.Model):
    """An entry of some source was refused or withdrawn, and its personal data deleted: no later
    file brings it back. Its identifier is personal data, too: only a hash of it is kept."""

    digest = models.CharField(max_length=64, primary_key=True)

    objects = PurgedSourceQuerySet.as_manager()

    def __str__(self):
        return self.pk

    @staticmethod
    def digest_of(source, source_id):
        """SHA-256 of both. Not by SECRET_KEY: with another key all would come back."""
        return hashlib.sha256(f"{source}\0{source_id}".encode()).hexdigest()


def import_path(instance, filename):
    """Where a file that waits is kept: what it was called says nothing to others."""
    return f"{IMPORT_FOLDER}/{uuid.uuid4().hex}"


def import_storage():
    """The store of all files; no address of the public's leads to these."""
    return default_storage


class ImportRun(models.Model):
    """One file that somebody imports in the admin: looked through, shown, then confirmed.

    *counts*: {what: number}; *lines*: the first rows of each sort, as dicts (see
    professionals.exchange.steps.RowReport); the *report* has them all. *notes*: sentences about
    the whole file.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("being looked through")
        CHECKED = "checked", _("looked through")
        IMPORTING = "importing", _("being imported")
        DONE = "done", _("imported")
        FAILED = "failed", _("not imported")
        CANCELLED = "cancelled", _("put aside")

    file = models.FileField(
        _("file"), upload_to=import_path, storage=import_storage, max_length=200, blank=True
    )
    report = models.FileField(
        upload_to=import_path, storage=import_storage, max_length=200, blank=True, editable=False
    )
    file_name = models.CharField(max_length=200, editable=False)
    source = models.CharField(
        _("source"),
        max_length=100,
        blank=True,
        help_text=_("Which directory it comes from, where the file does not say: a short name."),
    )
    kind = models.ForeignKey(
        Kind,
        verbose_name=_("kind"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text=_("What its rows are, where the file does not say."),
    )
    organisations = models.BooleanField(
        _("no row that does not say is about a person"),
        default=False,
        help_text=_(
            "Tick it only for files of places and organisations. Otherwise a childminder, say, "
            "would be public without having been asked."
        ),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.CHECKING, editable=False
    )
    rows_done = models.PositiveIntegerField(default=0, editable=False)
    rows_total = models.PositiveIntegerField(default=0, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    lines = models.JSONField(default=list, editable=False)
    notes = models.JSONField(default=list, editable=False)
    problem = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.file_name

    @property
    def is_working(self):
        """Whether something is being done with it just now."""
        return self.state in (self.State.CHECKING, self.State.IMPORTING)

    def keep_progress(self, rows):
        """How far it is, where the database cannot say it before all is written."""
        caches["progress"].set(f"{self.pk}:{self.state}", rows, PROGRESS_KEPT)

    @property
    def rows_so_far(self):
        return max(self.rows_done, caches["progress"].get(f"{self.pk}:{self.state}", 0))

    @property
    def refused(self):
        return self.counts.get("refused", 0)

    @property
    def to_write(self):
        """How many rows would change something."""
        return self.counts.get("created", 0) + self.counts.get("changed", 0)
