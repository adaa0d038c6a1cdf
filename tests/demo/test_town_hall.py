"""The small site of one of the demo's partners."""

import html
import re
import socket
import urllib.request

import pytest

from demo.town_hall import NAME, TOPIC, write_town_hall
from partners import scripts
from tests.partners.conftest import partner_at
from tools import demo

pytestmark = pytest.mark.any_database


def test_its_pages_hold_lines_that_work(client, site, tmp_path):
    assert not write_town_hall(tmp_path / "none", "http://localhost:8000")
    partner_at("http://localhost:8001", name=NAME)
    topic = site.live(title="La nuit", slug=TOPIC)
    assert write_town_hall(tmp_path / "made", "http://testserver")
    pages = {path.name: path.read_text() for path in (tmp_path / "made").iterdir()}
    assert set(pages) == {"index.html", "sommeil.html", "lien.html", "cadre.html", "style.css"}
    assert not any("$" in page for page in pages.values())
    for name in set(pages) - {"style.css"}:
        assert (
            f"<title>{re.search('<h1>(.*)</h1>', pages[name])[1]} · {NAME}</title>" in pages[name]
        )
        assert f'href="{name.replace("index.html", "./")}"' in pages[name]
    [source] = re.findall(r'<iframe src="http://testserver([^"]+)"', pages["cadre.html"])
    answer = client.get(html.unescape(source))
    assert answer.status_code == 200
    assert "http://localhost:8001" in answer["Content-Security-Policy"]
    # What a newcomer sees first is as tall as what it shows.
    of_topic, of_theme = f"/sujet/{topic.translation_key}/", site.theme.get_url()
    shown = {"index.html": of_topic, "lien.html": of_topic, "sommeil.html": of_theme}
    for name, path in shown.items():
        link = f'<a data-mes-infos-bebe href="http://testserver{path}?'
        assert link in pages[name]
        assert pages[name].count("<iframe") == pages[name].count("<noscript><iframe") == 1
        assert f'<script src="http://testserver{scripts.script_path()}"' in pages[name]


def test_it_is_served_here_alone_and_a_taken_port_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(demo, "VAR", tmp_path)
    monkeypatch.setattr(
        "demo.town_hall.write_town_hall",
        lambda folder, address: folder.mkdir() or (folder / "index.html").write_text(address),
    )
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert demo.partner_site("x", port) == f"not there: port {port} is taken."
    (tmp_path / "town-hall" / "index.html").unlink()
    (tmp_path / "town-hall").rmdir()
    said = demo.partner_site("http://localhost:9", port)
    assert said == f"http://localhost:{port}/"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
        assert answer.read() == b"http://localhost:9"
