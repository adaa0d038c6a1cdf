"""Nobody signs what they wrote, whatever way they wrote it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Locale, Page, PageLogEntry

from pages.models import HomePage, ThemePage, TopicPage
from tests.factories.translations import asked, complete, shelves
from tests.factories.workgroups import (
    WorkgroupFactory,
    bring_to_sign_off,
    member,
    person,
    publish,
    signatory,
    signature_for,
)
from tests.workgroups.doors import page_url, told
from tests.workgroups.test_story import editor_data
from workgroups import signing, translations, workflow
from workgroups.authorship import writers_of
from workgroups.models import EditorialRecord, Membership, SignOff


def assert_cannot_sign(page, user, client=None):
    """Refused in code, not asked, and refused with a sentence when forged."""
    record = EditorialRecord.objects.get(page_id=page.pk)
    bring_to_sign_off(page, complete(page) if record.is_translation else record.holders()[0])
    record = EditorialRecord.objects.get(page_id=page.pk)
    before = SignOff.objects.count()
    assert record.stage == "sign_off"
    assert not record.asked.filter(pk=user.pk).exists()
    assert signing.why_not(page, record, user)
    with pytest.raises(PermissionDenied):
        signing.sign(page.pk, user, signature_for(page))
    if client:
        signature = signature_for(page)
        client.force_login(user)
        address = reverse("editorial_sign_off", args=[page.pk])
        response = client.post(
            address,
            {
                "action": "sign", "revision": signature.revision_id,
                "content_hash": signature.content_hash, "statement": "on",
                "review_due_on": signature.review_due_on.isoformat(),
            },
        )  # fmt: skip
        assert response.status_code == 302
        assert told(response) or not user.is_active
    assert SignOff.objects.count() == before


def revision(world, page, user):
    page.save_revision(user=user)
    return page


def edit_whose_revision_is_purged(world, page, user):
    page.save_revision(user=user, log_action=True)
    page.save_revision(user=world.author, log_action=True)
    page.workflow_states.first().task_states.update(revision=page.get_latest_revision())
    call_command("purge_revisions", verbosity=0)
    assert not page.revisions.filter(user=user).exists()
    return page


def revert(world, page, user):
    old = page.get_latest_revision()
    page.save_revision(user=world.author, log_action=True)
    RevertToPageRevisionAction(page, old, user=user).execute(skip_permission_checks=True)
    return page


def creation(world, page, user):
    return world.make_topic("Une autre page", slug="une-autre", author=user)


def a_log_entry_alone(world, page, user):
    log(instance=page, action="wagtail.rename", user=user)
    return page


def the_source_of_a_copy(world, page, user):
    page.save_revision(user=user)
    return page.copy(update_attrs={"slug": "copie"}, keep_live=False)


def the_source_of_a_copy_of_a_copy(world, page, user):
    copy = the_source_of_a_copy(world, page, user)
    return copy.copy(update_attrs={"slug": "copie-2"}, keep_live=False, copy_revisions=False)


def the_copy_itself(world, page, user):
    return page.copy(update_attrs={"slug": "copie"}, keep_live=False, user=user)


def in_english(world, page):
    english, _created = Locale.objects.get_or_create(language_code="en")
    for shelf in (world.home, world.theme):
        if not type(shelf).objects.filter(locale=english).exists():
            shelf.copy_for_translation(english)
    for model in (HomePage, ThemePage):
        model.objects.get(locale=english).get_latest_revision().publish()
    return page.copy_for_translation(english)


def the_source_of_a_translation(world, page, user):
    page.save_revision(user=user)
    return in_english(world, page)


def the_source_after_it_was_translated(world, page, user):
    translation = in_english(world, page)
    page.save_revision(user=user)
    return translation


def strings_of_a_translation(world, page, user):
    live = publish(page, world.author, world.second_signatory)
    translation = asked(live, "en", world.author)
    shelves("en")
    first = translations.pieces(translation)[0]
    translations.write(translation, {first.key: "My baby wakes up"}, user)
    return translation


WAYS = [
    revision,
    edit_whose_revision_is_purged,
    revert,
    creation,
    a_log_entry_alone,
    the_source_of_a_copy,
    the_source_of_a_copy_of_a_copy,
    the_copy_itself,
    the_source_of_a_translation,
    the_source_after_it_was_translated,
    strings_of_a_translation,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_who_wrote_cannot_sign(world, client, way):
    page = way(world, world.make_topic(), world.signatory)
    page = TopicPage.objects.get(pk=page.pk)
    assert_cannot_sign(page, world.signatory, client)
    outcome = signing.sign(page.pk, world.second_signatory, signature_for(page))
    assert outcome is signing.Outcome.PUBLISHED


def an_author_of_the_group(world):
    return member(world.group, "author")


def a_superuser(world):
    return person(is_superuser=True, profession="pédiatre")


def a_superuser_who_wrote(world):
    user = person("signatory", is_superuser=True, profession="pédiatre")
    world.page.save_revision(user=user)
    return user


def a_coordinator(world):
    return person("coordinator", profession="pédiatre")


def somebody_without_the_role(world):
    return person(profession="pédiatre")


def a_closed_account(world):
    return signatory(is_active=False)


def a_signatory_without_profession(world):
    return signatory(profession="")


def a_signatory_of_another_theme(world):
    world.theme.signatories = [world.second_signatory]
    world.theme.save()
    return world.signatory


@pytest.mark.parametrize(
    "who",
    [
        an_author_of_the_group,
        a_superuser,
        a_superuser_who_wrote,
        a_coordinator,
        somebody_without_the_role,
        a_closed_account,
        a_signatory_without_profession,
        a_signatory_of_another_theme,
    ],
    ids=lambda who: who.__name__,
)
def test_who_else_cannot_sign(world, client, who):
    world.page = world.make_topic()
    user = who(world)
    if who is an_author_of_the_group:
        user.groups.add(*world.signatory.groups.all())
        user.profession = "sage-femme"
        user.save()
        user = type(user).objects.get(pk=user.pk)
    assert_cannot_sign(world.page, user, client)


def test_an_author_of_a_closed_group_cannot_sign_its_topics(world, draft_topic, client):
    bring_to_sign_off(draft_topic, world.author)
    world.group.active = False
    world.group.save()
    user = signatory()
    Membership.objects.create(user=user, workgroup=world.group, role="author")
    assert signing.why_not(draft_topic, draft_topic.get_record(), user)
    with pytest.raises(PermissionDenied):
        signing.sign(draft_topic.pk, user, signature_for(draft_topic))


def test_an_author_of_another_group_can_sign(world):
    user = signatory()
    Membership.objects.create(user=user, workgroup=WorkgroupFactory(), role="author")
    page = publish(world.make_topic(), world.author, user)
    assert page.live


def test_who_edits_the_source_later_may_sign_the_copy(world, draft_topic):
    """Only what stood in the source when it was copied is in the copy."""
    copy = draft_topic.copy(update_attrs={"slug": "copie"}, keep_live=False, user=world.author)
    later = timezone.now() + timedelta(minutes=1)
    revision = draft_topic.save_revision(user=world.signatory)
    type(revision).objects.filter(pk=revision.pk).update(created_at=later)
    assert publish(TopicPage.objects.get(pk=copy.pk), world.author, world.signatory).live


def test_the_second_signature_comes_from_somebody_else(world, client):
    ThemePage.objects.filter(pk=world.theme.pk).update(required_signatures=2)
    page = world.make_topic()
    publish(page, world.author, world.signatory)
    for _attempt in range(2):
        outcome = signing.sign(page.pk, world.signatory, signature_for(page))
        assert outcome is signing.Outcome.ALREADY_SIGNED
    assert SignOff.objects.count() == 1
    assert not TopicPage.objects.get().live


def test_signing_does_not_make_somebody_an_author(world, live_topic):
    assert writers_of(live_topic) == {world.author.pk}


def test_signing_a_new_title_does_not_either(world):
    """At its publication Wagtail logs it in the name of who signed."""
    page = publish(world.make_topic("Sieste"), world.author, world.signatory)
    workflow.start_round(page, world.author)
    draft = page.get_latest_revision_as_object()
    draft.title = "La sieste"
    draft.save_revision(user=world.author, log_action=True)
    page = publish(TopicPage.objects.get(pk=page.pk), world.author, world.signatory)
    assert page.title == "La sieste"
    assert PageLogEntry.objects.filter(action="wagtail.rename", user=world.signatory).exists()
    assert writers_of(page) == {world.author.pk}


def test_a_signatory_who_corrects_in_the_editor_is_an_author_then(world, login):
    user = person("signatory", "coordinator", profession="sage-femme")
    page = world.make_topic()
    login(user).post(page_url("edit", page), editor_data(world, key_message="Corrigé."))
    page = TopicPage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().key_message == "Corrigé."
    assert user.pk in writers_of(page)


def by_the_base_model(page):
    Page.objects.get(pk=page.pk).delete()


def by_the_base_queryset(page):
    Page.objects.filter(pk=page.pk).delete()


def by_its_theme(page):
    Page.objects.filter(pk=page.get_parent().pk).delete()


@pytest.mark.parametrize(
    "delete", [by_the_base_model, by_the_base_queryset, by_its_theme], ids=lambda d: d.__name__
)
def test_what_a_copy_was_made_from_is_deleted_by_no_code(world, draft_topic, delete):
    draft_topic.save_revision(user=world.signatory)
    other = world.home.add_child(instance=ThemePage(title="Autre", slug="autre"))
    copy = draft_topic.copy(to=other, update_attrs={"slug": "copie"}, keep_live=False)
    with pytest.raises(PermissionDenied), transaction.atomic():
        delete(draft_topic)
    assert_cannot_sign(TopicPage.objects.get(pk=copy.pk), world.signatory)


@pytest.mark.parametrize("update_fields", [None, ["lineage"]])
def test_a_copy_keeps_its_lineage(world, update_fields):
    copy = the_source_of_a_copy(world, world.make_topic(), world.signatory)
    copy = TopicPage.objects.get(pk=copy.pk)
    copy.lineage = uuid4()
    with pytest.raises(PermissionDenied):
        copy.save(update_fields=update_fields)
    assert_cannot_sign(TopicPage.objects.get(pk=copy.pk), world.signatory)
