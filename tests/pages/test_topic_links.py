"""Inside a text one links to other topics, and to nothing else."""

import json
import re

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from pages.blocks.body import TEXT_FEATURES
from pages.models import TopicPage
from pages.topic_links import expand_topic_links, linked_page_ids
from tests.factories.pages import stream
from tests.factories.workgroups import person

NO_KEYS = ["abc", "", "-1", "1.5", "٣", str(2**31), "9" * 20, "9" * 300, True, 7.5, [7], {"a": 1}]


def pasted(**data):
    """What the browser sends for a text that is one link; `data` is its entity's."""
    link = {"offset": 0, "length": 7, "key": 0}
    block = {"key": "a", "text": "Un lien", "type": "unstyled", "depth": 0}
    return json.dumps(
        {
            "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": data}},
            "blocks": [{**block, "inlineStyleRanges": [], "entityRanges": [link]}],
        }
    )


def save(client, topic, *texts):
    """Send the editor's form with these texts, as the browser would."""
    streams = ("in_brief", "help_block", "sources", "next_topics")
    empty = {name: streamfield([]) for name in streams}
    body = streamfield([("text", text) for text in texts])
    values = {"title": topic.title, "slug": topic.slug, "comments": inline_formset([])}
    client.post(
        reverse("wagtailadmin_pages:edit", args=[topic.pk]),
        nested_form_data({**values, **empty, "body": body}),
    )
    return TopicPage.objects.get(pk=topic.pk).get_latest_revision_as_object()


def assert_every_screen_answers(client, topic):
    first, last = topic.revisions.order_by("pk").first(), topic.get_latest_revision()
    addresses = {
        reverse("wagtailadmin_pages:edit", args=[topic.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[topic.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[topic.pk, first.pk, last.pk]),
        reverse("wagtailadmin_pages:usage", args=[topic.pk]),
    }
    assert {url: client.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 200)


def test_a_link_keeps_the_topic_and_not_its_address():
    html = '<p><a linktype="page" id="7">Lire</a> <a id="8" linktype="page">aussi</a></p>'
    assert linked_page_ids(html) == [7, 8]
    assert expand_topic_links(html, {7: "/fr/a/b/"}) == ('<p><a href="/fr/a/b/">Lire</a> aussi</p>')


def test_pasted_web_addresses_become_plain_text():
    stored = ContentstateConverter(TEXT_FEATURES).to_database_format(
        pasted(url="https://ailleurs.example/")
    )
    assert "ailleurs" not in stored
    assert "Un lien" in stored


def test_a_forged_link_becomes_plain_text(client, site):
    target = site.live(title="Le coucher")
    topic = site.draft(title="Le sommeil")
    client.force_login(site.author)
    forged = [pasted(id=key, url="/fr/a/b/", parentId=None) for key in NO_KEYS]
    saved = save(client, topic, *forged, pasted(id=target.pk), pasted(id=str(target.pk)))
    texts = [block.value.source for block in saved.body]
    assert len(texts) == len(NO_KEYS) + 2
    assert all("<a" not in text and "Un lien" in text for text in texts[: len(NO_KEYS)])
    assert [linked_page_ids(text) for text in texts[len(NO_KEYS) :]] == [[target.pk]] * 2
    assert_every_screen_answers(client, topic)


@pytest.mark.parametrize("key", [*(key for key in NO_KEYS if isinstance(key, str)), None])
def test_a_forged_link_that_is_stored_stops_nobody(client, site, key):
    bad = '<a linktype="page">ici</a>' if key is None else f'<a linktype="page" id="{key}">ici</a>'
    gone = '<a linktype="page" id="987654">là</a>'
    body = stream(("text", f"<p>Lisez {bad} et {gone}.</p>"))
    topic = site.draft(title="Le sommeil", body=body)
    ReferenceIndex.create_or_update_for_object(topic)
    client.force_login(site.author)
    assert_every_screen_answers(client, topic)
    live = site.live(title="La sieste", body=body)
    assert "Lisez ici et là." in client.get(live.get_url()).content.decode()


def test_a_link_follows_a_topic_and_goes_with_it(client, site):
    target = site.live(title="Le coucher")
    text = f'<p><a linktype="page" id="{target.pk}">Le coucher</a></p>'
    reader = site.live(title="Le sommeil", body=stream(("text", text)))
    assert f'<a href="{target.get_url()}">Le coucher</a>' in (
        client.get(reader.get_url()).content.decode()
    )


def test_a_link_to_a_draft_is_plain_text_for_parents(client, site):
    target = site.draft(title="Pas encore")
    text = f'<p><a linktype="page" id="{target.pk}">Pas encore</a></p>'
    reader = site.live(title="Le sommeil", body=stream(("text", text)))
    html = client.get(reader.get_url()).content.decode()
    assert '<div class="text-block"><p>Pas encore</p></div>' in html
    assert not re.search(r"<a\b(?![^>]*\shref=)[^>]*>", html)


@pytest.mark.django_db
def test_the_chooser_offers_topics_alone(client, site):
    client.force_login(person(is_superuser=True))
    response = client.get(
        reverse("pages_choose_topic"),
        {"page_type": "wagtailcore.page", "allow_external_link": "true"},
    )
    html = response.json()["html"]
    assert "external" not in html
