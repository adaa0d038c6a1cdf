"""/embed.js: by one address it is the newest, by another it never changes."""

import gzip
import re

import pytest

from partners import scripts
from partners.addresses import embed_path, map_path

pytestmark = pytest.mark.django_db

# What sites that load a version by its integrity were told. Nothing here is ever changed.
PUBLISHED = {
    1: "sha384-3CVPcq59QE2wWnHOvOQ6tLrHkW7hm3gbUKlanYKmrcIp2AhqAYj4iWZMSSgyfnY3",
    2: "sha384-+z356DpqtXXuW4NNQzHy6KMXP6QL9kIxeTfi37TCZxZe0UvNPwiM7U6Dxe2NSxYQ",
    3: "sha384-T8tnuJ0ni8kYOMhJhHyAs5LLp0Nd4InGyZoXRn0beyoj2RUHXkk6ZpDZFdBJv8dM",
}


def test_a_published_version_never_changes(client):
    assert scripts.PUBLISHED == PUBLISHED
    for version, integrity in PUBLISHED.items():
        response = client.get(f"/embed-{version}.js")
        assert scripts.integrity(response.content) == integrity
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Content-Type"].startswith("text/javascript")
    newest = client.get("/embed.js")
    assert newest.content == client.get(scripts.script_path()).content
    assert newest["Cache-Control"] == "public, max-age=3600"
    assert newest["Access-Control-Allow-Origin"] == "*"
    assert len(gzip.compress(newest.content)) <= 3 * 1024
    assert client.get(f"/embed-{max(PUBLISHED) + 1}.js").status_code == 404
    assert client.post("/embed.js").status_code == 405


def test_each_kind_of_frame_has_its_style_from_one_file(client, site, caf):
    topic = embed_path(site.live().translation_key)
    addresses = set()
    for path, own in ((topic, ".topic-hero"), (map_path(caf, departement="69"), ".map__ground")):
        html = client.get(path).content.decode()
        [address] = re.findall(r'<link rel="stylesheet" href="([^"]+)">', html)
        addresses.add(address)
        response = client.get(address)
        css = response.content.decode()
        assert "immutable" in response["Cache-Control"]
        assert response["Access-Control-Allow-Origin"] == "*"
        assert own in css
        assert ".embed__foot" in css
        fonts = re.findall(r'url\("([^"]+)"\)', css)
        preloaded = re.findall(r'<link rel="preload" href="([^"]+)"', html)
        assert set(preloaded) <= set(fonts)
    assert len(addresses) == 2
    for of_another_day in ("/embed-autrefois.css", "/embed-carte-autrefois.css"):
        assert client.get(of_another_day)["Cache-Control"] == "no-cache"
