"""The site as an oEmbed provider: what it answers, to whom, and that consumers can use it."""

from io import BytesIO
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit

import micawber
import pytest
import requests
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext
from micawber import providers
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders.oembed import OEmbedFinder
from wagtail.models import PageViewRestriction

from pages.site_languages import prepare, switch
from partners.addresses import embed_path
from tests.factories.media import picture_upload
from tests.factories.translations import shelves
from tests.factories.workgroups import illustration
from workgroups import signing

from .consumers import HERE, Frame, found_by_wordpress, frame_of, kept_by_wordpress

# Shapes of films, width by height, in WordPress's block for what is embedded.
FILMS = (2.33, 2.0, 1.78, 1.33, 1.0, 0.56, 0.5)
SIZES = ("0", "-1", "1.5", "beaucoup", "٣", "9" * 5000)


@pytest.fixture
def over_http(client, monkeypatch):
    """Lets clients of oEmbed reach the site; nothing else of them is changed."""

    def by_requests(address, params, **kwargs):
        answered = client.get(f"{address}?{urlencode(params)}")
        response = requests.Response()
        response.status_code, response._content = answered.status_code, answered.content
        response.headers["Content-Type"] = answered["Content-Type"]
        return response

    def by_urllib(request, timeout):
        answered = client.get(request.full_url)
        if answered.status_code >= 400:
            raise HTTPError(request.full_url, answered.status_code, "", {}, None)
        body = BytesIO(answered.content)
        body.headers = Parameters()
        return body

    monkeypatch.setattr(requests, "get", by_requests)
    monkeypatch.setattr(providers, "urlopen", by_urllib)


class Parameters:
    def get_param(self, name):
        return "utf-8"


def test_it_says_how_to_show_a_topic(client, site, ask):
    picture = illustration(file=picture_upload(size=(1600, 1200)))
    title = "Bébé dit « non » & <tape>"
    topic = site.live(title=title, lead_illustration=picture)

    response = ask(topic.get_url())

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    # What is said of a frame for readers of all languages follows the reader's.
    assert "Accept-Language" in response["Vary"]
    assert "Cookie" not in response["Vary"]
    data = response.json()
    assert (data["type"], data["version"]) == ("rich", "1.0")
    assert data["title"].replace("\xa0", " ").replace("\u202f", " ") == title
    assert data["author_name"] == "Hélène Garnier"
    assert data["provider_url"] == f"{HERE}/"
    assert data["cache_age"] == 24 * 60 * 60  # seconds: what is kept for longer grows old
    frame = frame_of(data)
    assert list(frame) == ["src", "width", "height", "title", "frameborder"]
    assert frame["title"] == data["title"]
    assert (frame["width"], frame["height"]) == (str(data["width"]), str(data["height"]))
    shown = client.get(frame["src"].removeprefix(HERE))
    assert frame["src"].startswith(f"{HERE}/embed/{topic.translation_key}/")
    assert shown.status_code == 200
    assert client.get(data["thumbnail_url"].removeprefix(HERE)).getvalue()
    assert (data["thumbnail_width"], data["thumbnail_height"]) == (640, 480)
    xml = {
        node.tag: node.text
        for node in ElementTree.fromstring(ask(topic.get_url(), format="xml").content)
    }
    assert xml == {name: str(value) for name, value in data.items()}


def test_it_keeps_within_the_size_that_is_asked_for(site, ask):
    picture = illustration(file=picture_upload(size=(1600, 1200)))
    address = site.live(lead_illustration=picture).get_url()
    free = ask(address).json()
    for size in ({"maxwidth": 300, "maxheight": 200}, {"maxwidth": 1}, {"maxheight": 1}):
        data = ask(address, **size, further="unknown").json()
        assert data["width"] == min(size.get("maxwidth", 10**9), free["width"])
        assert data["height"] == min(size.get("maxheight", 10**9), free["height"])
        assert "thumbnail_url" not in data
        assert not [name for name in data if name.startswith("thumbnail")]
    assert ask(address, maxwidth=320).json()["thumbnail_width"] == 320
    assert ask(address, maxwidth=10**9, maxheight="").json() == free
    for name in ("maxwidth", "maxheight"):
        for size in SIZES:
            response = ask(address, **{name: size})
            assert response.status_code == 400
            assert response.json()["error"].startswith(f"{name}")


def test_what_is_not_online_here_is_not_shown(client, site, ask):
    topic = site.live()
    gone = site.live(title="Retiré")
    signing.withdraw(gone, site.signatory, "Une erreur.")
    draft = site.draft(title="Jamais publié")
    path = topic.get_url()
    for address in (
        f"https://ailleurs.example{path}",
        f"https://testserver{path}",
        f"http://testserver:8001{path}",
        f"http://testserver@ailleurs.example{path}",
        f"http://qui:secret@testserver{path}",
        f"http://testserver.ailleurs.example{path}",
        f"http://tеstserver{path}",  # the first e is Cyrillic
        f"//testserver{path}",
        f"http://testserver\\@ailleurs.example{path}",
        "javascript:alert(1)",
        f"javascript://testserver{path}",
        "http://[::1",
        "http://testserver/",
        "/fr/",
        path.rstrip("/"),  # led to another one
        path.removeprefix("/fr"),
        f"/fr/professionnels{path}",
        "/admin/login/",
        f"/ar{path.removeprefix('/fr')}",
        gone.get_url() or f"/fr/{site.theme.slug}/{gone.slug}/",
        f"/fr/{site.theme.slug}/{draft.slug}/",
        "/" * 5000,
    ):
        response = ask(address)
        assert response.status_code == 404, address
        assert response.json()["error"]
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cache-Control"] == "no-cache"
    assert ask(f"http://TESTSERVER:80{path}?utm_source=lettre#sources").status_code == 200
    assert ask(path, format="yaml").status_code == 501
    assert client.get("/oembed").status_code == 400
    assert client.get("/oembed?url=").json()["error"].startswith("url")
    assert client.post("/oembed").status_code == 405
    assert client.head("/oembed", {"url": HERE + path}).status_code == 200


def test_what_only_some_people_may_read_is_not_shown(site, ask):
    PageViewRestriction.objects.create(page=site.theme, restriction_type="login")
    for page in (site.live(), site.theme):
        response = ask(page.get_url())
        assert response.status_code == 401
        assert list(response.json()) == ["error"]


def test_it_speaks_the_language_of_the_address_and_knows_the_partner_in_it(site, ask, caf):
    prepare("ar")
    shelves("ar")
    switch("ar", True, site.coordinator)
    path = site.live().get_url()
    asked = parse_qs(urlsplit(frame_of(ask(path).json())["src"]).query)
    assert asked == {"langue": ["fr"]}
    # An empty one is the reader's.
    assert "langue" not in frame_of(ask(f"{path}?langue=").json())["src"]
    named = f"{path}?partenaire={caf.key}&couleur=plum&images=1"
    asked = parse_qs(urlsplit(frame_of(ask(named).json())["src"]).query)
    assert asked == {"partenaire": [caf.key], "langue": ["fr"], "couleur": ["plum"]}
    # Said to be nobody's: that of each reader; and another than that of the address.
    for language, expected in (("", None), ("ar", ["ar"]), ("zz", ["fr"])):
        frame = frame_of(ask(f"{path}?langue={language}").json())
        assert parse_qs(urlsplit(frame["src"]).query).get("langue") == expected
    assert "plum" not in frame_of(ask(f"{path}?couleur=plum").json())["src"]
    theme = frame_of(ask(f"/ar/{site.theme.slug}/").json())["src"]
    assert parse_qs(urlsplit(theme).query) == {"theme": [site.theme.slug], "langue": ["ar"]}


def test_a_key_that_is_nobodys_any_more_shows_no_topic(site, ask, caf):
    path = site.live().get_url()
    old = caf.key
    caf.renew_key()
    # What embed.js asks for a line with a key of its own is the same.
    for key in (old, "rien", "x" * 22, "%00"):
        refused = ask(f"{path}?partenaire={key}")
        assert refused.status_code == 404
        assert refused.json()["error"].startswith("partenaire")
    assert ask(f"{path}?partenaire=").status_code == 200
    assert ask(f"{path}?partenaire={caf.key}").status_code == 200


def test_a_theme_is_shown_as_the_list_of_its_topics(client, site, ask, caf):
    topic = site.live(title="Le sommeil des tout-petits")
    data = ask(site.theme.get_url()).json()
    assert data["title"] == site.theme.title
    assert "author_name" not in data
    response = client.get(frame_of(data)["src"].removeprefix(HERE))
    assert response.status_code == 200
    assert "Le sommeil des tout-petits" in response.content.decode()
    # Its address says which of them, never others: those stand at no page.
    more = f"partenaire={caf.key}&etape=early&sujets={topic.translation_key}&departement=69"
    asked = urlsplit(frame_of(ask(f"{site.theme.get_url()}?{more}").json())["src"]).query
    assert set(parse_qs(asked)) == {"partenaire", "langue", "etape", "theme"}


def test_pages_and_frames_say_where_to_ask(client, site, caf):
    topic = site.live()
    frame = embed_path(topic.translation_key, caf, wash="plum")
    for path in (topic.get_url(), site.theme.get_url(), frame):
        html = client.get(path).content.decode()
        assert html.count("+oembed") == 1
        address = found_by_wordpress(html)
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{HERE}/oembed"
        asked = parse_qs(parts.query)
        assert list(asked) == ["url", "format"]
        assert asked["format"] == ["json"]
        assert asked["url"][0].endswith(path)
        assert client.get(address.removeprefix(HERE)).status_code == 200
    assert "+oembed" not in client.get("/fr/").content.decode()


def test_what_wordpress_keeps_is_the_whole_frame(site, ask):
    address = site.live(title="L’« heure » du coucher").get_url()
    # What WordPress asks for, by the width that a theme has for its text.
    for width in (360, 500, 650, 1200):
        data = ask(address, maxwidth=width, maxheight=min(-(-3 * width // 2), 1000), dnt=1).json()
        [(tag, kept)] = Frame(kept_by_wordpress(data["html"])).found
        frame = frame_of(data)
        assert tag == "iframe"
        assert kept.pop("src") == f"{frame.pop('src')}#?secret=abc"
        assert frame.items() <= kept.items()
        assert kept["sandbox"] == "allow-scripts"
        # Its editor takes some shapes for a film's, and no frame keeps its height there.
        shape = round(data["width"] / data["height"], 2)
        closest = max((ratio for ratio in FILMS if ratio <= shape), default=0)
        assert shape - closest > 0.1
    assert kept_by_wordpress("<p>Bonjour</p>") is False


def test_wagtail_and_another_client_take_the_answers(site, over_http):
    topic, theme = site.live(title="Le bain"), site.theme
    finder = OEmbedFinder(
        providers=[{"endpoint": f"{HERE}/oembed", "urls": [rf"^{HERE}/\w+/\S+/$"]}]
    )
    address = HERE + topic.get_url()
    assert finder.accept(address)
    found = finder.find_embed(address, max_width=500)
    assert (found["type"], found["title"], found["width"]) == ("rich", "Le bain", 500)
    assert found["author_name"] == "Hélène Garnier"
    assert found["cache_until"]
    assert frame_of(found)["width"] == "500"
    with pytest.raises(EmbedNotFoundException):
        finder.find_embed(f"{HERE}/fr/rien/rien/")

    registry = micawber.ProviderRegistry()
    registry.register(rf"{HERE}/\w+/\S+", micawber.Provider(f"{HERE}/oembed"))
    shown = registry.parse_text(HERE + theme.get_url(), maxwidth=400)
    assert frame_of({"html": shown})["width"] == "400"
    assert registry.request(address)["title"] == "Le bain"
    with pytest.raises(micawber.ProviderException):
        registry.request(f"{HERE}/fr/rien/rien/")


@pytest.mark.any_database
def test_an_answer_takes_few_queries(site, ask, caf):
    path = site.live(lead_illustration=illustration(file=picture_upload())).get_url()
    ask(path)
    with CaptureQueriesContext(connection) as captured:
        assert ask(f"{path}?partenaire={caf.key}").status_code == 200
    assert len(captured) <= 6, "\n".join(query["sql"] for query in captured)
