"""The blocks of a topic: each has its template and its preview, and none is in
a migration."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override
from wagtail.blocks import CharBlock, StreamBlock

from pages.blocks import BodyBlock
from pages.fields import MigrationFreeStreamField
from pages.models import TopicPage
from tests.factories.media import RecordingFactory
from tests.factories.pages import placed, stream
from tests.factories.workgroups import illustration

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
    ("name", "shown"),
    [
        ("steps", ["<img"] * 3),
        ("picture", ["<img"]),
        ("recording", ["<video"]),
        ("infographic", ["<img"]),
        ("cards", ["<img"] * 3),
    ],
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


def render(kind, value):
    return TopicPage(body=stream((kind, value))).body[0].render()


@pytest.mark.django_db
def test_an_infographic_opens_at_its_full_width_and_says_itself_in_words():
    picture = illustration(long_description="D'abord le sein. Ensuite l'autre.")
    html = render("infographic", {"picture": placed(picture), "caption": "La tétée"})
    large = re.search(r'<a[^>]* href="([^"]+)" data-zoom', html)[1]
    assert large.endswith(".webp")
    assert "le sein. Ensuite" in html
    assert 'src="/static/js/zoom.js"' in html
    assert f"<bdi>{picture.credit}</bdi>" in html


def test_a_table_has_headings_both_ways_and_scrolls_within_itself():
    html = BLOCKS["table"].render(BLOCKS["table"].get_preview_value())
    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 3
    assert "<caption>" in html
    assert re.search(r'role="region" aria-label="[^"]+" tabindex="0"', html)


def test_a_table_without_a_cell_for_each_column_is_not_finished():
    block = BLOCKS["table"]
    value = block.get_preview_value()
    block.clean(value)
    value["columns"].append("Sa sieste")
    with pytest.raises(ValidationError):
        block.clean(value)
    block.clean_deferred(value)


@pytest.mark.django_db
def test_a_quotation_names_who_speaks():
    value = {"words": "Nous nous relayons.", "who": "Yasmine", "role": "maman"}
    html = render("quotation", value)
    assert html.index("<blockquote>") < html.index("<figcaption>") < html.index("Yasmine")


@pytest.mark.django_db
def test_a_service_that_is_not_on_the_list_leaves_its_words():
    html = render("public_service", {"service": "gone", "text": "Demandez vos droits."})
    assert "Demandez vos droits." in html
    assert "<a" not in html


def test_a_service_is_named_in_french_from_the_left_on_any_page():
    block = BLOCKS["public_service"]
    value = block.get_preview_value()
    with override("ar"):
        html = block.render(value)
    assert f'<span lang="fr" dir="ltr">{value["service"].name}</span>' in html
    assert f'<bdi dir="ltr">{value["service"].site_name}</bdi>' in html


NEAR = {"text": "La PMI vous reçoit.", "kinds": ["pmi", "sante"], "speciality": "lactation & co"}


@pytest.mark.django_db
def test_the_directory_gets_what_its_editors_chose_and_the_public_ones_stand_beside_it():
    html = render("near_you", NEAR)
    assert 'action="/fr/professionnels/"' in html
    hidden = re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">', html)
    assert hidden == [("type", "pmi"), ("type", "sante"), ("q", "lactation &amp; co")]
    assert 'name="lieu"' in html
    assert "https://www.sante.fr/" in html
    childcare = render("near_you", {**NEAR, "kinds": ["mode-accueil"]})
    assert "https://www.monenfant.fr/" in childcare
    assert "https://www.sante.fr/" not in childcare


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", [[("near_you", NEAR)], []], ids=["chosen", "always"])
def test_a_topic_has_its_parts_in_their_order(client, site, chosen):
    topic = site.live(body=stream(*chosen, ("text", "<p>Il dort.</p>")))
    html = client.get(topic.get_url()).content.decode()
    order = [
        "<h1>", 'id="in-brief"', 'id="asking-for-help"', 'id="near-you"', 'id="signed-by"',
        'id="sources"', 'id="ecouter"', 'id="avis"',
    ]  # fmt: skip
    places = [html.index(mark) for mark in order]
    assert places == sorted(places)
    assert html.count('id="near-you"') == 1
