"""The site as an oEmbed provider: what it answers, to whom, and that consumers can use it."""

import re
from html import escape, unescape
from html.parser import HTMLParser
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

from pages.models import TopicPage
from pages.site_languages import prepare, switch
from partners.addresses import embed_path, list_path, map_path
from partners.lines import lines_of
from tests.factories.media import picture_upload
from tests.factories.pages import theme_page
from tests.factories.translations import shelves
from tests.factories.workgroups import illustration, publish
from workgroups import signing, workflow

from .test_embed import UNKNOWN

HERE = "http://testserver"
# Shapes of films, width by height, in WordPress's block for what is embedded.
FILMS = (2.33, 2.0, 1.78, 1.33, 1.0, 0.56, 0.5)
SIZES = ("0", "-1", "1.5", "beaucoup", "٣", "9" * 5000)


@pytest.fixture
def ask(client):
    """Ask about an address, a path of this site for short, with further parameters."""

    def ask(address, **parameters):
        url = HERE + address if address.startswith("/") else address
        return client.get("/oembed", {"url": url, **parameters})

    return ask


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


class Frame(HTMLParser):
    """The elements of a piece of HTML: [(tag, attributes)]."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def frame_of(data):
    [(tag, attributes)] = Frame(data["html"]).found
    assert tag == "iframe"
    assert data["html"].endswith("></iframe>")
    return attributes


def found_by_wordpress(html):
    """What WP_oEmbed::discover() (6.1) takes from a page: the address to ask, or None."""
    head = html[: 150 * 1024].partition("</head>")[0]
    for link in re.findall(r"<link([^<>]+?)/?>", head, re.IGNORECASE):
        named = dict(re.findall(r'([\w-]+)\s*=\s*"([^"]*)"', link))
        if named.get("type") == "application/json+oembed" and named.get("href"):
            return unescape(named["href"])
    return None


def kept_by_wordpress(html):
    """What wp_filter_oembed_result() and the filter for titles (6.1) make of a provider's answer
    that nobody vouched for; False where they show nothing."""
    allowed = {
        "iframe": {"src", "width", "height", "frameborder", "marginwidth", "marginheight",
                   "scrolling", "title"},
        "blockquote": set(),
        "a": {"href"},
    }  # fmt: skip
    kept = ""
    for tag, attributes in Frame(html).found:
        if tag in allowed:
            named = {name: value for name, value in attributes.items() if name in allowed[tag]}
            said = "".join(f' {name}="{escape(value)}"' for name, value in named.items())
            kept += f"<{tag}{said}></{tag}>"
    frame = re.search(r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", kept, re.DOTALL)
    if frame is None:
        return False
    html = re.sub(r' src="(.*?)"', r' src="\1#?secret=abc" data-secret="abc"', frame[2])
    ours = 'class="wp-embedded-content" sandbox="allow-scripts" security="restricted"'
    return (frame[1] or "") + html.replace("<iframe", f"<iframe {ours}")


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
    assert "Cookie" not in response.get("Vary", "")
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


def test_a_line_outlives_a_new_slug_and_a_move(
    client, site, ask, caf, django_capture_on_commit_callbacks
):
    topic = site.live(title="Le bain", slug="le-bain")
    key, old = topic.translation_key, topic.get_url()
    line = embed_path(key, caf, wash="plum")
    lines = lines_of(topic, caf)
    assert f'href="{lines.address}"' in lines.with_script
    assert "le-bain" not in lines.with_script + lines.oembed + lines.frame

    workflow.start_round(topic, site.author)
    topic.slug = "bain-du-soir"
    topic.save_revision(user=site.author)
    with django_capture_on_commit_callbacks(execute=True):
        topic = publish(topic, site.author, site.signatory)
    second = topic.get_url()
    elsewhere = theme_page(site.home, site.group, title="Soins", slug="soins")
    topic.move(elsewhere, pos="last-child")
    topic = TopicPage.objects.get(pk=topic.pk)
    now = topic.get_url()
    assert len({old, second, now}) == 3

    asked = f"?partenaire={caf.key}&couleur=plum"
    for address in (old, second, now, f"/sujet/{key}/", f"/embed/{key}/"):
        src = frame_of(ask(f"{address}{asked}&langue=").json())["src"]
        assert src == HERE + line, address
        assert client.get(address, follow=True).status_code == 200
    assert client.get(old).url == client.get(second).url == now
    # The link that stays without the script leads to the page, which says how it is embedded.
    page = client.get(f"/sujet/{key}/{asked}", follow=True)
    assert page.redirect_chain[0][0].partition("?")[0] == now
    [discovered] = re.findall(
        r'json\+oembed" href="http://testserver([^"]+)"', page.content.decode()
    )
    assert frame_of(client.get(discovered.replace("&amp;", "&")).json())["src"] == HERE + line
    assert ask(f"/sujet/{UNKNOWN}/").status_code == 404
    for odd in (UNKNOWN, "x", "é" * 300, "%00"):
        assert client.get(f"/sujet/{odd}/", follow=True).status_code == 404

    # A copy is another topic, with a key of its own.
    copy = topic.copy(update_attrs={"slug": "copie", "title": "Copie"}, keep_live=False)
    assert copy.translation_key != key
    assert client.get(line).status_code == 200
    signing.withdraw(topic, site.signatory, "Une erreur.")
    assert ask(old).status_code == ask(f"/sujet/{key}/").status_code == 404


def test_a_theme_is_found_under_its_old_name(client, site, ask, django_capture_on_commit_callbacks):
    site.live(title="La sieste")
    theme, old = site.theme, site.theme.get_url()
    theme.slug = "dodo"
    with django_capture_on_commit_callbacks(execute=True):
        theme.save_revision().publish()
    for address in (old, "/fr/dodo/"):
        src = frame_of(ask(address).json())["src"]
        assert src == f"{HERE}/embed/liste/?langue=fr&theme=dodo"
    assert "La sieste" in client.get("/embed/liste/?theme=sommeil").content.decode()


def test_a_theme_is_shown_as_the_list_of_its_topics(client, site, ask):
    site.live(title="Le sommeil des tout-petits")
    data = ask(site.theme.get_url()).json()
    assert data["title"] == site.theme.title
    assert "author_name" not in data
    response = client.get(frame_of(data)["src"].removeprefix(HERE))
    assert response.status_code == 200
    assert "Le sommeil des tout-petits" in response.content.decode()


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


def test_whoever_pastes_a_whole_line_has_its_frame(site, ask, caf):
    topic, early = site.live(title="Le bain"), site.stage
    for path, title in (
        (embed_path(topic.translation_key, caf, wash="plum", pictures=False), "Le bain"),
        (embed_path(topic.translation_key), "Le bain"),
        (list_path(theme=site.theme.slug), site.theme.title),
        (list_path(caf, language="fr", stage=early.slug), early.name),
        (map_path(caf, departement="69"), "Rhône"),
    ):
        data = ask(path, maxwidth=500).json()
        frame = frame_of(data)
        assert frame["src"] == HERE + path
        assert title in data["title"]
        assert (frame["title"], frame["width"]) == (data["title"], "500")
    odd = f"{embed_path(topic.translation_key)}?couleur=plum&images=%22onload&langue=zz"
    assert frame_of(ask(odd).json())["src"] == HERE + embed_path(topic.translation_key)
    signing.withdraw(topic, site.signatory, "Une erreur.")
    key = "00000000-0000-4000-8000-000000000000"
    for path in (
        embed_path(topic.translation_key, caf),
        embed_path(key),
        f"{embed_path(key)}?partenaire={'x' * 22}",
        "/embed/liste/?etape=early",
        map_path(caf),
        "/embed/rien/",
        "/embed.js",
        "/oembed",
        f"https://ailleurs.example{map_path(caf, departement='69')}",
    ):
        assert ask(path).status_code == 404, path


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
