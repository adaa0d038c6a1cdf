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
LONGEST = timedelta(days=3)  # from its first piece on, however slowly it comes
LARGEST_PIECE = 4 * 1024 * 1024  # bytes
SMALLEST_PIECE = 64 * 1024  # bytes; the last one may be smaller
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

        Raises OutOfStepError where they do not follow what has come already,
        ValidationError where they are more than were announced or too few for a piece, and
        DoesNotExist where the upload was dropped meanwhile.
        """
        upload = type(self).objects.get(pk=self.pk)
        upload.refuse_unless_next(offset)
        if offset + len(data) > upload.size:
            raise ValidationError(_("This file is longer than was announced."), code="longer")
        if len(data) < min(SMALLEST_PIECE, upload.size - offset):
            raise ValidationError(_("This piece is too small."), code="too_small")
        expires_at = upload.kept_until()
        piece = default_storage.save(f"{FOLDER}/{self.pk}/{offset:012d}", ContentFile(data))
        try:
            with transaction.atomic():
                upload = type(self).objects.select_for_update().get(pk=self.pk)
                upload.refuse_unless_next(offset)
                upload.pieces.append(piece)
                upload.received += len(data)
                upload.expires_at = expires_at
                upload.save(update_fields=["pieces", "received", "expires_at"])
        except BaseException:
            default_storage.delete(piece)
            raise
        return upload.received

    def refuse_unless_next(self, offset):
        if offset != self.received or self.version_id:
            raise OutOfStepError

    def kept_until(self):
        """Until when it is kept, should nothing more come after a piece that comes now."""
        until = timezone.now() + KEPT_FOR
        if not self.pieces:
            return until
        try:
            begun = default_storage.get_modified_time(self.pieces[0])
        except FileNotFoundError:
            return self.expires_at  # it cannot become whole: see finish
        return min(until, begun + LONGEST)

    def finish(self):
        """Deliver the whole file. Returns (BriefVersion, whether it is new); asked again, the
        same version.

        Raises OutOfStepError while something has not come yet, DoesNotExist where the upload
        was dropped meanwhile, ValidationError where the file is not whole, and what
        IllustrationBrief.deliver raises: the upload is good for nothing then.
        """
        upload = type(self).objects.get(pk=self.pk)
        if upload.version_id:
            return upload.version, False
        if upload.received != upload.size:
            raise OutOfStepError
        # All that takes long comes before the transaction: it keeps others from writing.
        with TemporaryFile() as whole:
            try:
                upload.put_together(whole)
            except FileNotFoundError as error:
                upload.refresh_from_db()
                if upload.version_id:  # another tab was quicker
                    return upload.version, False
                raise not_whole() from error
            version = upload.brief.prepared(
                upload.owner, File(whole, name=upload.name), upload.kind, upload.note
            )
        try:
            with upload.brief.held():
                now = type(self).objects.select_for_update().get(pk=self.pk)
                if now.version_id:
                    version.file.delete(save=False)
                    return now.version, False
                now.version, made = upload.brief.add(version)
                drop_pieces(now.pieces)
                now.pieces = []
                now.save(update_fields=["version", "pieces"])
        except BaseException:
            version.file.delete(save=False)
            raise
        return now.version, made

    def put_together(self, whole):
        """Write all pieces into ``whole``, an open binary file, and go back to its beginning.

        Raises FileNotFoundError where one is gone, ValidationError where they are not what
        was announced.
        """
        digest = hashlib.sha256()
        for piece in self.pieces:
            with default_storage.open(piece, "rb") as stored:
                for chunk in stored.chunks():
                    digest.update(chunk)
                    whole.write(chunk)
        if whole.tell() != self.size or (self.sha256 and digest.hexdigest() != self.sha256):
            raise not_whole()
        whole.seek(0)


def not_whole():
    """The error to raise for a file of which something is missing."""
    return ValidationError(
        _("The file did not come through whole: send it once more."), code="not_whole"
    )


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
