"""Where files are kept: on the local disk or, with S3_BUCKET in the environment, in an
S3-compatible bucket. Either gives the same addresses, below MEDIA_URL: nobody fetches a file
but through media.serving, which asks who may.

Both raise StoreError, an OSError, where the store refuses, is too slow or is not there, and
FileNotFoundError where it has no such file.
"""

import logging
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock

from boto3 import Session
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3File, S3Storage
from urllib3.exceptions import HTTPError

from .failures import StoreError, deleted_at_the_end, remember_saved

logger = logging.getLogger(__name__)

IN_MEMORY = 5 * 1024 * 1024  # bytes of a file; the rest of it goes to the disk
# A part that is never finished would stay in the bucket, unseen: every file goes whole.
WHOLE = TransferConfig(multipart_threshold=5 * 1024**3, use_threads=False)


@dataclass
class Stored:
    """A stored file as it is sent: its whole *size* in bytes, when it was *modified* (an
    aware datetime), and an open *body* to read and close, or None where none was asked for."""

    size: int
    modified: datetime
    body: object = None


class Orderly:
    """What both stores do in a request: nothing new is left by one that fails, and nothing is
    deleted by it (see media.failures)."""

    def save(self, name, content, max_length=None):
        name = super().save(name, content, max_length)
        remember_saved(self, name)
        return name

    def delete(self, name):
        """Delete the file, at the end of a request that goes well. A store that fails is
        no reason to fail: without a row that names it, nobody can fetch what it keeps."""
        if deleted_at_the_end(self, name):
            return
        try:
            self.delete_now(name)
        except StoreError as error:
            logger.warning("%s is no longer used and could not be deleted: %s", name, error)


@deconstructible(path="media.storages.LocalStorage")
class LocalStorage(Orderly, FileSystemStorage):
    """The local disk, below MEDIA_ROOT."""

    def delete_now(self, name):
        with _disk_errors():
            FileSystemStorage.delete(self, name)

    def _save(self, name, content):
        with _disk_errors():
            return super()._save(name, content)

    def put(self, name, file):
        """Keep the open binary *file* under exactly this *name*, whole or not at all."""
        path = Path(self.path(name))
        beside = path.with_name(path.name + ".part")
        with _disk_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as copy:
                for chunk in iter(lambda: file.read(64 * 1024), b""):
                    copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
            beside.replace(path)

    def look(self, name):
        """The Stored file, without its body."""
        path = Path(self.path(name))
        if not path.is_file():
            raise FileNotFoundError(name)
        found = path.stat()
        return Stored(found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def read(self, name, asked=None):
        """The Stored file with its body, or with the bytes of the range *asked* for."""
        stored = self.look(name)
        with _disk_errors():
            stored.body = Path(self.path(name)).open("rb")  # noqa: SIM115 - closed when sent
        stored.body.seek(asked.start if asked else 0)
        return stored


@contextmanager
def _disk_errors():
    try:
        yield
    except (FileNotFoundError, FileExistsError, StoreError):
        raise
    except OSError as error:  # full, not ours, gone
        raise StoreError(str(error)) from error


@contextmanager
def _store_errors(name):
    try:
        yield
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
            raise FileNotFoundError(name) from error
        raise StoreError(str(error)) from error
    except (BotoCoreError, Boto3Error, HTTPError) as error:
        raise StoreError(str(error)) from error


class ObjectFile(S3File):
    """A file of the bucket: fetched when it is first read."""

    def _get_file(self):
        with _store_errors(self.name):
            return super()._get_file()

    file = property(_get_file, S3File._set_file)


_connecting = Lock()


@cache
def _session(access_key, secret_key):
    return Session(aws_access_key_id=access_key, aws_secret_access_key=secret_key)


class Body:
    """What the bucket sends, read as it comes."""

    def __init__(self, stream, name):
        self.stream = stream
        self.name = name

    def read(self, size=-1):
        with _store_errors(self.name):
            return self.stream.read(None if size < 0 else size)

    def close(self):
        self.stream.close()


@deconstructible(path="media.storages.ObjectStorage")
class ObjectStorage(Orderly, S3Storage):
    """A private bucket. *time_limit*: seconds to wait for the next byte; *attempts*: how often
    a request is tried in all."""

    def get_default_settings(self):
        return super().get_default_settings() | {
            "time_limit": 10,
            "attempts": 2,
            "default_acl": "private",
            "file_overwrite": False,
            "max_memory_size": IN_MEMORY,
            "transfer_config": WHOLE,
        }

    def __init__(self, **options):
        super().__init__(**options)
        self.client_config = Config(
            connect_timeout=min(self.time_limit, 5),
            read_timeout=self.time_limit,
            retries={"total_max_attempts": self.attempts, "mode": "standard"},
            signature_version="s3v4",
            # Stores besides Amazon's know no newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )

    # Each thread has its own connection; reading what S3 is takes longest, and is done once.

    def _create_session(self):
        return _session(self.access_key, self.secret_key)

    @property
    def connection(self):
        with _connecting:
            return super().connection

    @property
    def client(self):
        return self.connection.meta.client

    def url(self, name, **kwargs):
        """The site's own address of the file: the bucket's would be open to whoever has it."""
        return settings.MEDIA_URL + filepath_to_uri(name).lstrip("/")

    def get_available_name(self, name, max_length=None):
        # Between asking and storing, somebody else may take a name: never ask twice the same.
        root, extension = os.path.splitext(name)
        return super().get_available_name(self.get_alternative_name(root, extension), max_length)

    def _open(self, name, mode="rb"):
        with _store_errors(name):
            return ObjectFile(self._key(name), mode, self)

    def _key(self, name):
        return self._normalize_name(name.replace("\\", "/"))

    def _save(self, name, content):
        try:
            with _store_errors(name):
                return super()._save(name, content)
        except StoreError:
            # It may have come through, and only the answer not.
            with suppress(StoreError):
                self.delete_now(name)
            raise

    def put(self, name, file):
        """Keep the open binary *file* under exactly this *name*, whole or not at all."""
        self._save(name, file)

    def delete_now(self, name):
        with _store_errors(name):
            S3Storage.delete(self, name)

    def exists(self, name):
        with _store_errors(name):
            return super().exists(name)

    def size(self, name):
        with _store_errors(name):
            return super().size(name)

    def listdir(self, name):
        with _store_errors(name):
            return super().listdir(name)

    def get_modified_time(self, name):
        with _store_errors(name):
            return super().get_modified_time(name)

    def look(self, name):
        """The Stored file, without its body."""
        with _store_errors(name):
            found = self.client.head_object(Bucket=self.bucket_name, Key=self._key(name))
        return Stored(found["ContentLength"], found["LastModified"])

    def read(self, name, asked=None):
        """The Stored file with its body, or with the bytes of the range *asked* for."""
        piece = {"Range": f"bytes={asked[0]}-{asked[-1]}"} if asked else {}
        with _store_errors(name):
            found = self.client.get_object(Bucket=self.bucket_name, Key=self._key(name), **piece)
        whole = found.get("ContentRange", "").rpartition("/")[2] or found["ContentLength"]
        return Stored(int(whole), found["LastModified"], Body(found["Body"], name))
