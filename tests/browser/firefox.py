"""A real Firefox, the distribution's own, told what to do by WebDriver BiDi
(https://w3c.github.io/webdriver-bidi/): Playwright knows only a Firefox that it brings itself."""

import itertools
import json
import os
import re
import subprocess

from websockets.sync.client import connect

from tools import browser

LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Firefox:
    """One window. *folder*: an empty one, for its profile. A page, like each frame in it, is known
    by the id of its context."""

    def __init__(self, folder):
        self._process = subprocess.Popen(
            [
                *(browser.firefox(), "--headless", "--no-remote"),
                *("--profile", str(folder), "--remote-debugging-port", "0"),
            ],
            env=os.environ | {"HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        address = next(filter(None, map(LISTENS.search, self._process.stderr)), None)
        assert address, "Firefox ended before it listened."
        self._socket = connect(f"{address[1]}/session", max_size=None, proxy=None)
        self._numbers = itertools.count()
        self._ask("session.new", capabilities={})
        (window,) = self._ask("browsingContext.getTree")["contexts"]
        self.page = window["context"]

    def close(self):
        self._socket.close()
        self._process.terminate()
        self._process.wait()
        self._process.stderr.close()

    def _ask(self, method, **params):
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def resize(self, width, height):
        """Give the page that size, in CSS pixels."""
        viewport = {"width": width, "height": height}
        self._ask("browsingContext.setViewport", context=self.page, viewport=viewport)

    def goto(self, address):
        self._ask("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def frames(self):
        """The contexts of the page's frames, in no order."""
        (page,) = self._ask("browsingContext.getTree", root=self.page)["contexts"]
        return [frame["context"] for frame in page["children"]]

    def evaluate(self, expression, context=None):
        """What a JavaScript expression gives in a context, the page's by default; as JSON."""
        result = self._ask(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": context or self.page},
            awaitPromise=True,
        )
        assert result["type"] == "success", result
        return json.loads(result["result"].get("value", "null"))
