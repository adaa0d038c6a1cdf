"""Words that several searches left without a result: counted, and nothing about who."""

from datetime import date

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from pages.models import FruitlessWord
from pages.search import fruitless
from tests.factories.workgroups import person

SEARCH = "/fr/recherche/"


@pytest.fixture(autouse=True)
def nothing_noted():
    caches["fruitless"].clear()


def search(client, words, times=1):
    for _ in range(times):
        assert client.get(SEARCH, {"q": words}).status_code == 200


def kept():
    call_command("keep_fruitless_words", verbosity=0)
    return {row.word: row.searches for row in FruitlessWord.objects.all()}


def test_only_what_came_several_times_is_kept_and_one_word_at_a_time(client, db):
    search(client, "trampoline girafe", times=2)
    search(client, "le trampoline de Zoé 0612345678", times=2)
    assert not FruitlessWord.objects.exists()  # not by the search itself
    assert kept() == {"trampoline": 4}
    # What came less often stands nowhere by name.
    assert "girafe" not in repr(caches["fruitless"]._cache)
    search(client, "trampoline")
    assert kept() == {"trampoline": 5}
    assert kept() == {"trampoline": 5}


def test_what_is_found_is_not_counted_nor_what_stands_under_the_field(client, site):
    site.live()
    search(client, "réveille", times=3)
    for _ in range(3):
        client.get(SEARCH, {"q": "trampo", "suggestions": "1"})
        client.get(SEARCH, {"q": "trampoline", "page": "2"})
    assert kept() == {}


def test_what_nobody_searched_for_a_year_goes(db):
    FruitlessWord.objects.create(
        language="fr", word="trampoline", searches=9, last_on=timezone.localdate() - fruitless.KEPT
    )
    FruitlessWord.objects.create(language="fr", word="girafe", searches=9, last_on=date(2020, 1, 1))
    assert kept() == {"trampoline": 9}


def test_coordinators_read_them_and_nobody_else(client, db):
    FruitlessWord.objects.create(
        language="fr", word="trampoline", searches=9, last_on=timezone.localdate()
    )
    report = reverse("pages_fruitless_words")
    for role, may in (("coordinator", True), ("author", False)):
        client.force_login(person(role))
        response = client.get(report)
        assert (response.status_code == 200) == may
        assert ("trampoline" in response.content.decode()) == may
        assert (report in client.get(reverse("wagtailadmin_home")).content.decode()) == may
    client.force_login(person("coordinator"))
    file = client.get(report, {"export": "csv"})
    assert "trampoline" in b"".join(file.streaming_content).decode()
