"""Nothing goes live without its signatures: the admin's forms, bulk actions and APIs."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from pages.models import TopicPage
from tests.factories.workgroups import bring_to_sign_off, illustration, publish
from tests.workgroups.doors import (
    ApiV3,
    admin_api,
    assert_parents_read_only,
    bulk,
    page_url,
    told,
)
from tests.workgroups.test_story import edit_url, editor_data
from workgroups import workflow
from workgroups.models import EditorialRecord

WHO = ["author", "coordinator", "signatory", "superuser"]
YESTERDAY = timezone.now() - timezone.timedelta(days=1)
FUTURE = "2039-01-01 09:00"


def into_the_past(revision):
    """Give a revision the day that Wagtail's scheduler looks for."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=YESTERDAY)


@pytest.fixture(params=["draft", "sign_off"])
def unsigned(request, world, draft_topic):
    if request.param == "sign_off":
        bring_to_sign_off(draft_topic, world.author)
    return draft_topic


@pytest.mark.parametrize("who", WHO)
def test_not_by_publish_in_the_editor(world, login, unsigned, who):
    client = login(getattr(world, who))
    data = editor_data(world, illustration(collection=world.group.collection))
    for extra in ({}, {"go_live_at": "", "expire_at": FUTURE}, {"go_live_at": FUTURE}):
        response = client.post(edit_url(unsigned), {**data, "action-publish": "1", **extra})
        assert response.status_code in (200, 302)
    call_command("publish_scheduled")
    assert_parents_read_only()
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


@pytest.mark.parametrize("who", WHO)
def test_not_by_publish_in_the_create_view(world, login, who):
    client = login(getattr(world, who))
    data = {**editor_data(world), "action-publish": "1", "go_live_at": ""}
    client.post(page_url("add", "pages", "topicpage", world.theme), data)
    assert TopicPage.objects.count() == (0 if who == "signatory" else 1)
    assert_parents_read_only()


@pytest.mark.parametrize("who", ["coordinator", "superuser"])
def test_not_by_bulk_publish(world, login, unsigned, who):
    client = login(getattr(world, who))
    for pages in ([unsigned], [world.theme], [world.home, world.theme, unsigned]):
        bulk(client, "publish", *pages, include_descendants="on")
        assert_parents_read_only()


@pytest.mark.parametrize("who", ["author", "superuser"])
def test_not_by_the_admins_own_api(world, login, unsigned, who):
    client = login(getattr(world, who))
    for action, data in (
        ("publish", {}),
        ("copy", {"keep_live": True, "slug": "copie"}),
        ("copy", {"keep_live": True, "recursive": True, "slug": "copie-2"}),
        ("create_alias", {"recursive": False, "slug": "alias"}),
        ("convert_alias", {}),
    ):
        assert admin_api(client, unsigned, action, **data).status_code < 500
        assert_parents_read_only()


@pytest.mark.parametrize("who", ["coordinator", "superuser"])
def test_no_older_revision_by_the_admins_own_api(world, live_topic, login, who):
    first = live_topic.revisions.order_by("pk").first()
    response = admin_api(
        login(getattr(world, who)), live_topic, "revert_to_page_revision", revision_id=first.pk
    )
    assert response.status_code < 500
    assert_parents_read_only(live_topic)


@pytest.mark.urls("tests.workgroups.urls_with_api")
@pytest.mark.parametrize("who", ["coordinator", "superuser"])
class TestByTheApi:
    @pytest.fixture
    def api(self, world, client, who):
        return ApiV3(client, getattr(world, who))

    def test_no_publication(self, api, unsigned):
        assert api.act(unsigned, "publish").status_code == 403
        assert_parents_read_only()

    def test_no_change_that_publishes(self, api, unsigned):
        assert api.change(unsigned, title="Autre titre").status_code < 500
        assert_parents_read_only()

    def test_no_creation_that_publishes(self, api, world):
        response = api.create(world.theme, title="Nouveau", slug="nouveau")
        assert response.status_code < 500
        assert_parents_read_only()

    def test_a_live_topic_stays_as_signed(self, api, world):
        page = publish(world.make_topic(), world.author, world.signatory)
        first = page.revisions.order_by("pk").first()
        for response in (
            api.act(page, "publish"),
            api.act(page, "unpublish"),
            api.act(page, "unpublish", recursive=True),
            api.act(world.theme, "unpublish", recursive=True),
            api.act(world.home, "unpublish", recursive=True),
            api.act(page, "copy", keep_live=True, slug="copie"),
            api.act(page, "create_alias", slug="alias"),
            api.act(page, "convert_alias"),
            api.act(page, "delete"),
            api.delete(page),
            api.act(world.theme, "delete"),
        ):
            assert 400 <= response.status_code < 500, response.content
            assert_parents_read_only(page)
        for response in (
            api.change(page, title="Autre titre"),
            api.act(page, "revert", revision_id=first.pk),
        ):
            assert response.status_code < 500
            assert_parents_read_only(page)
        assert page.get_record().stage == "draft"

    def test_a_topic_at_sign_off_is_not_changed(self, api, world):
        page = world.make_topic()
        first = page.revisions.order_by("pk").first()
        bring_to_sign_off(page, world.author)
        for response in (
            api.change(page, title="Autre titre"),
            api.act(page, "revert", revision_id=first.pk),
        ):
            assert response.status_code == 403
        assert page.revisions.count() == 1


def test_not_by_a_schedule_that_somebody_put_on_the_revision(world, unsigned):
    into_the_past(unsigned.get_latest_revision())
    call_command("publish_scheduled")
    call_command("run_due")
    assert_parents_read_only()
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def test_not_by_a_schedule_on_a_revision_of_a_live_topic(world, live_topic):
    live_topic.key_message = "Une phrase que personne n'a signée."
    revision = live_topic.save_revision(user=world.author)
    into_the_past(revision)
    call_command("publish_scheduled")
    call_command("run_due")
    assert_parents_read_only(live_topic)


def test_not_by_reverting_to_an_older_revision(world, live_topic, login):
    first = live_topic.revisions.order_by("pk").first()
    client = login(world.superuser)
    assert client.get(page_url("revisions_revert", live_topic, first)).status_code in (200, 302)
    data = {**editor_data(world), "revision": first.pk, "action-publish": "1"}
    client.post(edit_url(live_topic), data)
    assert_parents_read_only(live_topic)


def test_no_other_signed_text_comes_back_without_a_new_signature(world, live_topic):
    page = live_topic
    old = page.live_revision
    page.key_message = "Une autre phrase, signée elle aussi."
    workflow.start_round(page, world.author)
    page.save_revision(user=world.author)
    page = publish(page, world.author, world.signatory)
    assert page.live_revision_id != old.pk
    with pytest.raises(PermissionDenied):
        old.publish(skip_permission_checks=True)
    into_the_past(old)
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.key_message == "Une autre phrase, signée elle aussi."
    assert_parents_read_only(page)


def test_the_refusal_is_a_sentence_on_the_screen(world, login, unsigned):
    response = bulk(login(world.superuser), "publish", unsigned)
    assert response.status_code in (200, 302)
    assert EditorialRecord.objects.get(page_id=unsigned.pk).in_round
    assert "published" not in told(response)
