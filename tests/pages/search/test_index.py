"""The index holds what parents can read, at every moment, and nothing else."""

import unicodedata

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from pages.models import TopicPage
from pages.search import index, ranking
from pages.search.models import SearchEntry, SearchTerm, SearchWord
from pages.search.passages import marked
from pages.search.questions import understood
from pages.search.ranking import find
from tests.factories.pages import stream
from tests.factories.workgroups import publish
from workgroups import signing
from workgroups.workflow import start_round


def found(words):
    return find(understood(words, "fr")).topic_ids


def test_a_topic_is_found_from_its_publication_to_its_withdrawal_and_again(site, capsys):
    topic = site.draft(title="Le hoquet", body=stream(("text", "<p>Un hibou.</p>")))
    assert found("hoquet") == []
    topic = publish(topic, site.author, site.signatory)
    assert found("hoquet") == found("hibou") == [topic.pk]

    start_round(topic, site.author)
    draft = TopicPage.objects.get(pk=topic.pk).get_latest_revision_as_object()
    draft.body = stream(("text", "<p>Une girafe.</p>"))
    draft.save_revision(user=site.author)
    assert found("girafe") == []
    publish(draft, site.author, site.signatory)
    assert found("girafe") == [topic.pk]
    assert found("hibou") == []
    assert not SearchTerm.objects.filter(text="hibou").exists()

    signing.withdraw(TopicPage.objects.get(pk=topic.pk), site.coordinator, "Une erreur.")
    assert found("hoquet") == []
    assert not SearchEntry.objects.exists()
    assert not SearchTerm.objects.exists()

    again = TopicPage.objects.get(pk=topic.pk)
    start_round(again, site.author)
    publish(again, site.author, site.signatory)
    assert found("girafe") == [topic.pk]

    rows = list(SearchEntry.objects.values())
    SearchEntry.objects.all().delete()
    call_command("rebuild_search")
    assert capsys.readouterr().out.strip().endswith("1")
    assert found("girafe") == [topic.pk]
    assert list(SearchEntry.objects.values()) == rows


def test_a_new_name_of_a_theme_or_a_stage_finds_its_topics(
    site, django_capture_on_commit_callbacks
):
    topic = site.live(title="Le hoquet")
    site.theme.title = "Marionnettes"
    site.theme.save_revision().publish()
    assert found("marionnette") == [topic.pk]
    site.stage.name = "Les premiers trimestres"
    with django_capture_on_commit_callbacks(execute=True):
        site.stage.save()
    assert found("trimestre") == [topic.pk]
    site.stage.name = "Le temps des girafes"
    with django_capture_on_commit_callbacks(execute=True):
        site.stage.save()
    assert found("trimestre") == []
    # What is not searched changes nothing in the index.
    site.stage.to_day += 1
    with django_capture_on_commit_callbacks() as later:
        site.stage.save()
    assert later == []


def test_what_is_not_for_everybody_is_not_found(site):
    closed = PageViewRestriction.objects.create(page=site.home, restriction_type="login")
    topic = site.live(title="Le hoquet")
    assert found("hoquet") == []
    closed.delete()
    assert found("hoquet") == [topic.pk]


def test_a_topic_withdrawn_while_one_searches_is_left_out(site, client, monkeypatch):
    topic = site.live(title="Le hoquet passe")

    def withdrawn_before(ask):
        def asked(*args):
            SearchEntry.objects.all().delete()
            return ask(*args)

        return asked

    for name in ("load_entries", "_rows_of"):
        index.refresh([topic.pk])
        with monkeypatch.context() as patched:
            patched.setattr(ranking, name, withdrawn_before(getattr(ranking, name)))
            response = client.get("/fr/recherche/", {"q": "hoquet passe"})
        assert response.status_code == 200
        assert topic.get_url() not in response.content.decode()


def test_signs_on_letters_part_no_word_and_need_not_be_typed(site):
    decomposed = unicodedata.normalize("NFD", "Le bébé fiévreux")
    topic = site.live(title=decomposed, body=stream(("text", "<p>حُمّى</p>")))
    for words in ("fiévreux", unicodedata.normalize("NFD", "fiévreux"), "fievreux", "حمى", "حمّى"):
        assert found(words) == [topic.pk], words
    assert not SearchWord.objects.filter(text__in=("fie", "vreux", "be", "ح", "م")).exists()
    assert "<mark>" in marked(decomposed, understood("bebe", "fr"))


@pytest.mark.any_database
def test_many_unknown_words_cost_no_more_than_three(site, client):
    def queries(words):
        with CaptureQueriesContext(connection) as captured:
            client.get("/fr/recherche/", {"q": words})
        return len(captured)

    site.live(title="Le hoquet")
    queries("zabcd")
    unknown = [f"{letter}zabcdefg" for letter in "bcdfghjklm"]
    assert queries(" ".join(unknown)) == queries(" ".join(unknown[:3]))
