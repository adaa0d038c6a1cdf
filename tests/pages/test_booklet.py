"""A parent or a partner puts topics into a booklet; the choice lives in the address."""

import re
import subprocess
import sys
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.http import QueryDict
from pypdf import PdfReader

from pages import booklet
from pages.booklet_choice import MOST, Choice, chosen
from tests.factories.media import picture_upload
from tests.factories.pages import help_number
from tests.factories.workgroups import illustration
from workgroups import signing


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BOOKLETS_FOLDER = tmp_path / "booklets"


@pytest.fixture
def unmade(monkeypatch):
    """Booklets are asked for, and not set: {path: html} of those that were."""
    made = {}

    def make(html, kept):
        made[kept] = html
        kept.write_bytes(b"%PDF-")

    monkeypatch.setattr(booklet, "_make", make)
    return made


def choice_of(client, keys):
    response = client.get("/fr/livret/", {"sujets": ",".join(map(str, keys))})
    assert response.status_code == 200
    assert not response.cookies
    return response.context["choice"]


def key(topic):
    return str(topic.translation_key)


def ask_for(client, *topics):
    """The status and the bytes of a booklet of these topics."""
    response = client.get("/fr/livret/mes-infos-bebe.pdf", {"sujets": ",".join(map(key, topics))})
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response, body


def test_ticking_leads_to_one_address_with_the_choice_in_its_order(client, site):
    one, two, three = (site.live(title=title) for title in ("Un", "Deux", "Trois"))
    html = client.get("/fr/livret/").content.decode()
    assert html.count('type="checkbox"') == 3
    ticked = {"sujets": key(three), "sujet": [key(one), key(three), key(two)]}
    response = client.get("/fr/livret/", ticked)
    assert response.status_code == 302
    assert response["Location"] == f"/fr/livret/?sujets={key(three)},{key(one)},{key(two)}"
    choice = choice_of(client, [key(three), key(one), key(two)])
    assert [topic.title for topic in choice.topics] == ["Trois", "Un", "Deux"]


def test_links_change_the_order_and_take_topics_out(client, site):
    one, two, three = (site.live(title=title) for title in ("Un", "Deux", "Trois"))
    (_, _, up, down), (_, without, up_two, down_two), (_, _, _, last) = Choice(
        [one, two, three]
    ).rows()
    assert up is None
    assert last is None
    assert without.endswith(f"={key(one)},{key(three)}")
    assert up_two == down
    assert up_two.endswith(f"={key(two)},{key(one)},{key(three)}")
    assert down_two.endswith(f"={key(one)},{key(three)},{key(two)}")


def test_what_cannot_be_had_is_said_and_the_rest_is_kept(client, site):
    there, gone = site.live(title="Là"), site.live(title="Retiré")
    signing.withdraw(gone, site.coordinator, "Une dose était fausse.")
    draft = site.draft(title="En cours")
    asked = [uuid4(), key(gone), key(there), "💬" * 2000, key(draft), "a\0b"]
    choice = choice_of(client, asked)
    assert choice.topics == [there]
    assert (choice.unknown, choice.withdrawn, choice.elsewhere) == (4, 1, 0)
    in_english = chosen(QueryDict(f"sujets={key(there)}"), "en")
    assert (in_english.topics, in_english.elsewhere) == ([], 1)
    html = client.get("/fr/livret/", {"sujets": ",".join(map(str, asked))}).content.decode()
    assert "En cours" not in html
    assert "Retiré" not in html


def test_a_booklet_holds_so_many_topics_and_no_more(client, site, monkeypatch):
    monkeypatch.setattr("pages.booklet_choice.MOST", 2)
    topics = [site.live(title=f"Sujet {number}") for number in range(3)]
    choice = choice_of(client, [key(topic) for topic in topics])
    assert (len(choice.topics), choice.left_out) == (2, 1)
    assert MOST > 2


def test_nothing_chosen_leads_back_to_the_choice(client, site):
    response = client.get("/fr/livret/mes-infos-bebe.pdf", {"sujets": "x"})
    assert (response.status_code, response["Location"]) == (302, "/fr/livret/")


def test_it_has_a_cover_contents_with_true_page_numbers_and_the_signatures(client, site):
    picture = illustration(file=picture_upload(size=(900, 700)))
    topics = [site.live(title="Le bain", lead_illustration=picture), site.live(title="La sieste")]
    response, body = ask_for(client, *topics)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert not response.cookies
    paper = PdfReader(BytesIO(body))
    root = paper.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("fr", True)
    texts = [page.extract_text() for page in paper.pages]
    for topic in topics:
        number = int(re.search(rf"{topic.title}\s*[ .]*\s*(\d+)", texts[1])[1])
        assert topic.key_message in texts[number - 1].replace("\n", " ")
    assert "Hélène Garnier" in "".join(texts)
    assert f"http://testserver{topics[0].get_url()}" in "".join(texts).replace("\n", "")
    assert paper.pages[2].images


def test_the_same_content_is_made_once(client, site, unmade):
    topic, other = site.live(title="Un"), site.live(title="Deux")
    for _time in range(2):
        assert ask_for(client, topic)[1] == b"%PDF-"
    assert len(unmade) == 1
    ask_for(client, other)
    assert len(unmade) == 2
    help_number("allo-parents")  # no topic changed, but what the booklet says did
    ask_for(client, topic)
    assert len(unmade) == 3


def test_only_so_many_are_made_at_once_and_whoever_comes_then_is_told(client, site, unmade):
    topic = site.live()
    for place in range(booklet.AT_ONCE):
        cache.add(f"booklet-place-{place}", True)
    response, body = ask_for(client, topic)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert f"mes-infos-bebe.pdf?sujets={key(topic)}" in body.decode()  # to try again
    cache.delete("booklet-place-0")
    assert ask_for(client, topic)[0].status_code == 200
    assert cache.add("booklet-place-0", True)  # given back


def test_one_that_takes_too_long_is_given_up(client, site, monkeypatch):
    monkeypatch.setattr(booklet, "SECONDS", 0.01)
    topic = site.live()
    response, _body = ask_for(client, topic)
    assert response.status_code == 503
    assert "Retry-After" in response


ASK = """
import sys
from pathlib import Path
from booklet_pdf import OwnFiles
files = OwnFiles(Path(sys.argv[1]), "own:")
for address in sys.argv[2:]:
    try:
        print(files.fetch(address).read())
    except ValueError as error:
        print(str(error).split(":")[0])
"""


@pytest.mark.any_database
def test_nothing_is_fetched_from_elsewhere(tmp_path):
    (tmp_path / "own.txt").write_text("ici")
    elsewhere = [
        "http://127.0.0.1/",
        "https://example.org/x.png",
        "file:///etc/passwd",
        "own:../own.txt",
        "own:/etc/passwd",
        "data:text/plain,x",
    ]
    command = [sys.executable, "-c", ASK, str(tmp_path), "own:own.txt", *elsewhere]
    said = subprocess.check_output(command, cwd=booklet.SETTER.parent, text=True)
    assert said.splitlines() == ["b'ici'", *["Nothing is fetched from elsewhere"] * 6]


@pytest.mark.any_database
def test_who_sets_letters_does_not_weaken_the_look_at_uploads():
    """WeasyPrint has Pillow take damaged pictures for whole ones: it stays out of the site."""
    assert "weasyprint" not in sys.modules
