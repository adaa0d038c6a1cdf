"""No topic is a dead end: editors choose what comes next, or what is near is found."""

from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from pages.models import TopicPage
from tests.factories.pages import stage, stream, theme_page
from tests.factories.workgroups import publish


def following(client, topic):
    page = BeautifulSoup(client.get(topic.get_url()).content.decode(), "html.parser")
    part = page.select_one(".next-topics")
    return [link.text for link in part.select("li a")], [
        a["href"] for a in part.select(".next-topics__more")
    ]


def test_the_only_topic_leads_to_its_theme_and_to_search(client, site):
    topics, ways_on = following(client, site.live())
    assert topics == []
    assert ways_on == ["http://testserver/fr/sommeil/", "/fr/recherche/"]


def test_the_nearest_come_first_unless_editors_chose(client, site):
    older = stage("2-ans")
    meals = theme_page(site.home, site.group, title="Repas", slug="repas")
    nothing = site.live(title="Rien de commun", theme=meals, stages=[older])
    site.live(title="Même âge", theme=meals)
    site.live(title="Même thème", stages=[older])
    site.live(title="Même thème, même âge")
    draft = site.draft(title="Pas encore en ligne")
    topic = site.live(title="Le sujet")
    assert following(client, topic)[0] == ["Même thème, même âge", "Même thème", "Même âge"]

    chosen = site.draft(
        title="Choisi", next_topics=stream(("topic", draft.pk), ("topic", nothing.pk))
    )
    chosen = publish(chosen, site.author, site.signatory)
    names = following(client, chosen)[0]
    assert names[0] == "Rien de commun"
    assert len(names) == 3
    assert "Pas encore en ligne" not in names


def test_an_author_chooses_them_in_the_editor_and_it_says_nothing_about_health(client, site):
    other, topic = site.live(title="L'autre"), site.draft(title="Le sujet")
    client.force_login(site.author)
    chooser = reverse("wagtailadmin_choose_page")
    assert client.get(chooser, {"page_type": "pages.topicpage"}).status_code == 200
    form = {
        "title": "Le sujet",
        "slug": "le-sujet",
        "comments": inline_formset([]),
        "next_topics": streamfield([("topic", other.pk)]),
        **{name: streamfield([]) for name in ("in_brief", "body", "help_block", "sources")},
    }
    client.post(reverse("wagtailadmin_pages:edit", args=[topic.pk]), nested_form_data(form))
    draft = TopicPage.objects.get(pk=topic.pk).get_latest_revision_as_object()
    assert [block.value.pk for block in draft.next_topics] == [other.pk]
    without = draft.content_hash()
    draft.next_topics = []
    assert draft.content_hash() == without
