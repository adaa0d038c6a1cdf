"""A bucket for a test, and a line to it that can be disturbed."""

import socket
import socketserver
import threading
import uuid
from contextlib import closing, suppress
from urllib.parse import urlsplit

from django.core.files.storage import storages

PATIENCE = 20  # seconds after which a disturbed line gives up by itself


def files_in_bucket(settings, address, **options):
    """Keep the site's files in a new bucket of the server at `address`, while this generator
    waits; it yields the storage."""
    options = {
        "bucket_name": f"bebe-{uuid.uuid4().hex}",
        "endpoint_url": address,
        "region_name": "eu-west-3",
        "access_key": "test",
        "secret_key": "test",
        **options,
    }
    s3 = {"BACKEND": "media.storages.ObjectStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"s3": s3, "default": s3}
    storage = storages["default"]
    storage.client.create_bucket(
        Bucket=storage.bucket_name,
        CreateBucketConfiguration={"LocationConstraint": storage.region_name},
    )
    yield storage
    for used in (storage, storages["s3"]):
        used.client.close()


def keys(storage):
    """The names of all that the bucket holds."""
    return {
        found["Key"]
        for page in storage.client.get_paginator("list_objects_v2").paginate(
            Bucket=storage.bucket_name
        )
        for found in page.get("Contents", ())
    }


class Line(socketserver.ThreadingTCPServer):
    """A line to the server at `address`. While `trouble` is set, requests of the `methods`
    named get: "refused" an answer 403, "broken" one that is 500, "slow" none at all, "gone"
    an end in the middle of what they send."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address):
        super().__init__(("127.0.0.1", 0), _Call)
        self.upstream = urlsplit(address)
        self.trouble = None
        self.methods = (b"PUT", b"GET", b"HEAD", b"POST", b"DELETE")
        self.over = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def disturb(self, trouble, *methods):
        self.trouble = trouble
        self.methods = methods or self.methods

    def stop(self):
        self.over.set()
        self.shutdown()
        self.server_close()


ANSWERS = {"refused": b"403 Forbidden", "broken": b"500 Internal Server Error"}


class _Call(socketserver.BaseRequestHandler):
    def handle(self):
        line = self.server
        upstream = socket.create_connection((line.upstream.hostname, line.upstream.port))
        back = threading.Thread(target=self.bring_back, args=[upstream], daemon=True)
        back.start()
        with closing(upstream), suppress(OSError):
            while data := self.request.recv(64 * 1024):
                disturbed = line.trouble and data.startswith(line.methods)
                if disturbed and line.trouble == "gone":
                    head, end, body = data.partition(b"\r\n\r\n")
                    if data.startswith(b"PUT") and not body:
                        upstream.sendall(head + end)
                        self.request.recv(16)  # the first bytes of what is being sent
                    break
                if disturbed and line.trouble == "slow":
                    line.over.wait(PATIENCE)
                    break
                if disturbed:
                    answer = b"HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    self.request.sendall(answer % ANSWERS[line.trouble])
                    break
                upstream.sendall(data)

    def bring_back(self, upstream):
        with suppress(OSError):
            while data := upstream.recv(64 * 1024):
                self.request.sendall(data)
