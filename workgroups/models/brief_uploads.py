"""A picture on its way: what has come of it, until all has come."""

import hashlib
import uuid
from dataclasses import asdict, dataclass
from datetime import timedelta
from tempfile import TemporaryFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .brief_queries import BriefRefusalError
from .brief_versions import BriefVersion, Kind, too_big
from .briefs import IllustrationBrief

FOLDER = "uploads"
KEPT_FOR = timedelta(days=1)
LARGEST_PIECE = 4 * 1024 * 1024  # bytes
MOST_AT_ONCE = 20  # unfinished ones of one person


class OutOfStepError(Exception):
    """A piece that does not begin where the last one ended."""


@dataclass(frozen=True)
class Announced:
    """What a browser says of the file to come: its size in bytes, and its SHA-256 as 64
    hexadecimal digits where it could tell."""

    name: str
    size: int
    sha256: str = ""


class BriefUpload(models.Model):
    """One file that comes in pieces. The pieces are files of the default storage, so that
    any process and any store can take the next one; they go when the row goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="brief_uploads"
    )
    brief = models.ForeignKey(IllustrationBrief, on_delete=models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    note = models.TextField(blank=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64, blank=True)  # as the browser told it
    received = models.PositiveBigIntegerField(default=0)
    pieces = models.JSONField(default=list)  # names in the storage, in their order
    version = models.ForeignKey(BriefVersion, null=True, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self):
        return f"{self.name}: {self.received}/{self.size}"

    @property
    def percent(self):
        return self.received * 100 // self.size if self.size else 0

    @classmethod
    def begin(cls, brief, owner, file, kind, note=""):
        """The upload to ``brief`` of ``file``, as Announced: a new one, or the one of the
        same file that was interrupted, to be gone on with.

        Raises ValidationError for a size that no picture may have, BriefRefusalError where
        nothing may be delivered.
        """
        brief.refuse_if_closed()
        brief.refuse_unless(brief.may_be_drawn_by(owner))
        brief.refuse_unless_it_follows(kind)
        if file.size < 1:
            raise ValidationError(_("This file is empty."), code="empty")
        if error := too_big(file.size):
            raise error
        own = cls.objects.filter(owner=owner, version=None, expires_at__gt=timezone.now())
        begun = own.filter(brief=brief, **asdict(file)).first()
        if begun:
            cls.objects.filter(pk=begun.pk).update(kind=kind, note=note)
            return begun
        if own.count() >= MOST_AT_ONCE:
            raise BriefRefusalError(_("Too many uploads are under way: finish or drop some first."))
        return cls.objects.create(
            brief=brief,
            owner=owner,
            kind=kind,
            note=note,
            **asdict(file),
            expires_at=timezone.now() + KEPT_FOR,
        )

    def append(self, offset, data):
        """Keep ``data``, the bytes from ``offset`` on. Returns how many have come in all.

        Raises OutOfStepError where they do not follow what has come already, and
        ValidationError where they are more than were announced.
        """
        with transaction.atomic():
            upload = type(self).objects.select_for_update().get(pk=self.pk)
            if offset != upload.received or upload.version_id:
                raise OutOfStepError
            if offset + len(data) > upload.size:
                raise ValidationError(_("This file is longer than was announced."), code="longer")
            piece = default_storage.save(f"{FOLDER}/{self.pk}/{offset:012d}", ContentFile(data))
            try:
                upload.pieces.append(piece)
                upload.received += len(data)
                upload.expires_at = timezone.now() + KEPT_FOR
                upload.save(update_fields=["pieces", "received", "expires_at"])
            except BaseException:
                default_storage.delete(piece)
                raise
        return upload.received

    def finish(self):
        """Deliver the whole file. Returns (BriefVersion, whether it is new); asked again, the
        same version.

        Raises OutOfStepError while something has not come yet, and what
        IllustrationBrief.deliver raises: the upload is good for nothing then.
        """
        with transaction.atomic():
            upload = type(self).objects.select_for_update().get(pk=self.pk)
            if upload.version_id:
                return upload.version, False
            if upload.received != upload.size:
                raise OutOfStepError
            with TemporaryFile() as whole:
                digest = hashlib.sha256()
                for piece in upload.pieces:
                    with default_storage.open(piece, "rb") as stored:
                        for chunk in stored.chunks():
                            digest.update(chunk)
                            whole.write(chunk)
                if upload.sha256 and digest.hexdigest() != upload.sha256:
                    raise ValidationError(
                        _("The file did not come through whole: send it once more."),
                        code="not_whole",
                    )
                whole.seek(0)
                version, made = upload.brief.deliver(
                    upload.owner, File(whole, name=upload.name), upload.kind, upload.note
                )
            drop_pieces(upload.pieces)
            upload.version, upload.pieces = version, []
            upload.save(update_fields=["version", "pieces"])
        return version, made


def drop_pieces(names):
    """Delete these pieces once the transaction is through."""

    def drop(names=tuple(names)):
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(drop)


def delete_pieces(sender, instance, **kwargs):
    """What has come of an upload goes with its row (post_delete)."""
    drop_pieces(instance.pieces)


def sweep_uploads(now=None):
    """Delete the uploads that nobody has gone on with for a day, and pieces that belong to
    none. Returns how many uploads."""
    expired = BriefUpload.objects.filter(expires_at__lte=now or timezone.now())
    count = 0
    for upload in expired:
        upload.delete()
        count += 1
    _sweep_strays()
    return count


def _sweep_strays():
    """Pieces whose row never came to be: a process ended at the wrong moment."""
    try:
        folders, _files = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    known = {str(pk) for pk in BriefUpload.objects.values_list("pk", flat=True)}
    for folder in set(folders) - known:
        _folders, files = default_storage.listdir(f"{FOLDER}/{folder}")
        for name in files:
            default_storage.delete(f"{FOLDER}/{folder}/{name}")
        if hasattr(default_storage, "path"):
            default_storage.delete(f"{FOLDER}/{folder}")
