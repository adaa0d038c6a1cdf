"""Lists of topics and a département's professionals, in a frame of a partner's page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.site_languages import prepare, switch
from partners.addresses import embed_path, list_path, map_path
from tests.factories.pages import stage, theme_page
from tests.factories.professionals import SAINT_DENIS, ProfessionalFactory
from tests.factories.translations import (
    published,
    reading_signatory,
    shelves,
    translated,
    translator,
)
from workgroups import signing

from .consumers import HERE, frame_of
from .test_embed import UNKNOWN, ancestors, text_of

NODES = 200
QUERIES = 8


def titles(html):
    return re.findall(r'<h2 class="topic-card__title"[^>]*>.*?>([^<]+)</a>', html)


def links(html):
    """Where the cards lead, as a browser reads it."""
    found = re.findall(r'<a href="(/embed/[^"]+)" target="_self">', html)
    return [address.replace("&amp;", "&") for address in found]


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured), response


def test_a_list_shows_what_was_asked_for_each_to_be_opened_in_the_same_frame(client, site, caf):
    early = stage("early")
    other_theme = theme_page(site.home, site.group, title="Jeux", slug="jeux", wash="plum")
    first = site.live(title="Premier")
    second = site.live(title="Second", stages=[early])
    game = site.live(title="Jouer", theme=other_theme, stages=[early])
    site.draft(title="Brouillon", stages=[early])

    def shown(**options):
        response = client.get(list_path(caf, **options))
        assert response.status_code == 200
        assert ancestors(response) == ["'self'", "https://www.caf.example"]
        assert not response.cookies
        return titles(text_of(response))

    assert shown(theme="sommeil") == ["Second", "Premier"]
    assert shown(stage="early") == ["Jouer", "Second"]
    assert shown(theme="sommeil", stage="early") == ["Second"]
    keys = (game.translation_key, first.translation_key)
    assert shown(topics=keys) == ["Jouer", "Premier"]  # in the order in which they were chosen

    look = {"language": "fr", "wash": "sun", "pictures": False}
    html = text_of(client.get(list_path(caf, topics=keys, **look)))
    assert links(html) == [embed_path(key, caf, **look, topics=keys) for key in keys]
    assert html.count("wash-sun") == 3
    assert "<img" not in html
    opened = text_of(client.get(links(html)[0]))
    assert 'class="topic-hero wash-sun"' in opened
    plain = text_of(client.get(list_path(caf, topics=keys)))
    assert links(plain) == [embed_path(key, caf, topics=keys) for key in keys]
    # From there, and from there alone, a link leads back to the same list.
    assert list_path(caf, **look, topics=keys).replace("&", "&amp;") in opened
    assert "embed__back" not in text_of(client.get(embed_path(keys[0], caf)))
    assert "wash-plum" in plain
    assert 'href="http://testserver/fr/"' in plain
    for absent in ("<form", "site-header"):
        assert absent not in plain
    assert plain.count("<script") == 1  # which tells its height
    by_theme = text_of(client.get(list_path(caf, theme="jeux")))
    assert 'href="http://testserver/fr/jeux/"' in by_theme

    signing.withdraw(second, site.signatory, "Une erreur.")
    assert shown(theme="sommeil") == ["Premier"]


@pytest.mark.any_database
def test_a_list_holds_twelve_in_few_queries_and_nodes(client, site, caf):
    topics = [site.live(title=f"Sujet {number}") for number in range(13)]
    keys = tuple(topic.translation_key for topic in topics)
    for address in (
        list_path(caf, theme="sommeil", stage=site.stage.slug),
        f"{list_path(caf)}&sujets={','.join(map(str, keys))}",
        list_path(theme="sommeil"),
    ):
        number, response = queries(client, address)
        html = text_of(response)
        assert number <= QUERIES
        assert len(titles(html)) == 12
        assert len(re.findall(r"<[a-z]", html)) <= NODES
        assert html.count("<img") == 1


def test_a_list_is_in_the_first_wanted_language_that_has_some(client, site, caf):
    prepare("ar")
    shelves("ar")
    switch("ar", True, site.coordinator)
    by = translator("ar")
    topic = site.live(title="Le sommeil")
    nap = site.live(title="La sieste")
    page = translated(topic, "ar", site.author, by, mark="نوم")

    def answered(**options):
        response = client.get(list_path(caf, **options))
        assert response.status_code == 200
        return response["Content-Language"], len(titles(text_of(response)))

    assert answered(theme="sommeil", language="ar") == ("fr", 2)
    published(page, by, reading_signatory("ar", display_name="Rachid Ben Ali"))
    # Those that the wanted language lacks follow in the next, each marked with its own.
    assert answered(theme="sommeil", language="ar") == ("ar", 2)
    assert answered(theme="sommeil") == ("fr", 2)
    assert answered(topics=(topic.translation_key,), language="ar") == ("ar", 1)
    keys = (nap.translation_key, topic.translation_key)
    for options, french in (({"topics": keys}, 0), ({"theme": "sommeil"}, 1)):
        number, response = queries(client, list_path(caf, language="ar", **options))
        assert number <= QUERIES
        cards = text_of(response).split('<li class="topic-card')[1:]
        assert ["La sieste" in card for card in cards] == [place == french for place in (0, 1)]
        assert 'topic-card__title" lang="fr" dir="ltr">' in cards[french]
        assert 'topic-card__title">' in cards[1 - french]
        assert f"/embed/{nap.translation_key}/" in cards[french]


def test_without_a_key_an_address_says_a_theme_and_a_language_alone(client, site, caf, ask):
    """What oEmbed answers to whoever pastes the address of a page; all else is a partner's."""
    early = stage("early")
    other_theme = theme_page(site.home, site.group, title="Jeux", slug="jeux")
    site.live(title="Premier")
    site.live(title="Second", stages=[early])
    game = site.live(title="Jouer", theme=other_theme, stages=[early])
    asked = "theme=sommeil&etape=early&couleur=plum&images=non&langue=fr"

    with_key = text_of(client.get(f"{list_path(caf)}&{asked}"))
    without = text_of(client.get(f"{list_path()}?{asked}"))
    assert titles(with_key) == ["Second"]
    assert titles(without) == ["Second", "Premier"]
    assert ["wash-plum" in html for html in (with_key, without)] == [True, False]
    assert ["<img" in html for html in (with_key, without)] == [False, True]
    # Nor does a key that is nobody's any more.
    for only in (f"sujets={game.translation_key}", "etape=early", "departement=69"):
        path = map_path() if "departement" in only else list_path()
        assert client.get(f"{path}?{only}").status_code == 404
        assert client.get(f"{path}?{only}&partenaire={'x' * 22}").status_code == 404
    # What oEmbed answers without one is what counts there without one.
    for page, path in (
        (game, embed_path(game.translation_key, language="fr")),
        (other_theme, list_path(language="fr", theme="jeux")),
    ):
        answer = ask(f"{page.get_url()}?couleur=plum&images=non&etape=early").json()
        assert frame_of(answer)["src"] == HERE + path
        assert titles(text_of(client.get(path))) == (["Jouer"] if page is other_theme else [])


def test_what_is_no_list_says_so_inside_the_frame(client, site, caf):
    site.live()
    ours = {"sec-fetch-site": "same-origin"}
    stage_list = f"/embed/liste/?etape={site.stage.slug}"
    for address in (
        list_path(caf),
        list_path(caf, theme="rien"),
        list_path(caf, stage="rien"),
        f"{list_path(caf)}&sujets={UNKNOWN}",
        f"{list_path(caf)}&sujets=x,{'y,' * 9000}&theme=%00",
        stage_list,  # how it is asked for without a key is a theme alone
        "/embed/liste/?theme=sommeil&partenaire=xxxxxxxxxxxxxxxxxxxx",
        map_path(caf),
        f"{map_path(caf)}&departement=999",
        "/embed/carte/?departement=69",
    ):
        response = client.get(address)
        assert response.status_code == 404, address
        assert 'class="message-page"' in text_of(response)
        assert text_of(response).count('<a class="button') == 2  # topics, and professionals
        assert ancestors(response)[-1] == "https://www.caf.example"
    # The site's own pages preview what a partner would have; no other page can say it is one.
    assert client.get(stage_list, headers=ours).status_code == 200
    assert client.get(stage_list, headers={"sec-fetch-site": "cross-site"}).status_code == 404


@pytest.fixture
def entries(caf):
    """12 in Lyon, one on an island."""
    shared = {"published": True, "latitude": 45.745, "longitude": 4.84}
    for number in range(12):
        ProfessionalFactory(**shared, name=f"Lieu {number:02}")
    ProfessionalFactory(published=True, name="Zistoir", commune_code=SAINT_DENIS)


def test_the_map_is_limited_to_its_departement(client, site, entries, caf):
    address = map_path(caf, departement="69")
    number, response = queries(client, address)
    html = text_of(response)
    assert number <= QUERIES
    assert ancestors(response) == ["'self'", "https://www.caf.example"]
    assert not response.cookies
    assert html.count('class="professional-card"') == 10
    assert "Zistoir" not in html
    assert len(re.findall(r"<[a-z]", html)) <= NODES
    assert "<form" not in html
    # Nobody passes ten cards to come to the map's button.
    assert html.index("data-map") < html.index("professional-card")
    assert 'data-query="departement=69"' in html
    assert 'href="http://testserver/fr/professionnels/?departement=69"' in html
    assert "Zistoir" in text_of(client.get(map_path(caf, departement="974")))
    caf.departement = "69"
    caf.save()
    assert client.get(map_path(caf)).status_code == 200

    # What its script asks for, also from a sandbox that has no origin.
    france = "bbox=-180,-85,180,85&zoom=4"
    points = client.get(f"/carte.json?departement=69&{france}")
    assert points.json()["total"] == 12
    assert client.get(f"/carte.json?{france}").json()["total"] == 13
    assert client.get(f"/carte.json?departement=x&{france}").status_code == 400
    part = client.get(f"{address}&zone=4.8,45.7,4.9,45.8&liste=1")
    assert text_of(part).count('class="professional-card"') == 10
    assert "<html" not in text_of(part)
    assert points["Access-Control-Allow-Origin"] == part["Access-Control-Allow-Origin"] == "*"


def test_the_directory_itself_can_be_limited_to_a_departement(client, site, entries):
    response = client.get("/fr/professionnels/?departement=974")
    assert response.context["found"].total == 1
    assert response.context["asked"].url() == "/fr/professionnels/?departement=974"
    assert client.get("/fr/professionnels/?departement=x").context["found"].total == 13
