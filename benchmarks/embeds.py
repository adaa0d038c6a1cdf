"""What an embed costs beside the page that shows the same: `make bench-embeds`, after `make
demo` has run once.

Server time: the ratio in one run is to be under 1. First view, in a real browser, in a page at
an origin of the partner's: what benchmarks.framed_view allows. What is over is said, and the
exit status is 1.
"""

import sys
from functools import partial
from html import escape

from benchmarks.ecoindex import PHONE
from benchmarks.measuring import HEALTH, measure, report

ROUNDS = 60
# As a partner pastes it: it grows to what it shows.
PAGE = """<!doctype html><html lang="fr"><head><link rel="icon" href="data:,"></head><body>
<iframe src="{site}{path}" title="Embed" width="100%" height="700"></iframe>
<script src="{site}/embed.js"></script></body></html>"""

# Turned off: a page that stands elsewhere has to ask people before it asks this machine.
LETS_IN = "LocalNetworkAccessChecks"


def partner():
    """The one whose embeds are measured."""
    from partners.models import Partner

    return Partner.objects.active().order_by("pk").first()


def embed_types(partner):
    """{kind: (path of the embed, path of the page that shows the same)}, for a Partner's key;
    of topics, in each direction of reading, and of themes the largest."""
    from pages.models import ThemePage, TopicPage
    from partners.addresses import embed_path, list_path, map_path

    def largest(code):
        topics = TopicPage.objects.readable().listed().filter(locale__language_code=code)
        return max(topics, key=lambda page: (len(page.body), page.pk))

    def topic(code):
        page = largest(code)
        return embed_path(page.translation_key, partner, language=code), page.get_url()

    themes = ThemePage.objects.live().filter(locale__language_code="fr")
    theme = max(themes, key=lambda page: page.numchild)
    where = partner.departement or "69"
    return {
        "topic": topic("fr"),
        "topic (ar)": topic("ar"),
        "list": (list_path(partner, theme=theme.slug), theme.get_url()),
        "map": (
            map_path(partner, departement=where),
            f"/fr/professionnels/?departement={where}",
        ),
    }


def main():
    from benchmarks.serving import as_in_production

    with as_in_production() as (address, _kinds):
        kinds = embed_types(partner())
        over = server_times(kinds) + first_views(kinds, partner(), address)
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
    return [f"{kind}: not faster than its page" for kind, ratio in ratios.items() if ratio >= 1]


def first_views(kinds, partner, address):
    """Print what the first view of each embed costs in a page of a Partner's; gives what is
    over. *address*: of the site."""
    from playwright.sync_api import sync_playwright

    from benchmarks.framed_view import look_in_frame
    from tools import browser

    home = partner.allowed_origins[0].source.replace("*", "www")
    views = {}
    turned_off = "--disable-features=" + ",".join([*browser.TURNED_OFF, LETS_IN])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.chromium(), args=[*browser.FLAGS, turned_off]
        )
        for kind, (embed, _page) in kinds.items():
            page = chromium.new_page(viewport=PHONE, locale="fr-FR")
            html = PAGE.format(site=address, path=escape(embed))
            # Nobody is asked: the browser takes this for the page that stands there.
            page.route(f"{home}/", partial(_show, html))
            views[kind] = look_in_frame(page, f"{home}/")
            page.close()
        chromium.close()
    print(*(f"{kind}: {view}" for kind, view in views.items()), sep="\n")
    return [f"{kind}: {view.sizes}" for kind, view in views.items() if not view.keeps_to_its_budget]


def _show(html, route):
    route.fulfill(content_type="text/html", body=html)


if __name__ == "__main__":
    main()
