"""The blocks of a topic: each has its template and its preview, and none is in
a migration."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import reverse
from wagtail.blocks import CharBlock, StreamBlock

from pages.blocks import BodyBlock
from pages.fields import MigrationFreeStreamField
from pages.models import TopicPage
from tests.factories.media import RecordingFactory
from tests.factories.pages import stream

BLOCKS = BodyBlock().child_blocks


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_has_its_own_template_icon_label_and_description(name):
    block = BLOCKS[name]
    assert block.meta.template == f"blocks/{name}.html"
    get_template(block.meta.template)
    assert block.meta.icon not in ("", "placeholder")
    assert block.label
    assert block.get_description()


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_shows_its_preview(name):
    block = BLOCKS[name]
    assert block.is_previewable
    html = block.render(block.get_preview_value())
    assert html.strip()


def preview(client, name):
    """The page that the picker of blocks shows for one of the body's."""
    block = TopicPage._meta.get_field("body").stream_block.child_blocks[name]
    address = reverse("wagtailadmin_block_preview")
    return client.get(address, {"id": block.definition_prefix}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "shown"), [("steps", ["<img"] * 3), ("picture", ["<img"]), ("recording", ["<video"])]
)
def test_a_preview_shows_pictures_before_there_are_any(admin_client, name, shown):
    html = preview(admin_client, name)
    assert re.findall("<(?:img|video|audio)", html) == shown
    files = re.findall(r'(?:src|poster|srcset)="/static/([^" ]+)', html)
    assert len(files) >= len(shown)
    assert all(finders.find(file) for file in files)


@pytest.mark.django_db
def test_the_admin_shows_the_preview_as_parents_see_it(admin_client):
    html = preview(admin_client, "call_out")
    assert "La faim compte aussi" in html
    assert "css/topic.css" in html


@pytest.mark.django_db
def test_a_changed_block_needs_no_migration(monkeypatch):
    field = TopicPage._meta.get_field("body")
    before = field.deconstruct()
    monkeypatch.setattr(field, "stream_block", StreamBlock([("other", CharBlock(label="Autre"))]))
    assert field.deconstruct() == before
    call_command("makemigrations", "pages", check=True, dry_run=True, verbosity=0)


def test_the_field_keeps_no_block_in_migrations():
    field = MigrationFreeStreamField(BodyBlock(), blank=True)
    field.set_attributes_from_name("body")
    _name, path, args, kwargs = field.deconstruct()
    assert path == "pages.fields.MigrationFreeStreamField"
    assert args == []
    assert kwargs == {"blank": True}


@pytest.mark.django_db
def test_a_film_waits_to_be_asked_and_says_what_is_heard():
    film = RecordingFactory(transcript="Bonsoir, mon cœur.")
    page = TopicPage(body=stream(("recording", {"heading": "Le soir", "recording": film.pk})))
    html = page.body[0].render()
    assert 'preload="none"' in html
    assert "autoplay" not in html
    assert "Bonsoir, mon cœur." in html


def test_a_draft_may_lack_every_field_of_every_block():
    for block in BLOCKS.values():
        block.clean_deferred(block.normalize(block.get_default()))
