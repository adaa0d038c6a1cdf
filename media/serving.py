"""The one door to every stored file, whether on the disk or in a bucket: /media/<path>.

Films need ranges (RFC 9110, section 14): Safari plays none without, and nobody could go to the
middle of one.
"""

import re
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .failures import StoreError, store_unavailable
from .models import SOURCE_FILES
from .served import find

# How long a browser that has a public file does not ask again: at most so long after a
# withdrawal somebody still sees what she saw before.
PUBLIC = "public, max-age=300, must-revalidate"
PRIVATE = "private, no-store"

# What browsers show by itself. Anything else is kept, not shown.
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
}
# A drawing is a document too: opened by itself it may do nothing.
DRAWING_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"

ONE_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})", re.IGNORECASE)


@require_safe
def serve_file(request, path):
    """The file at ``path`` in the store: to everybody while parents see it somewhere, else to
    those who may see it among the editors, and for all others as if there were none."""
    file = find(path)
    if file is None:
        return _nothing()
    if file.is_public:  # without a look at the session: nothing here varies on a cookie
        cache_control = PUBLIC
    elif file.is_open_to(request.user):
        cache_control = PRIVATE
    else:
        return _nothing()
    return send(request, file.path, cache_control, file.sha256)


def send(request, path, cache_control=PRIVATE, sha256=""):
    """The stored file at ``path``, or the one range of bytes that is asked for. Several
    ranges, or what is no range, get the whole file, as the standard allows.

    It does not ask who may have it: whoever calls it does. *sha256*: what the bytes are known
    by, where that is known.
    """
    headers = {"Cache-Control": cache_control, "Accept-Ranges": "bytes"} | _kind(path)
    if cache_control == PUBLIC:
        # A frame in somebody else's page is from nowhere: captions would not be let in.
        headers["Access-Control-Allow-Origin"] = "*"
    etag = quote_etag(sha256) if sha256 else None
    if etag:
        headers["ETag"] = etag
        if request.headers.get("If-None-Match"):
            known = get_conditional_response(request, etag, None, HttpResponse(headers=headers))
            if known.status_code != 200:
                return known  # without asking the store
    try:
        return _sent(request, path, headers, etag)
    except FileNotFoundError:
        return _nothing()
    except StoreError:
        return store_unavailable()


def _sent(request, path, headers, etag):
    ranged = request.method == "GET" and "Range" in request.headers
    if ranged or request.method == "HEAD":
        stored = default_storage.look(path)
    else:
        stored = default_storage.read(path)
    headers["Last-Modified"] = http_date(stored.modified.timestamp())
    modified = int(stored.modified.timestamp())
    known = get_conditional_response(request, etag, modified, HttpResponse(headers=headers))
    if known.status_code != 200:
        _close(stored.body)
        return known
    if request.method == "HEAD":
        return HttpResponse(headers=headers | {"Content-Length": str(stored.size)})
    asked = _range_asked_for(request.headers.get("Range", ""), stored.size) if ranged else None
    if asked is not None and not _is_same_file(request, headers):
        asked = None
    if asked is not None and not asked:
        headers = {name: headers[name] for name in ("Cache-Control", "Accept-Ranges")}
        headers["Content-Range"] = f"bytes */{stored.size}"
        return HttpResponse(status=416, headers=headers)
    if stored.body is None:
        stored = default_storage.read(path, asked)
    length, status = stored.size, 200
    if asked:
        length, status = len(asked), 206
        headers["Content-Range"] = f"bytes {asked[0]}-{asked[-1]}/{stored.size}"
    headers["Content-Length"] = str(length)
    kind = headers.pop("Content-Type")  # else one is guessed
    piece = _Piece(stored.body, length)
    response = FileResponse(piece, status=status, content_type=kind, headers=headers)
    response.block_size = 64 * 1024
    return response


def _close(body):
    if body is not None:
        body.close()


def _kind(path):
    """The headers that say what the file at ``path`` is, and keep it from being anything else."""
    extension = PurePosixPath(path).suffix.lower()
    headers = {
        "Content-Type": TYPES.get(extension, "application/octet-stream"),
        "X-Content-Type-Options": "nosniff",
    }
    if extension not in TYPES or path.startswith(f"{SOURCE_FILES}/"):
        headers["Content-Disposition"] = "attachment"
    if extension == ".svg":
        headers["Content-Security-Policy"] = DRAWING_POLICY
    return headers


def _nothing():
    """The same for what is not there and for what one may not know of."""
    return HttpResponse(
        _("There is no such file."),
        status=404,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "private, no-store"},
    )


class _Piece:
    """The next ``length`` bytes of an open binary file, read as they are sent."""

    def __init__(self, file, length):
        self.file = file
        self.left = length

    def read(self, size=-1):
        size = self.left if size < 0 else min(size, self.left)
        data = self.file.read(size) if size else b""
        self.left -= len(data)
        return data

    def close(self):
        self.file.close()


def _is_same_file(request, headers):
    """Whether the visitor's earlier pieces are of this very file."""
    asked = request.headers.get("If-Range")
    return asked is None or asked in (headers["Last-Modified"], headers.get("ETag"))


def _range_asked_for(header, size):
    """The bytes asked for of a file of ``size`` bytes, as a range: an empty one
    where there are none, None for the whole file."""
    found = ONE_RANGE.fullmatch(header.strip())
    if not found or found["first"] == found["last"] == "":
        return None
    if not found["first"]:
        return range(max(0, size - int(found["last"])), size)
    first = int(found["first"])
    last = int(found["last"]) if found["last"] else size - 1
    if found["last"] and last < first:
        return None
    return range(first, min(last + 1, size))
