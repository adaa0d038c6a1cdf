"""The editor of a topic, through its real form."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.blocks import CharBlock, ListBlock, StreamBlock, StructBlock
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from pages.models import TopicPage
from tests.factories.workgroups import illustration

ONE_LINE_SHOWS = 120  # characters, about


def form(**fields):
    """What the browser sends for a topic of which only the title is written."""
    streams = ("in_brief", "body", "help_block", "sources", "next_topics")
    empty = {name: streamfield([]) for name in streams}
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


def autosave(client, address, data):
    return client.post(address, data, headers={"accept": "application/json"})


@pytest.mark.parametrize("title", ["", "   "])
def test_a_draft_without_a_title_is_kept_and_asks_for_one(client, site, add, title):
    response = autosave(client, add, form(workgroup=site.group.pk, title=title, slug=""))
    assert response.json()["success"]
    topic = TopicPage.objects.get()
    draft = topic.get_latest_revision_as_object()
    assert draft.title
    assert "title" in [problem.field for problem in draft.readiness_problems("draft")]
    edit = reverse("wagtailadmin_pages:edit", args=[topic.pk])
    data = form(workgroup=site.group.pk, title="Le doudou", slug=topic.slug)
    assert autosave(client, edit, data).json()["success"]
    assert TopicPage.objects.get().get_latest_revision_as_object().slug == "le-doudou"


@pytest.mark.parametrize("slug", ["les-siestes", "recherche", "Les siestes !", ""])
def test_an_address_that_cannot_be_had_refuses_no_draft(client, site, add, slug):
    """Whoever has it, in whatever group: nothing is said of the other topic."""
    client.post(add, form(workgroup=site.group.pk))
    response = autosave(client, add, form(workgroup=site.group.pk, slug=slug))
    answer = response.json()
    assert answer["success"]
    topic = TopicPage.objects.get(pk=answer["pk"])
    assert topic.slug in ("les-siestes-2", "recherche-2")
    if slug:
        assert answer["field_updates"]["slug"] == topic.slug
    edit = reverse("wagtailadmin_pages:edit", args=[topic.pk])
    again = form(workgroup=site.group.pk, slug=slug or topic.slug, key_message="Dormir.")
    assert autosave(client, edit, again).json()["success"]
    assert TopicPage.objects.get(pk=topic.pk).get_latest_revision_as_object().slug == topic.slug


def test_the_longest_title_leaves_room_for_its_address(client, site, add):
    for _topic in range(2):
        data = form(workgroup=site.group.pk, title="a" * 255, slug="")
        assert autosave(client, add, data).json()["success"]


JARGON = re.compile(r"slug|\burls?\b|balise|m[ée]ta|\btag\b|e\.g|http", re.IGNORECASE)


@pytest.mark.parametrize("kind", ["topic", "theme", "home"])
def test_address_and_search_engines_are_explained_without_jargon(client, site, add, kind):
    addresses = {
        "topic": add,
        "theme": reverse("wagtailadmin_pages:edit", args=[site.theme.pk]),
        "home": reverse("wagtailadmin_pages:edit", args=[site.home.pk]),
    }
    client.force_login(site.author if kind == "topic" else site.coordinator)
    html = BeautifulSoup(client.get(addresses[kind]).content, "html.parser")
    names = ("slug", "seo_title", "search_description")
    fields = [html.select_one(f"[name={name}]") for name in names]
    labels = [html.select_one(f"label[for={field['id']}]").text for field in fields]
    helps = [html.select_one(f"[id={field['aria-describedby']}]").text for field in fields]
    assert len({*labels, *helps}) == 6
    for text in (*labels, *helps):
        assert text.strip()
        assert not JARGON.search(text)


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


def listed(*values):
    """A ListBlock's items, as the browser sends them."""
    items = {str(i): {"deleted": "", "order": i, "value": v} for i, v in enumerate(values)}
    return {"count": len(values), **items}


def written(picture, sentence):
    """Every field of a topic that holds a sentence, with this one in it."""
    placed = {"image": picture.pk, "decorative": "", "alt_text": sentence}
    step = {"picture": placed, "title": "Baisser", "text": sentence}
    source = {"title": sentence, "publisher": "Ameli", "url": "", "read_on": ""}
    belief = {"statement": sentence, "answer": "true", "explanation": "Oui."}
    return {
        "key_message": sentence,
        "lead_alt_text": sentence,
        "in_brief": streamfield([("point", sentence)]),
        "body": streamfield(
            [
                ("steps", {"heading": "Le soir", "steps": listed(step, step)}),
                ("picture", {"picture": placed, "caption": sentence}),
                ("do_dont", {"do": listed(sentence), "dont": listed(sentence)}),
                ("true_false", belief),
            ]
        ),
        "sources": streamfield([("source", source)]),
    }


def test_enter_typed_in_a_sentence_is_a_space(client, site, add):
    sent = written(
        illustration(site.group), " Attendez un instant : \r\n\r\nil se rendort\u2028seul. "
    )
    client.post(add, form(workgroup=site.group.pk, **sent), follow=True)
    topic = TopicPage.objects.get().get_latest_revision_as_object()
    stored = json.dumps(topic.canonical_content(), ensure_ascii=False)
    assert stored.count("Attendez un instant : il se rendort seul.") == 13
    assert stored.count("Attendez") == 13


def test_a_sentence_keeps_its_greatest_length(client, site, add):
    sent = written(illustration(site.group), "a" * 100 + "\r\n" + "b" * 59)
    client.post(add, form(workgroup=site.group.pk, **sent), follow=True)
    topic = TopicPage.objects.get().get_latest_revision_as_object()
    assert topic.in_brief[0].value == topic.key_message == "a" * 100 + " " + "b" * 59
    TopicPage.objects.all().delete()
    client.post(add, form(workgroup=site.group.pk, **written(illustration(site.group), "a" * 161)))
    assert not TopicPage.objects.exists()


def fields_of(block):
    if isinstance(block, ListBlock):
        yield from fields_of(block.child_block)
    elif isinstance(block, (StreamBlock, StructBlock)):
        for child in block.child_blocks.values():
            yield from fields_of(child)
    else:
        yield block


@pytest.mark.parametrize("name", ["in_brief", "body", "help_block", "sources"])
def test_no_sentence_is_cut_by_its_field(name):
    for block in fields_of(TopicPage._meta.get_field(name).stream_block):
        if isinstance(block, CharBlock):
            assert block.field.max_length <= ONE_LINE_SHOWS, block.label
