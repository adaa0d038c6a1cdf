"""Uploads as the site itself serves them, in the demo and on one's own computer;
in production the web server in front, or the object storage, does this.

Films need ranges (RFC 9110, section 14): Safari plays none without, and nobody
could go to the middle of one.
"""

import re

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.views.static import serve

ONE_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})", re.IGNORECASE)


class _Piece:
    """The next ``length`` bytes of an open binary file, read as they are sent."""

    def __init__(self, file, length):
        self.file = file
        self.left = length

    def read(self, size=-1):
        size = self.left if size < 0 else min(size, self.left)
        data = self.file.read(size)
        self.left -= len(data)
        return data

    def close(self):
        self.file.close()


def serve_upload(request, path):
    """The file at ``path`` under MEDIA_ROOT, or the one range of bytes that is
    asked for. Several ranges, or what is no range, get the whole file, as the
    standard allows."""
    response = serve(request, path, settings.MEDIA_ROOT)
    if not isinstance(response, FileResponse):
        return response
    response["Accept-Ranges"] = "bytes"
    if request.method != "GET" or not _is_same_file(request, response):
        return response
    size = int(response["Content-Length"])
    asked = _range_asked_for(request.headers.get("Range", ""), size)
    if asked is None:
        return response
    if not asked:
        response.file_to_stream.close()
        return HttpResponse(
            status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}
        )
    return _partial(response, asked, size)


def _is_same_file(request, response):
    """Whether the visitor's earlier pieces are of this very file."""
    return request.headers.get("If-Range", response["Last-Modified"]) == response["Last-Modified"]


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


def _partial(response, asked, size):
    file = response.file_to_stream
    file.seek(asked.start)
    return FileResponse(
        _Piece(file, len(asked)),
        status=206,
        content_type=response["Content-Type"],
        headers={
            "Accept-Ranges": "bytes",
            "Content-Length": str(len(asked)),
            "Content-Range": f"bytes {asked[0]}-{asked[-1]}/{size}",
            "Last-Modified": response["Last-Modified"],
        },
    )
