"""A copy, an alias or a translation of a signed topic is not signed."""

from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from pages.models import HomePage, ThemePage, TopicPage
from tests.factories.translations import complete
from tests.factories.workgroups import publish
from tests.workgroups.doors import ApiV3, admin_api, assert_parents_read_only, page_url, told
from workgroups.models import EditorialRecord


@pytest.fixture
def live(live_topic):
    return live_topic


@pytest.fixture
def english(world, settings):
    """A second language whose home and theme are translated and live."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        ("fr", "Français"),
        ("en", "English"),
    ]
    locale, _created = Locale.objects.get_or_create(language_code="en")
    for page in (world.home, world.theme):
        page.copy_for_translation(locale)
    for page in (HomePage, ThemePage):
        page.objects.get(locale=locale).get_latest_revision().publish()
    return locale


def copy_data(page, world, **changes):
    return {
        "new_title": "Copie", "new_slug": "copie", "new_parent_page": world.theme.pk,
        "copy_subpages": "on", "publish_copies": "on", "alias": "", **changes,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["author", "coordinator", "superuser"])
def test_the_copy_form_makes_a_draft_of_the_same_group(world, login, live, who):
    client = login(getattr(world, who))
    if who != "author":
        refused = client.post(page_url("copy", live), copy_data(live, world))
        assert "new_parent_page" in refused.context["form"].errors
    client.post(page_url("copy", live), copy_data(live, world, publish_copies=""))
    assert_parents_read_only(live)
    copies = TopicPage.objects.exclude(pk=live.pk)
    assert len(copies) == 1
    for copy in copies:
        record = EditorialRecord.objects.get(page_id=copy.pk)
        assert (record.stage, record.workgroup) == ("draft", world.group)
        assert not copy.sign_offs.exists()
        assert copy.live_revision_id is None


@pytest.mark.parametrize("who", ["coordinator", "superuser"])
def test_a_copy_of_the_whole_theme_copies_drafts(world, login, live, who):
    client = login(getattr(world, who))
    data = copy_data(live, world, new_parent_page=world.home.pk)
    client.post(page_url("copy", world.theme), data)
    client.post(page_url("copy", world.theme), {**data, "publish_copies": ""})
    assert_parents_read_only(live)
    client.post(page_url("copy", world.theme), {**data, "new_slug": "a", "alias": "on"})
    client.post(page_url("copy", live), copy_data(live, world, new_slug="b", alias="on"))
    assert_parents_read_only(live)


@pytest.mark.parametrize("recursive", [False, True])
@pytest.mark.parametrize("copy_revisions", [False, True])
def test_no_copy_in_code_starts_live(world, live, recursive, copy_revisions):
    source = world.theme if recursive else live
    with pytest.raises(PermissionDenied), transaction.atomic():
        source.copy(
            recursive=recursive,
            update_attrs={"slug": "copie"},
            keep_live=True,
            copy_revisions=copy_revisions,
        )
    assert_parents_read_only(live)
    copy = source.copy(
        recursive=recursive,
        update_attrs={"slug": "copie"},
        keep_live=False,
        copy_revisions=copy_revisions,
        user=world.superuser,
    )
    assert_parents_read_only(live)
    for page in TopicPage.objects.exclude(pk=live.pk):
        for revision in page.revisions.all():
            with pytest.raises(PermissionDenied):
                revision.publish(skip_permission_checks=True)
    assert_parents_read_only(live)
    assert copy.pk


def test_no_alias_in_code(world, live):
    for recursive, source in ((False, live), (True, world.theme)):
        with pytest.raises(PermissionDenied), transaction.atomic():
            source.create_alias(recursive=recursive, update_slug="alias")
    assert_parents_read_only(live)


def test_an_alias_of_a_draft_does_not_go_live_with_its_source(world, draft_topic):
    page = draft_topic
    alias = page.create_alias(update_slug="alias")
    page = publish(page, world.author, world.signatory)
    assert_parents_read_only(page)
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=alias.pk).update(live=True)
    converted = ConvertAliasPageAction(alias, user=world.superuser).execute()
    assert not converted.live
    assert EditorialRecord.objects.get(page_id=alias.pk).stage == "draft"
    with pytest.raises(PermissionDenied):
        converted.get_latest_revision().publish(skip_permission_checks=True)
    assert_parents_read_only(page)


@pytest.mark.parametrize("who", ["coordinator", "superuser"])
def test_converting_an_alias_by_the_admin(world, draft_topic, login, who):
    page = draft_topic
    alias = page.create_alias(update_slug="alias")
    page = publish(page, world.author, world.signatory)
    client = login(getattr(world, who))
    assert client.post(page_url("convert_alias", alias)).status_code == 302
    assert admin_api(client, alias, "convert_alias").status_code < 500
    assert_parents_read_only(page)


def test_a_signed_topic_does_not_become_an_alias(world, live):
    other = publish(world.make_topic("Un autre"), world.author, world.signatory)
    live.alias_of = other
    with pytest.raises(PermissionDenied):
        live.save()
    with pytest.raises(PermissionDenied):
        live.save(update_fields=["alias_of"])
    live = TopicPage.objects.get(pk=live.pk)
    assert live.alias_of is None
    assert_parents_read_only(live, other)


def test_a_translation_is_a_draft(world, live, english):
    translation = live.copy_for_translation(english)
    assert_parents_read_only(live)
    record = EditorialRecord.objects.get(page_id=translation.pk)
    assert (record.stage, record.locale, record.workgroup) == ("draft", english, world.group)
    with pytest.raises(PermissionDenied):
        translation.get_latest_revision().publish(skip_permission_checks=True)
    with pytest.raises(PermissionDenied), transaction.atomic():
        live.copy_for_translation(english, alias=True)


def test_no_alias_for_translation(world, live, english):
    with pytest.raises(PermissionDenied), transaction.atomic():
        live.copy_for_translation(english, alias=True)
    assert_parents_read_only(live)


@pytest.mark.urls("tests.workgroups.urls_with_api")
def test_a_translation_by_the_apis_is_a_draft(world, client, live, english):
    api = ApiV3(client, world.superuser)
    assert api.act(live, "copy_for_translation", locale="en").status_code == 201
    assert_parents_read_only(live)
    again = api.act(live, "copy_for_translation", locale="en", alias=True)
    assert 400 <= again.status_code < 500
    assert_parents_read_only(live)


class TestWagtailLocalize:
    def submit(self, client, page, english):
        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        return client.post(address, {"locales": [english.pk], "include_subtree": "on"})

    def test_submitting_makes_a_draft(self, world, login, live, english):
        assert self.submit(login(world.superuser), live, english).status_code == 302
        assert TopicPage.objects.filter(locale=english).count() == 1
        assert_parents_read_only(live)

    def test_submitting_the_tree_makes_drafts(self, world, login, live, english):
        assert self.submit(login(world.superuser), world.theme, english).status_code < 500
        assert_parents_read_only(live)

    def test_publish_is_refused_with_a_sentence(self, world, login, live, english):
        client = login(world.superuser)
        self.submit(client, live, english)
        page = TopicPage.objects.get(locale=english)
        response = client.post(page_url("edit", page), {"action": "publish"})
        assert response.status_code in (200, 302)
        assert told(response)
        assert_parents_read_only(live)

    def test_stopping_and_converting_to_an_alias(self, world, login, live, english):
        client = login(world.superuser)
        self.submit(client, live, english)
        page = TopicPage.objects.get(locale=english)
        translation = Translation.objects.get()
        address = reverse("wagtail_localize:convert_to_alias", args=[page.pk])
        response = client.post(address)
        assert response.status_code in (200, 302)
        assert told(response)
        assert_parents_read_only(live)
        stop = reverse("wagtail_localize:stop_translation", args=[translation.pk])
        assert client.post(stop).status_code < 500
        assert_parents_read_only(live)

    def test_saving_the_target_in_code(self, live, english, django_capture_on_commit_callbacks):
        source, _created = TranslationSource.get_or_create_from_instance(live)
        translation = Translation.objects.create(source=source, target_locale=english)
        with pytest.raises(PermissionDenied), django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)
        assert TopicPage.objects.get(locale=english).get_record().stage == "draft"
        assert_parents_read_only(live)

    def test_updating_with_publication(
        self, world, login, live, english, django_capture_on_commit_callbacks
    ):
        client = login(world.superuser)
        self.submit(client, live, english)
        source = TranslationSource.objects.get(object_id=live.translation_key)
        address = reverse("wagtail_localize:update_translations", args=[source.pk])
        # Inside the view, where on_commit runs outside of tests, the admin answers
        # a PermissionDenied with a message.
        with pytest.raises(PermissionDenied), django_capture_on_commit_callbacks(execute=True):
            client.post(address, {"publish_translations": "on"})
        assert_parents_read_only(live)

    def test_a_live_translation_keeps_its_signed_text(
        self, world, login, live, english, django_capture_on_commit_callbacks
    ):
        source, _created = TranslationSource.get_or_create_from_instance(live)
        translation = Translation.objects.create(source=source, target_locale=english)
        translation.save_target(publish=False)
        page = TopicPage.objects.get(locale=english)
        page = publish(page, complete(page), world.signatory)
        assert_parents_read_only(live, page)
        source.update_from_db()
        with pytest.raises(PermissionDenied), django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)
        for data in ({"action": "publish"}, {"action": "save_draft"}, {}):
            response = login(world.superuser).post(page_url("edit", page), data)
            assert response.status_code in (200, 302)
            assert_parents_read_only(live, page)
        call_command("publish_scheduled")
        assert_parents_read_only(live, page)


def test_an_alias_of_a_draft_can_be_deleted(world, draft_topic, login):
    alias = draft_topic.create_alias(update_slug="alias")
    client = login(world.coordinator)
    assert client.get(page_url("delete", alias)).status_code == HTTPStatus.OK
    client.post(page_url("delete", alias))
    assert not TopicPage.objects.filter(pk=alias.pk).exists()
    assert TopicPage.objects.filter(pk=draft_topic.pk).exists()
