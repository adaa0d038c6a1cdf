"""A member sees and edits the topics of her own groups and nothing else."""

from contextlib import contextmanager
from http import HTTPStatus
from urllib.parse import parse_qs, quote, quote_plus

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.db import connection
from django.forms.models import model_to_dict
from django.urls import resolve, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Comment, Page, PageSubscription, Revision
from wagtail_localize.models import StringTranslation, Translation

from accounts.models import User
from accounts.roles import Role
from media.models import Illustration
from pages.models import Opinion, PublicService, ThemePage, TopicPage
from tests.factories.media import RecordingFactory
from tests.factories.workgroups import WorkgroupFactory, illustration, member, person
from workgroups.gate import BULK
from workgroups.models import (
    Decision,
    DraftFile,
    EditorialRecord,
    GivenHours,
    Meeting,
    Membership,
    Remark,
)

from .admin_addresses import addresses, queries

WORDS = ("Secretissime", "secretissime", "motcache", "Motcache")


def neighbour(world, target, role="author"):
    """Somebody of another group, which writes for the same theme."""
    group = WorkgroupFactory(name="Repas")
    world.theme.workgroups = [world.group, group]
    world.theme.save()
    own_theme = ThemePage.objects.get(pk=target["own_theme"])
    own_theme.workgroups = [group]
    own_theme.save()
    user = member(group, role)
    target["own_page"] = world.make_topic("Ma purée", group=group, author=user).pk
    return user


def former_member(world, target):
    Membership.objects.filter(user=world.second_author).delete()
    return world.second_author


def member_of_a_closed_group(world, target):
    world.group.active = False
    world.group.save()
    return world.second_author


def deactivated(world, target):
    world.second_author.is_active = False
    world.second_author.save()
    return world.second_author


PEOPLE = {
    "neighbour": neighbour,
    "illustrator of another group": lambda w, t: neighbour(w, t, "illustrator"),
    "signatory": lambda w, t: w.signatory,
    "translator": lambda w, t: person(Role.TRANSLATOR),
    "directory moderator": lambda w, t: person(Role.DIRECTORY_MODERATOR),
    "partner manager": lambda w, t: person(Role.PARTNER_MANAGER),
    "former member": former_member,
    "member of a closed group": member_of_a_closed_group,
    "deactivated": deactivated,
}


def state_of(secret, target):
    """All that nobody outside the group may change."""
    page = TopicPage.objects.get(pk=secret.pk)
    return {
        "row": {**model_to_dict(page), "stages": [s.pk for s in page.stages.all()]},
        "place": (page.path, page.locked, page.alias_of_id, page.latest_revision_id),
        "record": EditorialRecord.objects.filter(page_id=secret.pk).values().get(),
        "pages": TopicPage.objects.count(),
        "revisions": list(Revision.objects.page_revisions().values("pk", "content")),
        "comments": list(Comment.objects.values("pk", "text", "resolved_at")),
        "subscriptions": list(PageSubscription.objects.values("pk", "user")),
        "files": list(DraftFile.objects.values()),
        "restrictions": list(page.view_restrictions.values()),
        "tasks": list(page.current_workflow_state.task_states.values("pk", "status", "comment")),
        "film": RecordingFactory._meta.model.objects.filter(pk=target["film"]).values().get(),
        "picture": model_to_dict(type(secret.lead_illustration).objects.get(pk=target["picture"])),
        "translations": list(Translation.objects.values("pk", "enabled")),
        "translated": list(StringTranslation.objects.values()),
        "opinions": list(Opinion.objects.values()),
        "services": list(PublicService.objects.values()),
        "members": list(Membership.objects.values()),
        "meetings": list(Meeting.objects.values()),
        "decisions": list(Decision.objects.values()),
        "hours": list(GivenHours.objects.values()),
        "remarks": list(Remark.objects.values()),
    }


# A body that would do what the address is for, at any address.
def forged(target):
    return {
        "title": "Volé",
        "slug": "vole",
        "new_title": "Volé",
        "new_slug": "vole",
        "new_parent_page": target["own_theme"],
        "workgroup": target["workgroup"],
        "destination_page_id": target["own_theme"],
        "chooser": target["own_theme"],
        "restriction_type": "login",
        "action-publish": "1",
        "comment": "Volé",
        "locales": [target["locale"]],
        "translated_value": "Volé",
        "confirm": "1",
        "reason": "Volé",
        "text": "Volé",
        "remove": "1",
        "next": reverse("wagtailadmin_home"),
    }


def told(response):
    """The words of the secret in a response or in the messages that wait for
    the next one; what only repeats the question is left aside."""
    if response.streaming:
        body = b"".join(response.streaming_content).decode(errors="replace")
    else:
        body = response.content.decode(errors="replace")
    body += response.headers.get("Location", "")
    for asked in parse_qs(response.request["QUERY_STRING"]).get("html_path", []):
        for form in (asked, quote(asked), quote_plus(asked)):
            body = body.replace(form, "")
    body += " ".join(str(m) for m in get_messages(response.wsgi_request))
    return [word for word in WORDS if word in body]


def ask(client, name, url, query=""):
    """What is wrong with the answer, as a list of one line or none."""
    response = client.get(f"{url}?{query}")
    if words := told(response):
        return [f"{name}?{query}: {words}"]
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return [f"{name}?{query}: {response.status_code}"]
    return []


@contextmanager
def writes():
    """Gives a list of what the database is asked meanwhile besides to read."""
    asked = []

    def note(execute, sql, *arguments):
        if not sql.startswith(("SELECT ", "SAVEPOINT ", "RELEASE SAVEPOINT ")):
            asked.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        yield asked


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


def log_in(visitor, user, secret, target):
    """Log ``user`` in; the secret is what was saved last on the whole site."""
    page = TopicPage.objects.get(pk=secret.pk)
    target["revision"] = page.save_revision(user=page.owner, log_action=True).pk
    visitor.force_login(user)


def test_every_bulk_action_is_among_the_addresses(target):
    asked = [resolve(url).kwargs for name, url in addresses(target) if name == BULK]
    assert all(bulk_action_registry.get_bulk_action_class(*words.values()) for words in asked)
    models = {apps.get_model(words["app_label"], words["model_name"]) for words in asked}
    assert {Page, Illustration, User} <= models


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_a_neighbour_finds_nothing_however_she_asks(world, secret, target, visitor):
    log_in(visitor, neighbour(world, target), secret, target)
    wrong = []
    for name, url in addresses(target):
        for query in queries(name, target):
            wrong += ask(visitor, name, url, query)
    assert not wrong, "\n".join(wrong)


# The neighbour has asked just that, above, on both databases; how the others are kept out
# differs in Python alone.
@pytest.mark.any_database
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "neighbour"])
def test_no_address_tells_of_another_groups_draft(world, secret, target, visitor, who):
    log_in(visitor, PEOPLE[who](world, target), secret, target)
    wrong = []
    for name, url in addresses(target):
        wrong += ask(visitor, name, url, next(queries(name, target)))
    assert not wrong, "\n".join(wrong)


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
@pytest.mark.parametrize("who", ["neighbour", "former member"])
def test_no_forged_post_changes_another_groups_draft(world, secret, target, visitor, who):
    log_in(visitor, PEOPLE[who](world, target), secret, target)
    before = state_of(secret, target)
    wrong = []
    for name, url in addresses(target):
        query = next(queries(name, target)) if "bulk" in name else ""
        with writes() as written:
            words = told(visitor.post(f"{url}?{query}", forged(target)))
        if words:
            wrong.append(f"{name}: {words}")
        after = state_of(secret, target) if written else before
        if after != before:
            changed = [key for key in before if before[key] != after[key]]
            wrong.append(f"{name} changed {changed}")
            before = after
    assert not wrong, "\n".join(wrong)


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_an_alias_of_a_draft_tells_no_more_than_the_draft(world, secret, target, visitor):
    user = neighbour(world, target)
    alias = secret.create_alias(update_slug="secretissime-alias")
    log_in(visitor, user, secret, target)
    target |= {"page": alias.pk, "path": alias.url_path}
    wrong = []
    for name, url in addresses(target):
        wrong += ask(visitor, name, url, next(queries(name, target)))
    assert not wrong, "\n".join(wrong)


def test_only_those_who_see_every_page_read_their_number(world, secret, visitor):
    summary = "wagtailadmin/home/site_summary_pages.html"
    for user, reads in ((world.author, False), (world.coordinator, True)):
        visitor.force_login(user)
        home = visitor.get(reverse("wagtailadmin_home"))
        assert (summary in [template.name for template in home.templates]) is reads


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_reports_on_every_page_are_offered_to_those_who_oversee(world, visitor):
    for user, offered in ((world.author, False), (world.coordinator, True)):
        visitor.force_login(user)
        home = visitor.get(reverse("wagtailadmin_home")).content.decode()
        for name in (
            "wagtailadmin_reports:page_types_usage",
            "wagtail_localize:translations_report",
        ):
            assert (reverse(name) in home) is offered
            assert (visitor.get(reverse(name)).status_code == HTTPStatus.OK) is offered


def test_tags_are_proposed_to_those_who_may_choose_their_files(world, secret, visitor):
    picture = illustration(collection=world.group.collection)
    picture.tags.add("Secretissime aussi")
    for user, proposed in (
        (world.author, ["Secretissime aussi", "Secretissime croquis"]),
        (world.coordinator, ["Secretissime aussi", "Secretissime croquis"]),
        (member(WorkgroupFactory(name="Repas")), []),
    ):
        visitor.force_login(user)
        for address in ("wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete"):
            words = ["taggit", "tag"] if "model" in address else []
            answer = visitor.get(reverse(address, args=words), {"term": "secret"})
            assert answer.json() == proposed
    visitor.logout()
    assert visitor.get(reverse("wagtailadmin_tag_autocomplete")).status_code == HTTPStatus.FOUND


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_a_file_counts_the_topics_that_went_to_another_group(world, visitor):
    """The topic is given away, its picture stays with those who drew it."""
    picture = illustration(title="Dessin", collection=world.group.collection)
    page = world.make_topic("Titre", picture=picture)
    other = WorkgroupFactory(name="Repas")
    EditorialRecord.objects.reassign(page, other, world.coordinator)
    page = TopicPage.objects.get(pk=page.pk)
    page.title = "Secretissime veillée"
    page.save_revision(user=member(other))
    bulk_delete = reverse(BULK, args=["media", "illustration", "delete"])
    addresses = [
        *(
            reverse(f"wagtailimages:{name}", args=[picture.pk])
            for name in ("delete", "edit", "image_usage")
        ),
        f"{bulk_delete}?id={picture.pk}&next={reverse('wagtailadmin_home')}",
    ]
    for user, named in ((world.author, False), (world.coordinator, True)):
        visitor.force_login(user)
        answers = []
        for address in addresses:
            answers += told(visitor.get(address)) + told(visitor.post(address))
        assert bool(answers) is named
    assert Illustration.objects.filter(pk=picture.pk).exists()
