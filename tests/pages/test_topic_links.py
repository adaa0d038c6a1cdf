"""Inside a text one links to other topics, and to nothing else."""

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from pages.blocks.body import TEXT_FEATURES
from pages.topic_links import expand_topic_links, linked_page_ids
from tests.factories.pages import stream
from tests.factories.workgroups import person


def test_a_link_keeps_the_topic_and_not_its_address():
    html = '<p><a linktype="page" id="7">Lire</a> <a id="8" linktype="page">aussi</a></p>'
    assert linked_page_ids(html) == [7, 8]
    assert expand_topic_links(html, {7: "/fr/a/b/"}) == (
        '<p><a href="/fr/a/b/">Lire</a> <a>aussi</a></p>'
    )


def test_pasted_web_addresses_become_plain_text():
    converter = ContentstateConverter(TEXT_FEATURES)
    pasted = """{"entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE",
        "data": {"url": "https://ailleurs.example/"}}},
        "blocks": [{"key": "a", "text": "Un lien", "type": "unstyled", "depth": 0,
        "inlineStyleRanges": [], "entityRanges": [{"offset": 0, "length": 7, "key": 0}]}]}"""
    assert "ailleurs" not in converter.to_database_format(pasted)
    assert "Un lien" in converter.to_database_format(pasted)


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
    assert "<a>Pas encore</a>" in html


@pytest.mark.django_db
def test_the_chooser_offers_topics_alone(client, site):
    client.force_login(person(is_superuser=True))
    response = client.get(
        reverse("pages_choose_topic"),
        {"page_type": "wagtailcore.page", "allow_external_link": "true"},
    )
    html = response.json()["html"]
    assert "external" not in html
