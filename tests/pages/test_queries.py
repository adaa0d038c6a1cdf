"""How many queries a page takes, and that lists do not make them grow."""

from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.media import CaptionTrackFactory
from tests.factories.pages import placed, stage, stream
from tests.factories.workgroups import illustration

numbers = count(1)


def queries(client, url):
    """The queries of the second request."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured]


def typical_body(*links):
    """12 blocks, 6 pictures, a film, links to other topics."""
    pictures = [placed(illustration()) for _ in range(5)]
    steps = [{"picture": p, "title": "Baisser", "text": "Avant."} for p in pictures[:3]]
    linked = "".join(f'<a linktype="page" id="{page.pk}">Lire</a>' for page in links)
    film = CaptionTrackFactory().recording
    text = ("text", f"<p>Il se réveille. {linked}</p>")
    call_out = ("call_out", {"tone": "tip", "heading": "La faim", "text": "Elle compte."})
    belief = {"statement": "Il dort.", "answer": "true", "explanation": "Oui."}
    return stream(
        text,
        call_out,
        text,
        ("steps", {"heading": "Le rituel", "steps": steps}),
        ("recording", {"heading": "Écouter", "recording": film.pk}),
        text,
        ("picture", {"picture": pictures[3], "caption": "Le lit"}),
        ("do_dont", {"do": ["Parler bas."], "dont": ["Un écran."]}),
        ("true_false", belief),
        call_out,
        text,
        ("picture", {"picture": pictures[4], "caption": "La sieste"}),
    )


def add_topics(site, how_many):
    for _ in range(how_many):
        site.live(title=f"Voisin {next(numbers)}")


def test_a_typical_topic_takes_at_most_eight_queries(client, site, django_assert_max_num_queries):
    linked = [site.live(title="Lié"), site.live(title="Lié aussi")]
    topic = site.live(title="Typique", body=typical_body(*linked))
    seen = queries(client, topic.get_url())
    # The topic with its theme, record and group; its stages; the topics it
    # links to and those of the same age; pictures with their renditions; the
    # film with its captions; help numbers; signatures; the site's address.
    assert len(seen) <= 8, "\n".join(seen)


@pytest.mark.any_database
def test_the_number_of_topics_beside_it_changes_nothing(client, site):
    """1 topic beside it or 20: made once for all the pages, each by the workflow's own ways."""
    urls = ["/fr/sommeil/typique/", "/fr/", "/fr/sommeil/", "/fr/?etape=a"]
    site.live(title="Typique", body=typical_body())
    stage("a")
    add_topics(site, 1)
    few = {url: len(queries(client, url)) for url in urls}
    add_topics(site, 19)
    for url in urls:
        many = queries(client, url)
        assert len(many) == few[url], "\n".join([url, *many])


def test_lists_take_few_queries(client, site):
    add_topics(site, 3)
    assert len(queries(client, "/fr/")) <= 14
    assert len(queries(client, "/fr/sommeil/")) <= 14


def test_reading_makes_no_rendition(client, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        topic = site.live(title="Typique", body=typical_body())
    with CaptureQueriesContext(connection) as captured:
        client.get(topic.get_url())
    assert not [q for q in captured if "INSERT" in q["sql"] and "rendition" in q["sql"]]


def test_a_typical_topic_has_at_most_300_nodes(client, site):
    import re

    topic = site.live(title="Typique", body=typical_body())
    html = client.get(topic.get_url()).content.decode()
    assert len(re.findall(r"<[a-z]", html)) <= 300
