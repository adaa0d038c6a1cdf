"""What a first view of a page costs, in a real browser with nothing cached."""

import gzip
from dataclasses import dataclass

SCRIPT = "text/javascript"
# Those of the device that stand in until ours are there cost nothing.
LOADED_FAMILIES = """[...new Set([...document.fonts]
    .filter(face => face.status === 'loaded' && !face.family.includes('meanwhile'))
    .map(face => face.family))]"""
WATCH_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifted += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True)
class FirstView:
    """*size*: bytes over the line; *requests*; *nodes* of the document; *script*: bytes of
    JavaScript, gzipped; *families*: the fonts loaded, by name; *shift*: the browser's sum of
    layout shifts."""

    size: int
    requests: int
    nodes: int
    script: int
    families: list
    shift: float


class Meter:
    """Looks at pages with a Playwright page, which it takes over."""

    def __init__(self, page):
        self.page = page
        page.add_init_script(WATCH_SHIFTS)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.requestWillBeSent", self._on_request)
        session.on("Network.loadingFinished", self._on_finished)
        page.on("response", self._on_response)
        self._forget()

    def _forget(self):
        self._asked, self._sizes, self._responses = set(), [], []

    def _on_request(self, event):
        # A film's controls are pictures that the browser holds itself: `data:`, and no request.
        if event["request"]["url"].startswith("http"):
            self._asked.add(event["requestId"])

    def _on_finished(self, event):
        if event["requestId"] in self._asked:
            self._sizes.append(event["encodedDataLength"])

    def _on_response(self, response):
        self._responses.append(response)

    def look(self, address):
        """The FirstView of `address`, once nothing is under way any longer."""
        self._forget()
        self.page.goto(address, wait_until="networkidle")
        scripts = [r.body() for r in self._responses if SCRIPT in r.headers.get("content-type", "")]
        return FirstView(
            size=sum(self._sizes),
            requests=len(self._sizes),
            nodes=self.page.evaluate("document.querySelectorAll('*').length"),
            script=sum(len(gzip.compress(body)) for body in scripts),
            families=self.page.evaluate(LOADED_FAMILIES),
            shift=self.page.evaluate("window.shifted"),
        )
