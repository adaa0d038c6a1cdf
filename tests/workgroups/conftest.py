import contextlib
import functools
import json
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from wagtail.models import Locale, Page, Site

from pages.models import HomePage, Stage, ThemePage, TopicPage
from tests import kept
from tests.factories.workgroups import (
    WorkgroupFactory,
    illustration,
    member,
    person,
    signatory,
)
from workgroups import triggers


def ready_body(picture):
    """A body that may leave every stage."""
    return json.dumps(
        [
            {"type": "text", "value": "<p>Il se réveille entre deux cycles.</p>"},
            {
                "type": "picture",
                "value": {
                    "picture": {"image": picture.pk, "decorative": False, "alt_text": "Un lit"},
                    "caption": "Son lit",
                },
            },
        ]
    )


def make_topic(world, title="Mon bébé se réveille", group=None, author=None, **fields):
    """A topic with all that it needs, saved once as a draft by its author."""
    picture = fields.pop("picture", None) or illustration()
    values = {
        "title": title,
        "key_message": "Se réveiller la nuit est normal.",
        "lead_illustration": picture,
        "lead_alt_text": "Un père près d'un berceau",
        "in_brief": json.dumps([{"type": "point", "value": v} for v in ("Un.", "Deux.")]),
        "body": ready_body(picture),
        "sources": json.dumps(
            [
                {
                    "type": "source",
                    "value": {
                        "title": "Le sommeil",
                        "publisher": "Ameli",
                        "url": "https://www.ameli.fr/",
                        "read_on": "2026-10-01",
                    },
                }
            ]
        ),
        "live": False,
    }
    page = TopicPage(**{**values, **fields})
    page.initial_workgroup = group or world.group
    page.stages = [world.stage]
    world.theme.add_child(instance=page) if "path" not in fields else None
    page.save_revision(user=author or world.author, log_action=True)
    return TopicPage.objects.get(pk=page.pk)


def make_world():
    """A site with one theme, one group of two authors and an illustrator, and
    two signatories who belong to no group and read English too."""
    root = Page.get_first_root_node()
    for default in root.get_children():
        default.delete()
    root = Page.get_first_root_node()
    locale, _created = Locale.objects.get_or_create(language_code="fr")
    home = root.add_child(instance=HomePage(title="Accueil", slug="accueil", locale=locale))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    group = WorkgroupFactory(name="Sommeil")
    theme = home.add_child(instance=ThemePage(title="Sommeil", slug="sommeil"))
    theme.workgroups = [group]
    theme.save()
    return SimpleNamespace(
        home=home,
        theme=theme,
        group=group,
        stage=Stage.objects.create(
            label="0–3 mois",
            name="Les trois premiers mois",
            slug="0-3-mois",
            from_day=15,
            to_day=120,
        ),
        author=member(group),
        second_author=member(group),
        illustrator=member(group, "illustrator"),
        coordinator=person("coordinator"),
        signatory=signatory(display_name="Anne Validé", languages_read=["fr", "en"]),
        second_signatory=signatory(
            display_name="Paul Signe", profession="pédiatre", languages_read=["fr", "en"]
        ),
        superuser=person(is_superuser=True),
    )


@pytest.fixture(scope="session")
def kept_world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), kept.made("world", make_world) as made:
        yield made


@pytest.fixture
def world(request, db):
    """The world of `make_world`, and `make_topic` for a draft in it."""
    with contextlib.ExitStack() as stack:
        if "lifted_triggers" in request.fixturenames:
            world = make_world()
        else:
            world = stack.enter_context(request.getfixturevalue("kept_world").found())
        world.make_topic = functools.partial(make_topic, world)
        yield world


@pytest.fixture(autouse=True)
def _world_first(request):
    """Whatever else a test begins with is made in the world's database."""
    if "world" in request.fixturenames:
        request.getfixturevalue("world")


@pytest.fixture
def lifted_triggers(request, django_db_setup, django_db_blocker):
    """For tests that really commit, as threads do: afterwards the database is
    emptied and filled again as the migrations left it. Signatures bear no
    deletion, so the triggers are lifted for that, here and nowhere else.

    A module asks for it under the name ``db``: pytest-django makes a test
    database only for tests with a fixture of that name.
    """
    assert "db" in request.fixturenames, "This would empty a database that is no test's."
    with django_db_blocker.unblock():
        pristine = connection.creation.serialize_db_to_string()
        yield
        triggers.drop_triggers()
        try:
            call_command(
                "flush",
                interactive=False,
                verbosity=0,
                inhibit_post_migrate=True,
                reset_sequences=False,
            )
            connection.creation.deserialize_db_from_string(pristine)
        finally:
            triggers.make_triggers()
            caches["default"].clear()
            connection.close()


@pytest.fixture
def login(client):
    """Log somebody in: ``login(user)`` gives the client."""

    def as_user(user):
        client.force_login(user)
        return client

    return as_user
