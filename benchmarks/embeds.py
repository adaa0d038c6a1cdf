"""What an embed costs beside the page that shows the same: `make bench-embeds`, after `make
demo` has run once.

Server time: the ratio in one run is to be at most 1. First view, in a real browser on a phone
with nothing cached: at most BYTES, REQUESTS and NODES. What is over is said, and the exit
status is 1.
"""

import sys

from benchmarks.ecoindex import PHONE
from benchmarks.measuring import HEALTH, measure, report

ROUNDS = 60
BYTES, REQUESTS, NODES = 120 * 1024, 6, 200


def embed_types():
    """{kind: (path of the embed, path of the page that shows the same)}, for a partner's key;
    of topics and themes the largest."""
    from pages.models import ThemePage, TopicPage
    from partners.addresses import embed_path, list_path, map_path
    from partners.models import Partner

    partner = Partner.objects.active().order_by("pk").first()
    french = {"locale__language_code": "fr"}
    topics = TopicPage.objects.readable().listed().filter(**french)
    topic = max(topics, key=lambda page: (len(page.body), page.pk))
    theme = max(ThemePage.objects.live().filter(**french), key=lambda page: page.numchild)
    where = partner.departement or "69"
    return {
        "topic": (embed_path(topic.translation_key, partner), topic.get_url()),
        "list": (list_path(partner, theme=theme.slug), theme.get_url()),
        "map": (
            map_path(partner, departement=where),
            f"/fr/professionnels/?departement={where}",
        ),
    }


def keeps_to_its_budget(view):
    """Whether a FirstView of an embed does."""
    return view.size <= BYTES and view.requests <= REQUESTS and view.nodes <= NODES


def main():
    from benchmarks.serving import as_in_production

    with as_in_production() as (address, _kinds):
        kinds = embed_types()
        over = server_times(kinds) + first_views(kinds, address)
    print("\n".join(over) or "All keep to their budgets.")
    sys.exit(bool(over))


def server_times(kinds):
    """Print how long the server works on each; gives what is over."""
    from django.test import Client

    rows = [("health check", HEALTH)]
    for kind, (embed, page) in kinds.items():
        rows += [(f"{kind}: page", page), (f"{kind}: embed", embed)]
    client = Client(headers={"host": "localhost", "accept-language": "fr"})
    times = measure(client, [path for _name, path in rows], ROUNDS)
    report(rows, times)
    ratios = {kind: times[embed] / times[page] for kind, (embed, page) in kinds.items()}
    print(*(f"{kind}: embed / page {ratio:.2f}" for kind, ratio in ratios.items()), sep="\n")
    return [f"{kind}: slower than its page" for kind, ratio in ratios.items() if ratio > 1]


def first_views(kinds, address):
    """Print what the first view of each embed costs; gives what is over."""
    from playwright.sync_api import sync_playwright

    from benchmarks.first_view import Meter
    from tools import browser

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.chromium(), args=browser.FLAGS
        )
        page = chromium.new_page(base_url=address, viewport=PHONE, locale="fr-FR")
        meter = Meter(page)
        views = {kind: meter.look(embed) for kind, (embed, _page) in kinds.items()}
        chromium.close()
    for kind, view in views.items():
        size = view.size / 1024
        print(f"{kind}: {size:.0f} KB, {view.requests} requests, {view.nodes} nodes")
    return [f"{kind}: {view}" for kind, view in views.items() if not keeps_to_its_budget(view)]


if __name__ == "__main__":
    main()
