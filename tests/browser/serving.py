"""The site, served to the browser from threads of the tests' own process."""

import threading
import time
from contextlib import contextmanager

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.signals import request_finished
from pytest_django.live_server_helper import LiveServer

PATIENCE = 10  # seconds


class Serving:
    """A server at `url`, until `stop`. It answers only inside `opened`: a browser that
    leaves still tells the editor so, and between two tests the database is another one."""

    def __init__(self):
        self._open = False
        self._under_way = 0
        self._lock = threading.Lock()
        self._here = threading.local()
        request_finished.connect(self._end)
        self._server = LiveServer("localhost", start=False)
        self._server.thread.static_handler = self._behind_door
        self._server.start()
        self.url = self._server.url

    def _behind_door(self, application):
        served = StaticFilesHandler(application)

        def answer(environ, start_response):
            with self._lock:
                if self._open:
                    self._under_way += 1
                    self._here.counted = True
            if not getattr(self._here, "counted", False):
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return []
            return served(environ, start_response)

        return answer

    def _end(self, **kwargs):
        # The test's own client, in its own thread, ends requests too.
        if getattr(self._here, "counted", False):
            self._here.counted = False
            with self._lock:
                self._under_way -= 1

    @contextmanager
    def opened(self):
        """Answer requests; at the end, wait for those under way, as an autosave."""
        self._open = True
        try:
            yield
        finally:
            self._open = False
            give_up = time.monotonic() + PATIENCE
            while self._under_way and time.monotonic() < give_up:
                time.sleep(0.05)

    def stop(self):
        request_finished.disconnect(self._end)
        self._server.stop()
