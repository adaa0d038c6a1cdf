"""The editor of a topic, through its real form."""

import json
import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from pages.models import TopicPage


def form(**fields):
    """What the browser sends for a topic of which only the title is written."""
    empty = {name: streamfield([]) for name in ("in_brief", "body", "help_block", "sources")}
    values = {"title": "Les siestes", "slug": "les-siestes", "comments": inline_formset([])}
    return nested_form_data({**values, **empty, **fields})


@pytest.fixture
def add(client, site):
    client.force_login(site.author)
    return reverse("wagtailadmin_pages:add", args=["pages", "topicpage", site.theme.pk])


def test_an_author_begins_a_topic_with_its_title_alone(client, site, add):
    response = client.post(add, form(workgroup=site.group.pk), follow=True)
    topic = TopicPage.objects.get()
    assert response.status_code == 200
    assert topic.workgroup == site.group
    assert not topic.live


def test_a_draft_keeps_unfinished_blocks(client, site, add):
    source = {"title": "Le sommeil", "publisher": "", "url": "www.ameli", "read_on": ""}
    call_out = {"tone": "info", "heading": "", "text": "À écrire"}
    fields = {
        "workgroup": site.group.pk,
        "body": streamfield([("call_out", call_out)]),
        "sources": streamfield([("source", source)]),
        "help_block": streamfield([("help", {"text": "", "numbers": []})]),
    }
    client.post(add, form(**fields), follow=True)
    topic = TopicPage.objects.get().get_latest_revision_as_object()
    assert topic.body[0].value["text"] == "À écrire"
    assert topic.sources[0].value["url"] == "www.ameli"


def test_the_slug_follows_the_title(client, site, add):
    html = client.get(add).content.decode()
    assert 'data-w-sync-target-value="#id_slug"' in html


def test_nothing_technical_stands_in_the_form(client, site, add):
    html = client.get(add).content.decode()
    names = set(re.findall(r'<(?:input|select|textarea)[^>]*\sname="([^"]+)"', html))
    for name in ("go_live_at", "expire_at", "show_in_menus", "lineage", "live"):
        assert name not in names


def test_help_numbers_are_ticked_in_a_list(client, site, add):
    html = client.get(add).content.decode()
    assert json.dumps(str(site.number))[1:-1] in html
