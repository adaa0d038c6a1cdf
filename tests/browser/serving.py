"""The site, served to the browser from threads of the tests' own process."""

import threading
import time

from django.core.signals import request_finished, request_started
from pytest_django.live_server_helper import LiveServer

PATIENCE = 10  # seconds


class Serving:
    """A server at `url`, from its making until `stop`."""

    def __init__(self):
        self._under_way = 0
        self._lock = threading.Lock()
        request_started.connect(self._begin)
        request_finished.connect(self._end)
        self._server = LiveServer("localhost")
        self.url = self._server.url

    def _begin(self, **kwargs):
        with self._lock:
            self._under_way += 1

    def _end(self, **kwargs):
        with self._lock:
            self._under_way -= 1

    def finish_requests(self):
        """Wait for what browsers have asked for and did not stay to hear, as an autosave."""
        give_up = time.monotonic() + PATIENCE
        while self._under_way and time.monotonic() < give_up:
            time.sleep(0.05)

    def stop(self):
        request_started.disconnect(self._begin)
        request_finished.disconnect(self._end)
        self._server.stop()
