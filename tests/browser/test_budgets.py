"""What a page of the parents' site may cost, on a phone, with the demo's own content."""

import pytest

from benchmarks import ecoindex
from benchmarks.first_view import Meter
from benchmarks.page_types import page_types
from tests.browser.conftest import HEIGHT, PHONE

REQUESTS = 15
BYTES = 250 * 1024
SCRIPT = 15 * 1024  # bytes, gzipped
NODES = 300
# The kinds of pages that people wait for most; others are judged by their EcoIndex.
LIGHT = ("topic", "directory", "professional", "registering")
FAMILIES = 2
SHIFT = 0.01


@pytest.fixture
def phone(page):
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    return page


def test_every_kind_of_page_keeps_to_its_budget(demo, phone):
    """Of topics the longest; how many elements each has: tests/demo/test_load_demo.py."""
    meter = Meter(phone)
    over = []
    for name, address in page_types().items():
        view = meter.look(address)
        eco = ecoindex.score(view.nodes, view.requests, view.size / 1024)
        over += [
            f"{name}: {view}, EcoIndex {eco:.0f}"
            for kept in (
                view.size <= BYTES,
                view.requests <= REQUESTS,
                view.script <= SCRIPT,
                len(view.families) <= FAMILIES,
                view.shift < SHIFT,
                ecoindex.grade(eco) == "A",
                view.nodes <= NODES or not any(kind in name for kind in LIGHT),
            )
            if not kept
        ][:1]
    assert over == []
    assert phone.context.cookies() == []


@pytest.mark.any_database
def test_ecoindex_is_counted_as_it_is_published():
    assert ecoindex.score(300, 15, 300) == pytest.approx(81.7, abs=0.05)
    assert ecoindex.score(400, 20, 500) == pytest.approx(75.6, abs=0.05)
    assert ecoindex.score(600, 40, 1024) == pytest.approx(61, abs=0.5)
    assert [ecoindex.grade(points) for points in (80.1, 80, 70, 9)] == ["A", "B", "C", "G"]
