"""The index holds what parents can read, at every moment, and nothing else."""

from django.core.management import call_command
from wagtail.models import PageViewRestriction

from pages.models import TopicPage
from pages.search.models import SearchEntry, SearchTerm
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


def test_a_new_name_of_a_theme_or_a_stage_finds_its_topics(site):
    topic = site.live(title="Le hoquet")
    site.theme.title = "Marionnettes"
    site.theme.save_revision().publish()
    assert found("marionnette") == [topic.pk]
    site.stage.name = "Les premiers trimestres"
    site.stage.save()
    assert found("trimestre") == [topic.pk]
    site.stage.name = "Le temps des girafes"
    site.stage.save()
    assert found("trimestre") == []


def test_what_is_not_for_everybody_is_not_found(site):
    closed = PageViewRestriction.objects.create(page=site.home, restriction_type="login")
    topic = site.live(title="Le hoquet")
    assert found("hoquet") == []
    closed.delete()
    assert found("hoquet") == [topic.pk]
