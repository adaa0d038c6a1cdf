"""A parent or a partner puts topics into a booklet; the choice lives in the address."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from accounts.limits import cache
from pages import booklet
from pages.booklet_choice import MOST, Choice, chosen
from pages.models import Stage, ThemePage
from tests.factories.media import RecordingFactory, picture_upload
from tests.factories.pages import help_number, placed, stream
from tests.factories.translations import published, reading_signatory, translated, translator
from tests.factories.workgroups import illustration
from tests.pages.test_languages import turn_on
from workgroups import signing
from workgroups.models import EditorialRecord


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BOOKLETS_FOLDER = tmp_path / "booklets"


@pytest.fixture
def unmade(monkeypatch):
    """Booklets are asked for, and not set: the HTML of those that were."""
    made = []

    def make(html):
        made.append(html)
        return b"%PDF-", True

    monkeypatch.setattr(booklet, "_make", make)
    return made


def choice_of(client, keys):
    response = client.get("/fr/livret/", {"sujets": ",".join(map(str, keys))})
    assert response.status_code == 200
    assert not response.cookies
    return response.context["choice"]


def key(topic):
    return str(topic.translation_key)


def ask_for(client, *topics, language="fr"):
    """The response and the bytes of a booklet of these topics."""
    address = f"/{language}/livret/mes-infos-bebe.pdf"
    response = client.get(address, {"sujets": ",".join(map(key, topics))})
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
    picture = illustration(file=picture_upload(size=(900, 700)), long_description="Bain, puis lit.")
    sound = RecordingFactory(type="audio", transcript="Bonsoir les étoiles.")
    body = stream(
        ("infographic", {"picture": placed(picture), "caption": "Le soir"}),
        ("recording", {"heading": "Une berceuse", "recording": sound.pk}),
        ("near_you", {"text": "Demandez à la PMI.", "kinds": [], "speciality": ""}),
    )
    bath = site.live(title="Le bain", lead_illustration=picture, body=body)
    topics = [bath, site.live(title="La sieste")]
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
    said = re.sub(r"\s+", " ", "".join(texts))
    # What was signed stands there, in words where there is nothing to look at or to press.
    for words in ("Hélène Garnier", "Bain, puis lit.", "Bonsoir les étoiles.", "à la PMI."):
        assert words in said
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
    ThemePage.objects.filter(pk=site.theme.pk).update(title="Dormir")
    ask_for(client, topic)
    Stage.objects.update(label="De 0 à 3 mois")
    ask_for(client, topic)
    EditorialRecord.objects.filter(page=topic).update(behind_since=timezone.now())
    ask_for(client, topic)
    assert len(unmade) == 6


@pytest.mark.any_database
def test_a_kept_one_is_found_in_as_few_queries_for_many_topics(client, site, unmade):
    """And without rendering it; what is made takes as many for each topic as its page does."""
    topics = [site.live(title=title) for title in ("Un", "Deux", "Trois", "Quatre")]

    def queries(*topics):
        with CaptureQueriesContext(connection) as captured:
            assert ask_for(client, *topics)[0].status_code == 200
        return len(captured)

    queries(topics[0])
    made = queries(*topics[1:3]), queries(*topics[1:])
    assert made[1] - made[0] <= 8
    assert len(unmade) == 3
    assert queries(topics[0]) == queries(*topics[1:]) <= 5
    assert len(unmade) == 3


def test_one_without_a_picture_that_could_not_be_had_is_not_kept(client, site, monkeypatch):
    """The store of files may answer the next one."""
    topic = site.live()
    monkeypatch.setattr(booklet.subprocess, "run", set_at_once)
    with monkeypatch.context() as patch:
        patch.setattr(booklet.default_storage, "open", no_answer)
        for _time in range(2):
            assert ask_for(client, topic)[1] == b"%PDF-"
            assert not list(booklet.settings.BOOKLETS_FOLDER.glob("*"))
    ask_for(client, topic)
    assert len(list(booklet.settings.BOOKLETS_FOLDER.glob("*.pdf"))) == 1


def set_at_once(command, **kwargs):
    (Path(command[2]) / "booklet.pdf").write_bytes(b"%PDF-")


def no_answer(*args, **kwargs):
    raise OSError("the store does not answer")


def test_the_oldest_go_and_another_process_may_be_quicker(client, site, unmade, monkeypatch):
    monkeypatch.setattr(booklet, "KEPT", 1)
    one, two = site.live(title="Un"), site.live(title="Deux")
    ask_for(client, one)
    stat = Path.stat

    def taken_meanwhile(file, **kwargs):
        if file.suffix == ".pdf" and file in first:
            file.unlink(missing_ok=True)
        return stat(file, **kwargs)

    first = set(booklet.settings.BOOKLETS_FOLDER.glob("*.pdf"))
    monkeypatch.setattr(Path, "stat", taken_meanwhile)
    assert ask_for(client, two)[0].status_code == 200
    assert len(list(booklet.settings.BOOKLETS_FOLDER.glob("*"))) == 1


def test_a_booklet_in_arabic_says_what_the_pages_do(client, site, unmade):
    turn_on("ar", site.coordinator)
    linked = site.live(title="Lié")
    body = stream(("text", f'<p><a linktype="page" id="{linked.pk}">Lire</a></p>'))
    french = site.live(title="Le sommeil", body=body)
    by = translator("ar")
    pages = [translated(p, "ar", site.author, by, mark="نوم") for p in (linked, french)]
    pages = [published(p, by, reading_signatory("ar")) for p in pages]
    help_number("allo-parents", number="0 800 00 34 56", in_languages={"ar": {"name": "هاتف"}})
    Stage.objects.update(in_languages={"ar": {"label": "0–3 أشهر"}})
    EditorialRecord.objects.filter(page=pages[1]).update(behind_since=timezone.now())
    assert ask_for(client, *pages, language="ar")[0].status_code == 200
    html = unmade[0]
    assert re.search(r'<strong dir="ltr">0\s800\s00\s34\s56</strong> هاتف', html)
    assert '<p class="head__stages">0–3 أشهر</p>' in html
    # That it is of an earlier version is said, and its links lead to the site from anywhere.
    assert f'<a href="http://testserver{french.get_url()}" hreflang="fr">' in html
    assert f'href="http://testserver{pages[0].get_url()}"' in html
    assert 'href="/' not in html


def test_robots_do_not_ask_for_booklets(client, site):
    closed = client.get("/robots.txt").content.decode().splitlines()
    assert {f"Disallow: /{code}/livret/mes-infos-bebe.pdf" for code in ("fr", "ar")} <= {*closed}
    html = client.get("/fr/livret/", {"sujets": key(site.live())}).content.decode()
    assert re.search(r'href="/fr/livret/mes-infos-bebe.pdf[^"]*" rel="nofollow"', html)


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
