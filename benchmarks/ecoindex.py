"""EcoIndex of every kind of page on a phone: `make ecoindex`, after `make demo` has run once.

The formula and its quantiles are those of the association Green IT and the Collectif
conception numérique responsable: https://www.ecoindex.fr/comment-ca-marche/.
"""

from bisect import bisect_right

NODES = (
    0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801,
    2479, 594601,
)  # fmt: skip
REQUESTS = (
    0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920,
)  # fmt: skip
KILOBYTES = (
    0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27,
    1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26,
)  # fmt: skip
# The least score of each grade, left out itself.
GRADES = {"A": 80, "B": 70, "C": 55, "D": 40, "E": 25, "F": 10}

PHONE = {"width": 360, "height": 900}  # CSS pixels


def score(nodes, requests, kilobytes):
    """0 (worst) to 100."""
    ranks = 3 * _rank(nodes, NODES) + 2 * _rank(requests, REQUESTS) + _rank(kilobytes, KILOBYTES)
    return 100 - 5 * ranks / 6


def grade(of_score):
    """A to G."""
    return next((letter for letter, least in GRADES.items() if of_score > least), "G")


def _rank(value, quantiles):
    """Which of the twenty parts of all pages the value falls into, with its fraction."""
    place = min(bisect_right(quantiles, value), len(quantiles) - 1)
    below, above = quantiles[place - 1], quantiles[place]
    return place - 1 + (value - below) / (above - below)


def rows(views):
    """The table's lines, from {kind: FirstView}."""
    yield f"| {'page':<20} | nodes | requests |  KB | JS KB | score | grade |"
    yield f"| {'-' * 20} | ----: | -------: | --: | ----: | ----: | :---: |"
    for kind, view in views.items():
        found = score(view.nodes, view.requests, view.size / 1024)
        yield (
            f"| {kind:<20} | {view.nodes:>5} | {view.requests:>8} | {view.size / 1024:>3.0f} "
            f"| {view.script / 1024:>5.1f} | {found:>5.1f} |   {grade(found)}   |"
        )


def main():
    from playwright.sync_api import sync_playwright

    from benchmarks.first_view import Meter
    from benchmarks.serving import as_in_production
    from tools import browser

    with as_in_production() as (address, kinds), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.chromium(), args=browser.FLAGS
        )
        meter = Meter(chromium.new_page(base_url=address, viewport=PHONE))
        views = {kind: meter.look(path) for kind, path in kinds.items()}
        chromium.close()
    print("\n".join(rows(views)))


if __name__ == "__main__":
    main()
