"""The easy version of a topic: on the way of every topic, with a signature of its own."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Revision

from pages import easy_versions
from pages.models import TopicPage
from pages.versions import EASY_TITLE
from tests.factories.pages import stream
from tests.factories.workgroups import bring_to_sign_off, person, publish, signatory
from workgroups import signing, workflow
from workgroups.models import EditorialRecord, Stage

SHORT = {
    "title": "Bébé se réveille, facile à lire",
    "key_message": "Se réveiller la nuit est normal.",
    "understood_by": "l'atelier du mardi",
}


@pytest.fixture
def topic(site):
    return site.live()


def easy_version(topic, user):
    page, made = easy_versions.begin(topic, user)
    assert made
    for name, value in SHORT.items():
        setattr(page, name, value)
    page.understood_on = timezone.localdate()
    page.save_revision(user=user)
    return TopicPage.objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.fixture
def easy(site, topic):
    return publish(easy_version(topic, site.author), site.author, site.signatory)


def fields(page, stage="illustration"):
    return [problem.field for problem in page.readiness_problems(stage)]


def test_a_member_begins_it_once(client, site, topic):
    client.force_login(site.author)
    place = reverse("pages_easy_version", args=[topic.pk])
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[topic.pk])).content.decode()
    assert place in editor
    assert client.get(place).status_code == 200
    assert not TopicPage.objects.exclude(pk=topic.pk).exists()
    made = [client.post(place).url for _ in range(2)]
    page = TopicPage.objects.exclude(pk=topic.pk).get()
    assert set(made) == {reverse("wagtailadmin_pages:edit", args=[page.pk])}
    assert (page.slug, page.live) == (f"{topic.slug}-facile", False)
    assert page.easy_version_of == topic.translation_key
    assert page.workgroup == topic.workgroup
    record = EditorialRecord.objects.get(page_id=page.pk)
    assert record.stage == Stage.DRAFT
    # The editor opens, with the fields that an easy version alone has.
    assert 'name="understood_by"' in client.get(made[0]).content.decode()
    assert 'name="understood_by"' not in editor


def test_nobody_else_begins_one_and_only_of_what_parents_read(client, site, topic):
    draft = site.draft(title="Pas encore")
    for user, page in ((person("author"), topic), (site.signatory, topic), (site.author, draft)):
        client.force_login(user)
        client.post(reverse("pages_easy_version", args=[page.pk]))
    assert not TopicPage.objects.exclude(easy_version_of=None).exists()


def test_who_wrote_the_topic_cannot_sign_its_easy_version(site, topic):
    writer = signatory()
    topic.save_revision(user=writer)
    page = easy_version(topic, site.author)
    bring_to_sign_off(page, site.author)
    record = EditorialRecord.objects.get(page_id=page.pk)
    assert signing.why_not(page, record, writer)
    assert not signing.why_not(page, record, site.signatory)


def test_parents_find_one_from_the_other_and_neither_list_shows_it(client, site, topic, easy):
    other = site.live(title="Un autre sujet")
    there, back = (client.get(page.get_url()).content.decode() for page in (topic, easy))
    assert f'href="{easy.get_url()}"' in there
    assert f'href="{topic.get_url()}"' in back
    assert "atelier du mardi" in back
    assert f'href="{other.get_url()}"' in back
    for address in ("/fr/", "/fr/sommeil/", f"/fr/?etape={site.stage.slug}", other.get_url()):
        html = client.get(address).content.decode()
        assert f'href="{topic.get_url()}"' in html
        assert f'href="{easy.get_url()}"' not in html


def test_until_it_is_signed_parents_see_none_of_it(client, site, topic):
    page = easy_version(topic, site.author)
    bring_to_sign_off(page, site.author)
    assert page.slug not in client.get(topic.get_url()).content.decode()
    assert client.get(f"/fr/sommeil/{page.slug}/").status_code == 404


def test_twelve_words_a_sentence_and_somebody_who_understood(site, topic):
    page = easy_version(topic, site.author)
    assert fields(page) == []
    twelve = " ".join(["mot"] * 12)
    page.body = stream(("text", f"<p>{twelve}. {twelve} !</p><ul><li>{twelve}</li></ul>"))
    assert fields(page) == []
    page.body = stream(("text", f"<h2>Un</h2><p>{twelve} de trop.</p>"))
    page.in_brief = stream(("point", f"{twelve} treize."), ("point", "Deux."))
    assert fields(page) == ["in_brief", "body"]
    page.body, page.in_brief, page.understood_by = topic.body, topic.in_brief, ""
    assert fields(page) == ["understood_by"]
    assert fields(page, "draft") == []
    topic.body = stream(("text", f"<p>{twelve} de trop.</p>"))
    assert fields(topic) == []


def test_it_is_not_understood_on_a_day_to_come(site, topic):
    page = easy_version(topic, site.author)
    page.understood_on = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert list(refused.value.message_dict) == ["understood_on"]


def test_its_topic_leads_to_it_and_no_list_does(client, site, topic, easy):
    place = easy.get_url()
    lists = ("/fr/recherche/?q=facile", "/fr/sommeil/", "/fr/sommeil/flux.xml", "/fr/livret/")
    for address in lists:
        html = client.get(address).content.decode()
        assert place not in html, address
        assert str(easy.translation_key) not in html, address
    assert place in client.get(topic.get_url()).content.decode()
    assert place in client.get("/sitemap.xml").content.decode()
    # Whoever reads it may take it along.
    key = str(easy.translation_key)
    assert f"?sujets={key}" in client.get(place).content.decode()
    choice = client.get("/fr/livret/", {"sujets": key}).context["choice"]
    assert [page.pk for page in choice.topics] == [easy.pk]


def test_a_withdrawn_topic_takes_its_easy_version_off_at_once(client, site, topic, easy):
    signing.withdraw(topic, site.coordinator, "Une dose est fausse.")
    assert not TopicPage.objects.live().exists()
    assert EditorialRecord.objects.get(page_id=easy.pk).stage == Stage.WITHDRAWN
    assert client.get(easy.get_url()).status_code == 404


def test_a_withdrawn_easy_version_leaves_its_topic(client, site, topic, easy):
    signing.withdraw(easy, site.coordinator, "Trop long.")
    assert [page.pk for page in TopicPage.objects.live()] == [topic.pk]
    assert easy.slug not in client.get(topic.get_url()).content.decode()


def test_it_does_not_come_back_before_its_topic(site, topic, easy):
    signing.withdraw(topic, site.coordinator, "Une dose est fausse.")
    workflow.start_round(easy, site.author)
    with pytest.raises(signing.CannotGoOnlineError):
        publish(TopicPage.objects.get(pk=easy.pk), site.author, site.signatory)
    assert not TopicPage.objects.live().exists()


def test_a_topic_that_has_changed_since_says_so(client, site, topic, easy):
    def says_so():
        return "other-version__newer" in client.get(easy.get_url()).content.decode()

    assert not says_so()
    workflow.start_round(topic, site.author)
    publish(TopicPage.objects.get(pk=topic.pk), site.author, site.signatory)
    assert says_so()


def test_a_copy_of_it_is_a_topic_of_its_own(site, easy):
    copy = easy.copy(
        update_attrs={"slug": "copie", "title": "Copie"}, user=site.author, keep_live=False
    )
    copy = TopicPage.objects.get(pk=copy.pk)
    assert (copy.easy_version_of, copy.understood_by) == (None, "")
    assert copy.get_latest_revision_as_object().easy_version_of is None


def test_no_revision_makes_a_page_the_easy_version_of_another(site, topic, easy):
    draft = site.draft(title="Un autre")
    draft.easy_version_of = topic.translation_key
    revision = draft.save_revision(user=site.author)
    assert Revision.objects.get(pk=revision.pk).as_object().easy_version_of is None


@pytest.mark.any_database
@pytest.mark.django_db
def test_in_another_language_it_is_not_called_french():
    other = {"url": "/en/sommeil/facile/", "is_newer": False}
    easy, topic = TopicPage(easy_version_of=uuid4()), TopicPage()
    with override("en"):
        for page in (easy, topic):
            context = {"page": page, "other_version": other}
            assert "French" not in render_to_string("components/other_version.html", context)
        assert "French" not in EASY_TITLE
