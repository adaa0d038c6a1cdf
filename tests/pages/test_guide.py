"""The workgroups' guide is read where the work is done, and Help leads nowhere else."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse

from pages import guide
from tests.factories.workgroups import person

pytestmark = pytest.mark.django_db

ROLES = ("author", "coordinator", "administrator")


@pytest.fixture
def author(client):
    user = person("author")
    client.force_login(user)
    return user


def shown(client):
    """The guide on its page."""
    response = client.get(reverse("pages_guide"))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select_one(".guide")


@pytest.fixture
def text(tmp_path, monkeypatch):
    """Have the guide say something else: ``text(markdown)``."""

    def write(markdown):
        file = tmp_path / "editors.md"
        file.write_text(markdown)
        monkeypatch.setattr(guide, "GUIDE", file)

    return write


def test_an_author_reads_the_whole_guide(client, author):
    page = shown(client)
    source = (settings.ROOT / "docs" / "editors.md").read_text()
    headings = re.findall(r"(?m)^## (.+)$", source)
    assert len(headings) > 5
    assert [heading.text for heading in page.select("h2")] == headings
    assert len(page.select("tbody tr")) == len(re.findall(r"(?m)^\| \*\*", source))
    # Nothing of the way it is written is left over.
    assert not re.search(r"\*\*|^\s*[-#|]|\]\(", page.text, re.MULTILINE)


def test_its_headings_links_and_pictures_lead_somewhere(client, author):
    response = client.get(reverse("pages_guide"))
    (crumb,) = response.context["breadcrumbs_items"][1:]
    assert crumb["label"] == guide.GuideView.page_title
    page = shown(client)
    assert not page.select("h1")
    ids = [heading["id"] for heading in page.select("h2, h3")]
    assert len(ids) == len(set(ids))
    levels = [int(heading.name[1]) for heading in page.select("h2, h3, h4, h5, h6")]
    assert all(b <= a + 1 for a, b in zip([1, *levels], levels, strict=False))
    assert [link["href"] for link in page.select("nav a")] == [f"#{h['id']}" for h in page("h2")]
    assert all(cell["scope"] == "col" for cell in page.select("th"))
    for link in page.select("a"):
        place = link["href"]
        assert place[1:] in ids if place.startswith("#") else place.startswith(("https://", "/"))
    for picture in page.select("img"):
        assert picture["alt"]
        assert client.get(picture["src"]).status_code == 200


def test_a_picture_beside_the_guide_is_served_and_no_other_file(client, author, text, tmp_path):
    (tmp_path / "screens").mkdir()
    (tmp_path / "screens" / "board.png").write_bytes(b"picture")
    (tmp_path / "secret.md").write_text("secret")
    text("# Guide\n\n## Voir\n\n![Le tableau](screens/board.png)\n")

    (picture,) = shown(client).select("img")

    assert picture["alt"] == "Le tableau"
    assert b"".join(client.get(picture["src"])) == b"picture"
    for name in ("secret.md", "..%2Fsecret.md", "other.png"):
        place = reverse("pages_guide") + f"images/{name}"
        assert client.get(place, follow=True).status_code == 404


def test_markup_in_the_guide_is_text(client, author, text):
    text("# Guide\n\n<script>alert(1)</script> [aide](javascript:alert(1)) <b>gras</b>\n")
    page = shown(client)
    assert not page.select("script, b, a[href^=javascript]")
    assert "<script>" in page.text


def test_it_is_for_those_who_may_enter(client):
    for place in (reverse("pages_guide"), reverse("pages_guide_picture", args=["board.png"])):
        assert client.get(place).status_code == 302


@pytest.mark.parametrize("who", [*ROLES, "superuser"])
def test_help_leads_to_the_guide_and_not_out_of_the_site(client, who):
    user = person(is_superuser=True) if who == "superuser" else person(who)
    client.force_login(user)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    page = BeautifulSoup(html, "html.parser")
    menu = json.loads(page.select_one("#wagtail-sidebar-props").text)
    items = list(links_in(menu))
    assert reverse("pages_guide") in items
    assert [place for place in items if place.startswith("http")] == []
    assert "guide.wagtail.org" not in html
    assert [a["href"] for a in page.select("main a[href^=http]")] == []


def links_in(value):
    """Every address in Wagtail's description of its sidebar."""
    if isinstance(value, str) and value.startswith(("http", "/")):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from links_in(part)
