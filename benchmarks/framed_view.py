"""What a first view of an embed costs: on top of a partner's page, on a phone, with nothing
cached, and grown to its height."""

from dataclasses import dataclass

BYTES, REQUESTS, NODES = 120_000, 6, 200
WAITING = 100  # milliseconds between two looks
LOOKS = 100
IS_GROWN = """() => document.querySelector('h1') !== null
    && Math.ceil(document.documentElement.getBoundingClientRect().height) === innerHeight"""


@dataclass(frozen=True)
class FramedView:
    """*sizes*: [(address, bytes over the line, headers and all)] of what the frame asked for;
    *nodes* of its document."""

    sizes: list
    nodes: int

    @property
    def size(self):
        return sum(size for _address, size in self.sizes)

    @property
    def keeps_to_its_budget(self):
        return self.size <= BYTES and len(self.sizes) <= REQUESTS and self.nodes <= NODES

    def __str__(self):
        return f"{self.size / 1000:.0f} KB, {len(self.sizes)} requests, {self.nodes} nodes"


def look_in_frame(page, address):
    """The FramedView of the one frame in the page at *address*, which *page*, of Playwright's
    and new, shows then. Raises TimeoutError where it never is as tall as what it shows."""
    asked = []
    # Playwright marks what it is given, which a list's own method does not bear.
    page.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108
    page.goto(address, wait_until="networkidle")
    element = page.locator("iframe")
    element.scroll_into_view_if_needed()
    frame = element.element_handle().content_frame()
    for _look in range(LOOKS):
        if frame.evaluate(IS_GROWN):
            break
        page.wait_for_timeout(WAITING)
    else:
        raise TimeoutError(f"The frame in {address} is not as tall as what it shows.")
    page.wait_for_load_state("networkidle")
    inside = [request for request in asked if request.frame != page.main_frame]
    sizes = [(request.url, _size(request.sizes())) for request in inside]
    return FramedView(sizes, frame.evaluate("document.querySelectorAll('*').length"))


def _size(sizes):
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]
