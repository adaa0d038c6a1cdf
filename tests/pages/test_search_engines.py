"""What machines read: the sitemap, robots.txt and the feed of each theme."""

from urllib.parse import urlsplit

import pytest
from defusedxml.ElementTree import fromstring
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from pages.site_languages import switch
from tests.factories.pages import theme_page
from workgroups import signing

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert not response.cookies
    return fromstring(b"".join(response) if response.streaming else response.content)


def sitemap(client):
    """{path: (lastmod or None, {language: path})}"""
    return {
        urlsplit(url.findtext(f"{SITEMAP}loc")).path: (
            url.findtext(f"{SITEMAP}lastmod"),
            {link.get("hreflang"): urlsplit(link.get("href")).path for link in url.iter(LINK)},
        )
        for url in read(client, "/sitemap.xml")
    }


def test_the_sitemap_has_what_parents_may_read_and_since_when(client, site):
    site.draft(title="En cours")
    topic = site.live(title="En ligne")
    gone = site.live(title="Retiré")
    signing.withdraw(gone, site.coordinator, "Une dose était fausse.")
    found = sitemap(client)
    assert {"/fr/", "/fr/sommeil/", topic.get_url()} <= found.keys()
    assert not {path for path in found if "en-cours" in path or "retire" in path}
    assert found[topic.get_url()][0][:10] == timezone.localdate().isoformat()
    assert found[topic.get_url()][1] == {}


def test_what_is_private_is_offered_to_nobody_but_its_readers(client, site):
    # Before anything is live under it: later, the database refuses to hide topics.
    PageViewRestriction.objects.create(page=site.theme, restriction_type=PageViewRestriction.LOGIN)
    site.live(title="Entre nous")
    meals = theme_page(site.home, site.group, title="Repas", slug="repas")
    topic = site.live(title="La soupe", theme=meals)
    assert "/fr/sommeil/" not in sitemap(client)
    assert not [path for path in sitemap(client) if "entre-nous" in path]
    assert client.get("/fr/sommeil/flux.xml").status_code == 404
    stage = f"/fr/?etape={site.stage.slug}"
    for address in ("/fr/", stage, topic.get_url(), "/fr/livret/", "/fr/recherche/?q=entre"):
        assert "Entre nous" not in client.get(address).content.decode(), address
    client.force_login(site.author)
    assert "Entre nous" in client.get("/fr/sommeil/").content.decode()


def test_the_sitemap_tells_each_page_in_its_other_languages(client, site):
    english = Locale.objects.create(language_code="en")
    site.home.copy_for_translation(english).get_latest_revision().publish()
    assert not [path for path in sitemap(client) if path.startswith("/en/")]
    switch("en", True, site.coordinator)
    found = sitemap(client)
    both = {"fr": "/fr/", "en": "/en/", "x-default": "/"}
    assert found["/fr/"][1] == found["/en/"][1] == both
    assert found["/fr/accessibilite/"][1].keys() == both.keys()
    assert found["/fr/sommeil/"][1] == {}


def test_the_sitemap_does_not_ask_for_each_page(client, site, django_assert_num_queries):
    for number in range(3):
        site.live(title=f"Sujet {number}")
    sitemap(client)
    # The languages that are on, three kinds of pages, and the site's roots out of the cache.
    with django_assert_num_queries(5):
        sitemap(client)


def test_robots_find_the_sitemap_and_stay_out_of_the_admin(client, db):
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines
    assert "Disallow: /" not in lines


def test_a_theme_has_a_feed_of_its_live_topics(client, site):
    other = theme_page(site.home, site.group, title="Repas", slug="repas")
    site.live(title="La soupe", theme=other)
    site.draft(title="En cours")
    site.live(title="D'abord")
    newest = site.live(title="Ensuite", key_message="Il dort & rêve.")
    feed = read(client, "/fr/sommeil/flux.xml")
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Ensuite", "D’abord"]
    assert entries[0].findtext(f"{ATOM}summary") == "Il dort & rêve."
    assert entries[0].find(f"{ATOM}link").get("href") == f"http://testserver{newest.get_url()}"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    here = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert here["self"] == "http://testserver/fr/sommeil/flux.xml"
    for url, address in (("/fr/sommeil/", "flux.xml"), (newest.get_url(), "../flux.xml")):
        told = f'type="application/atom+xml" title="Sommeil" href="{address}"'
        assert told in client.get(url).content.decode()


@pytest.mark.parametrize("address", ["/fr/rien/flux.xml", "/fr/sommeil%00/flux.xml"])
def test_a_theme_that_does_not_exist_has_no_feed(client, site, address):
    assert client.get(address).status_code == 404
