import contextlib
import functools
import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Comment, Locale, Page, PageSubscription, Site
from wagtail_localize.models import Translation, TranslationSource

from pages.models import HomePage, Opinion, PublicService, Stage, ThemePage, TopicPage
from tests import kept
from tests.factories import briefs
from tests.factories.media import RecordingFactory
from tests.factories.meetings import meeting
from tests.factories.services import service
from tests.factories.workgroups import (
    WorkgroupFactory,
    illustration,
    member,
    person,
    publish,
    signatory,
)
from workgroups import meetings, remarks, triggers
from workgroups.models import BriefUpload, EditorialRecord, GivenHours
from workgroups.models.brief_uploads import Announced


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


def world_with_a_draft():
    world = make_world()
    world.topic = make_topic(world)
    return world


def world_with_a_live_topic():
    world = make_world()
    world.topic = publish(make_topic(world), world.author, world.signatory)
    return world


def _kept(make):
    """A fixture of what `make` makes, as a Kept; its name in a test's list asks for it."""

    @pytest.fixture(scope="session")
    def kept_world(django_db_setup, django_db_blocker, tmp_path_factory):
        files = tmp_path_factory.mktemp(make.__name__)
        with django_db_blocker.unblock(), kept.made(make.__name__, make, files) as made:
            yield made

    return kept_world


kept_world = _kept(make_world)
kept_draft = _kept(world_with_a_draft)
kept_live = _kept(world_with_a_live_topic)
# The one that holds most first: a test may ask for several.
MAKE = {
    "kept_live": world_with_a_live_topic,
    "kept_draft": world_with_a_draft,
    "kept_world": make_world,
}


@pytest.fixture
def world(request, db):
    """The world of `make_world`, and `make_topic` for a draft in it. With `draft_topic` or
    `live_topic`, that topic is there as well."""
    begins_as = next((name for name in MAKE if name in request.fixturenames), "kept_world")
    with contextlib.ExitStack() as stack:
        if "lifted_triggers" in request.fixturenames:
            world = MAKE[begins_as]()
        else:
            world = stack.enter_context(request.getfixturevalue(begins_as).found())
        world.make_topic = functools.partial(make_topic, world)
        yield world


@pytest.fixture
def draft_topic(kept_draft, world):
    """The draft of `make_topic`, as its author left it."""
    return world.topic


@pytest.fixture
def live_topic(kept_live, world):
    """The topic of `make_topic`, signed and read by parents."""
    return world.topic


@pytest.fixture
def secret(world):
    """A draft of the world's group, with all that hangs on a page: two revisions,
    a comment, somebody at work on it, a translation, files, what parents said of it."""
    picture = illustration(title="Secretissime dessin", collection=world.group.collection)
    picture.tags.add("Secretissime croquis")
    caf = service((world.coordinator, world.superuser))
    leads = {"type": "public_service", "value": {"service": caf.slug, "text": "Motcache ?"}}
    page = world.make_topic(
        "Secretissime veillée",
        slug="secretissime",
        picture=picture,
        key_message="Motcache un.",
        body=json.dumps([*json.loads(ready_body(picture)), leads]),
    )
    page.owner = world.second_author
    page.save(update_fields=["owner"])
    page.key_message = "Motcache deux."
    page.save_revision(user=world.second_author, log_action=True)
    for user in (world.author, world.second_author):
        PageSubscription.objects.create(page=page, user=user, comment_notifications=True)
    Comment.objects.create(
        page=page, user=world.second_author, text="Motcache ?", contentpath="title"
    )
    # From when it was online.
    Opinion.objects.create(topic=page, language="fr", useful=False, sentence="Motcache obscur.")
    return TopicPage.objects.get(pk=page.pk)


@pytest.fixture
def target(world, secret):
    """What stands in each address that asks for the secret: see admin_addresses."""
    english = Locale.objects.create(language_code="en")
    in_english = secret.copy_for_translation(english, copy_parents=True)
    easy = world.make_topic(
        "Secretissime facile", easy_version_of=secret.translation_key, key_message="Motcache."
    )
    source, _made = TranslationSource.get_or_create_from_instance(secret)
    translation = Translation.objects.create(source=source, target_locale=english)
    film = RecordingFactory(title="Secretissime film", collection=world.group.collection)
    film.tags.add("Secretissime prise")
    revisions = secret.revisions.order_by("pk")
    state = secret.current_workflow_state
    own_theme = world.home.add_child(instance=ThemePage(title="Repas", slug="repas"))
    record = EditorialRecord.objects.get(page=secret.pk)
    held = meeting(
        world.group,
        world.author,
        begins_in=-timedelta(days=1),
        title="Secretissime réunion",
        agenda="Motcache.",
        topics=[record],
    )
    meetings.keep_attendance(held, {world.author: held.hours}, world.author)
    remark = remarks.make(record, "Motcache à revoir.", world.author).thing
    brief = briefs.asked(secret, world.author, shows="Motcache à dessiner.")
    version = briefs.delivered(brief, world.illustrator)
    pin, _made = version.remark(world.author, 0.5, 0.5, "Motcache trop sombre.")
    file = Announced("motcache.png", 10)
    upload = BriefUpload.begin(brief, world.illustrator, file, "final")
    return {
        "brief": brief.pk,
        "version": version.pk,
        "pin": pin.pk,
        "upload": upload.pk,
        "word": "veillée",
        "tag": "secret",
        "path": secret.url_path,
        "page": secret.pk,
        "english": in_english.pk,
        "easy": easy.pk,
        "service": PublicService.objects.get().pk,
        "theme": world.theme.pk,
        "own_theme": own_theme.pk,
        "own_page": 0,
        "revision": revisions.last().pk,
        "earliest": revisions.first().pk,
        "task_state": state.current_task_state_id,
        "task": state.current_task_state.task_id,
        "workflow": state.workflow_id,
        "workflow_state": state.pk,
        "translation_source": source.pk,
        "translation": translation.pk,
        "segment": source.stringsegment_set.first().pk,
        "collection": world.group.collection_id,
        "workgroup": world.group.pk,
        "picture": secret.lead_illustration_id,
        "film": film.pk,
        "session": EditingSession.objects.create(
            user=world.author, content_object=secret, last_seen_at=secret.latest_revision_created_at
        ).pk,
        "stage": world.stage.pk,
        "locale": english.pk,
        "site": 1,
        "writer": world.author.pk,
        "meeting": held.pk,
        "decision": meetings.decide(held, "Motcache décidé.", world.author).thing.pk,
        "hours": meetings.give_hours(
            GivenHours(
                workgroup=world.group,
                user=world.author,
                day=timezone.localdate(),
                hours=1,
                note="Motcache relu.",
            ),
            world.author,
        ).thing.pk,
        "remark": remark.pk,
        "none": 1,
    }


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
        # What is filled in again asks for these, and would make one that is not there yet.
        ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)
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
            caches["limits"].clear()
            connection.close()


@pytest.fixture
def login(client):
    """Log somebody in: ``login(user)`` gives the client."""

    def as_user(user):
        client.force_login(user)
        return client

    return as_user
