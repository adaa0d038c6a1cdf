"""A topic in a frame: who may frame it, what stands in it, in which language."""

import re

import pytest
from django.db import connection
from django.template.defaultfilters import date
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver
from django.utils.timezone import localtime
from django.utils.translation import override

from pages.site_languages import prepare, switch
from partners.addresses import embed_path
from partners.origins import parse
from tests.factories.translations import (
    published,
    reading_signatory,
    shelves,
    translated,
    translator,
)
from tests.factories.workgroups import publish
from tests.pages.test_queries import typical_body
from workgroups import signing, workflow

from .conftest import partner_at

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def ancestors(response):
    """Who may frame the answer, as a browser reads it."""
    assert "X-Frame-Options" not in response.headers
    policies = response["Content-Security-Policy"].split("; ")
    [sources] = [policy.split()[1:] for policy in policies if policy.startswith("frame-ancestors")]
    return sources


def text_of(response):
    return response.content.decode()


def test_only_the_partners_origins_may_frame_it(client, site, caf):
    topic = site.live()
    partner_at("https://*.chu.example:8443", "http://localhost:8001")
    partner_at("https://ancien.example", name="Ancien", active=False)

    with_key = client.get(embed_path(topic.translation_key, caf))
    without = client.get(embed_path(topic.translation_key))

    assert with_key.status_code == without.status_code == 200
    assert ancestors(with_key) == ["'self'", "https://www.caf.example"]
    assert ancestors(without)[0] == "'self'"
    assert set(ancestors(without)[1:]) == {
        "https://www.caf.example",
        "https://*.chu.example:8443",
        "http://localhost:8001",
    }


def test_a_star_is_one_name_where_the_browser_says_which_page_asks(client, site, caf):
    """To browsers it is as many as there are, which no policy can forbid."""
    caf.set_origins([parse("https://*.caf.example"), parse("https://a.b.caf.example")])
    address = embed_path(site.live().translation_key, caf)
    star, exact = "https://*.caf.example", "https://a.b.caf.example"

    def may(referrer, **known):
        return client.get(address, headers={"referer": referrer} | known)

    for near in ("", "https://www.caf.example/", "https://caf.example/", "https://[", "rien",
                 "https://x.notcaf.example/", "http://testserver/embed/liste/"):  # fmt: skip
        assert ancestors(may(near)) == ["'self'", exact, star], near
    for deep in ("https://x.y.caf.example/", "https://A.B.caf.EXAMPLE:8443/page", f"{exact}/"):
        assert ancestors(may(deep)) == ["'self'", exact], deep
    # What a browser kept for one page is never confirmed for another.
    tag = may("https://www.caf.example/")["ETag"]
    again = may("https://x.y.caf.example/", **{"if-none-match": tag})
    assert again.status_code == 200
    assert "Referer" in again["Vary"]
    assert may("https://w.caf.example/", **{"if-none-match": tag}).status_code == 304
    address = embed_path(site.live().translation_key)  # without a key
    assert ancestors(may("https://x.y.caf.example/")) == ["'self'"]
    assert ancestors(may(f"{exact}/")) == ["'self'", exact]


def test_everywhere_else_frames_stay_closed(client, site):
    topic = site.live()
    for address in ("/fr/", topic.get_url(), "/admin/login/", "/fr/professionnels/"):
        response = client.get(address)
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    addresses = set(without_arguments(get_resolver().url_patterns))
    assert {"/oembed", "/carte.json", "/fr/partenaires/integrer/", "/admin/users/"} <= addresses
    for address in addresses:
        response = client.get(address)
        assert response["X-Frame-Options"] in ("SAMEORIGIN", "DENY"), address
        assert "frame-ancestors" in response["Content-Security-Policy"], address


def without_arguments(patterns, before="/"):
    """Every address of the site that holds no number or name, but for those of embeds."""
    for pattern in patterns:
        part = str(pattern.pattern)
        if re.search(r"[<(\\\[*?]", part.removeprefix("^").removesuffix("$")):
            continue
        address = before + part.removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from without_arguments(pattern.url_patterns, address)
        elif not address.startswith("/embed/"):
            yield address


def test_an_origin_that_was_removed_is_refused_from_then_on(client, site, caf):
    address = embed_path(site.live().translation_key, caf)
    first = client.get(address)
    assert first["Cache-Control"] == "private, no-cache"
    known = {"if-none-match": first["ETag"]}
    same = client.get(address, headers=known)
    assert same.status_code == 304
    assert ancestors(same) == ancestors(first)
    assert same["Cache-Control"] == first["Cache-Control"]

    caf.set_origins([parse("https://neuf.example")])

    again = client.get(address, headers=known)
    assert again.status_code == 200
    assert ancestors(again) == ["'self'", "https://neuf.example"]


def test_a_key_stops_at_once(client, site, caf):
    topic = site.live()
    other = partner_at("https://mairie.example")
    old = embed_path(topic.translation_key, caf)
    tag = client.get(old)["ETag"]

    caf.renew_key()

    refused = client.get(old, headers={"if-none-match": tag})
    assert refused.status_code == 404
    assert 'class="message-page"' in text_of(refused)
    assert site.home.title in text_of(refused)
    # It has to be read: by whoever may show topics at all.
    assert ancestors(refused) == ["'self'", "https://mairie.example", "https://www.caf.example"]
    assert client.get(embed_path(topic.translation_key, caf)).status_code == 200

    caf.active = False
    caf.save()
    response = client.get(embed_path(topic.translation_key, caf))
    assert response.status_code == 404
    assert ancestors(response) == ["'self'", "https://mairie.example"]
    other.delete()
    assert ancestors(client.get(embed_path(topic.translation_key))) == ["'self'"]


def test_it_shows_the_signed_topic_and_asks_for_nothing(client, site, caf):
    topic = site.live(title="Typique", body=typical_body())
    response = client.get(embed_path(topic.translation_key, caf))
    html = text_of(response)

    assert "<h1>Typique</h1>" in html
    assert "Hélène Garnier" in html
    assert "Inès" in html  # who drew
    with override("fr"):
        # The day in Paris, where another may have begun.
        assert date(localtime(topic.last_published_at), "DATE_FORMAT") in html.split("<footer")[-1]
    assert f'href="http://testserver{topic.get_url()}" target="_blank" rel="noopener"' in html
    assert '<base target="_blank">' in html
    assert "<details" in html
    assert re.findall(r"<script[^>]*>", html) == [
        '<script src="/static/js/embed-height.js" defer>'  # how tall it is, and nothing else
    ]
    for absent in ("<form", "site-header", "site-footer", "topic-tools", "skip-link"):
        assert absent not in html
    assert not re.search(r'\b(?:src|srcset|poster)="(?!/(?:static|media)/)', html)
    assert not response.cookies
    assert "Cookie" not in response["Vary"]
    assert len(re.findall(r"<[a-z]", html)) <= 200


def test_what_it_shows_is_let_into_a_sandbox(client, site, caf):
    """Where a frame comes from nowhere, browsers ask for leave, for captions and fonts."""
    topic = site.live(body=typical_body())
    html = text_of(client.get(embed_path(topic.translation_key, caf)))
    files = re.findall(r'(?:src|href)="(/(?:media|static|embed-)[^"]+)"', html)
    assert {file.rpartition(".")[2] for file in files} >= {"css", "woff2", "vtt", "mp4", "jpg"}
    for file in files:
        response = client.get(file)
        assert response.status_code == 200
        assert response["Access-Control-Allow-Origin"] == "*"
        response.getvalue()
    assert "<video crossorigin " in html


def test_under_review_it_keeps_its_signed_text(client, site):
    topic = site.live(title="Signé")
    workflow.start_round(topic, site.author)
    topic.title = "Brouillon"
    topic.save_revision(user=site.author)
    html = text_of(client.get(embed_path(topic.translation_key)))
    assert "Signé" in html
    assert "Brouillon" not in html


def test_a_line_that_lost_something_on_its_way_says_so(client, site, caf):
    key = site.live().translation_key
    for address in ("/embed/", f"/embed/{key}/x/", "/embed/a/b/c/", f"/embed/{str(key)[:20]}/",
                    "/embed//", "/embed/a%0Ab/c/", f"/embed//{key}/"):  # fmt: skip
        response = client.get(f"{address}?partenaire={caf.key}")
        assert response.status_code == 404, address
        assert ancestors(response) == ["'self'", "https://www.caf.example"]
        assert 'class="message-page"' in text_of(response)
    for cut in ("/embed", f"/embed/{key}", "/embed/a/b"):
        assert client.get(cut).url == f"{cut}/"
    # Wherever it is cut, there is something to read in the frame.
    line = embed_path(key, caf, wash="plum")
    for end in range(len("/embed"), len(line), 3):
        response = client.get(line[:end], follow=True)
        assert ancestors(response) == ["'self'", "https://www.caf.example"], line[:end]
        is_topic = "<article" in text_of(response)
        assert response.status_code == (200 if is_topic else 404), line[:end]
        assert is_topic or 'class="message-page"' in text_of(response)


def test_what_cannot_be_shown_says_so_inside_the_frame(client, site, caf):
    never = site.draft(title="Jamais publié")
    topic = site.live(title="Retiré")
    signing.withdraw(topic, site.signatory, "Une erreur.")

    gone = client.get(embed_path(topic.translation_key, caf))
    assert gone.status_code == 410
    assert "Retiré" not in text_of(gone)
    keys = [UNKNOWN, never.translation_key, "pas-une-cle", "é" * 3000, "a%00b"]
    unknown = [client.get(f"/embed/{key}/?partenaire={caf.key}") for key in keys]
    assert [response.status_code for response in unknown] == [404] * len(keys)
    for response in (gone, *unknown):
        assert ancestors(response) == ["'self'", "https://www.caf.example"]
        assert 'href="http://testserver/fr/"' in text_of(response)


def test_odd_questions_get_decent_answers(client, site, caf):
    address = embed_path(site.live().translation_key, caf)
    head = client.head(address)
    assert head.status_code == 200
    assert not head.content
    assert head["ETag"] == client.get(address)["ETag"]
    assert client.post(address).status_code == 405
    assert client.get(address.replace("/?", "?")).url == address
    path = address.partition("?")[0]
    for key in ("x" * 100_000, "%00", "é", "' OR 1=1 --", "null"):
        assert client.get(f"{path}?partenaire={key}").status_code == 404
    twice = client.get(f"{path}?partenaire=rien&partenaire={caf.key}&langue=fr&langue=zz&couleur=")
    assert twice.status_code == 200
    assert client.get(f"{path}?partenaire=").status_code == 200


def test_a_partner_chooses_how_it_looks_and_nobody_without_its_key(client, site, caf):
    topic = site.live(body=typical_body())
    caf.wash, caf.pictures = "plum", False
    caf.save()

    own = text_of(client.get(embed_path(topic.translation_key, caf)))
    asked = text_of(client.get(embed_path(topic.translation_key, caf, wash="sun", pictures=True)))
    path = embed_path(topic.translation_key)
    stranger = text_of(client.get(f"{path}?couleur=plum&images=non"))
    nonsense = text_of(client.get(embed_path(topic.translation_key, caf) + "&couleur=x&images=1"))

    assert 'class="topic-hero wash-plum"' in own
    assert "<img" not in own
    assert "Un père près d’un berceau" in own  # what the picture shows, in words
    assert 'class="topic-hero wash-sun"' in asked
    assert "<img" in asked
    assert 'class="topic-hero wash-lagoon"' in stranger
    assert "<img" in stranger
    assert nonsense.count("wash-plum") == 1
    with pytest.raises(ValueError, match="wash"):
        embed_path(topic.translation_key, caf, wash="x")


def test_it_speaks_the_language_that_is_wanted_among_those_signed(client, site, caf):
    prepare("ar")
    shelves("ar")
    switch("ar", True, site.coordinator)
    topic = site.live(title="Le sommeil")
    by = translator("ar")
    page = translated(topic, "ar", site.author, by, mark="نوم")
    address = embed_path(topic.translation_key, caf)

    def language(address, accepted="fr"):
        response = client.get(address, headers={"accept-language": accepted})
        assert "Accept-Language" in response["Vary"]
        return re.search(r'<html lang="(\w+)"', text_of(response))[1], response.status_code

    assert language(address, "ar") == ("fr", 200)  # not signed yet
    published(page, by, reading_signatory("ar", display_name="Rachid Ben Ali"))
    assert language(address, "ar-DZ,fr;q=0.5") == ("ar", 200)
    assert language(address, "tr,en;q=0.9") == ("fr", 200)
    assert language(address, "x" * 5000) == ("fr", 200)
    assert language(embed_path(topic.translation_key, caf, language="ar")) == ("ar", 200)
    assert language(f"{address}&langue=tr") == ("fr", 200)
    assert language(f"/embed/{UNKNOWN}/", "ar") == ("ar", 404)
    caf.language = "ar"
    caf.save()
    assert language(address) == ("ar", 200)
    assert language(f"{address}&langue=fr", "ar") == ("fr", 200)
    switch("ar", False, site.coordinator)
    assert language(address) == ("fr", 200)
    # Withdrawn it is in every language; signed again in French, it is there for all.
    switch("ar", True, site.coordinator)
    signing.withdraw(page, site.coordinator, "Une erreur.")
    assert language(address) == ("ar", 410)
    publish(topic, site.author, site.signatory)
    assert language(address) == ("fr", 200)


@pytest.mark.any_database
def test_it_takes_no_more_queries_than_the_page(client, site, caf):
    linked = [site.live(title="Lié"), site.live(title="Lié aussi")]
    topic = site.live(title="Typique", body=typical_body(*linked))
    caf.set_origins([parse(f"https://site-{n}.example") for n in range(20)])
    for address in (embed_path(topic.translation_key, caf), embed_path(topic.translation_key)):
        html = text_of(client.get(address))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        assert len(captured) <= 8, "\n".join(query["sql"] for query in captured)
    assert 'href="tel:15"' in html
    assert [f'href="{one.get_url()}"' in html for one in linked] == [True, True]

    signing.withdraw(linked[0], site.signatory, "Une erreur.")
    html = text_of(client.get(address))
    assert [f'href="{one.get_url()}"' in html for one in linked] == [False, True]

    plain = embed_path(site.live(title="Simple").translation_key, caf)
    client.get(plain)
    with CaptureQueriesContext(connection) as captured:
        client.get(plain)
    # Nor for other topics or languages: partner, topic, stages, numbers, signatures, pictures.
    assert len(captured) <= 6, "\n".join(query["sql"] for query in captured)
