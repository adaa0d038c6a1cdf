"""Nothing goes live without its signatures, by any path."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from wagtail.models import Page

from pages.models import TopicPage
from tests.factories.workgroups import publish, signature_for
from workgroups.models import EditorialRecord, SignOff, UnsignedContentError


@pytest.fixture
def draft(world):
    return world.make_topic()


@pytest.fixture
def live(live_topic):
    return live_topic


def assert_unread(page):
    page.refresh_from_db()
    assert not page.live
    assert page.live_revision_id is None


def test_a_signed_topic_goes_live(live):
    assert live.live
    assert live.valid_sign_offs[0].signatory_name == "Anne Validé"


def test_not_by_publishing_its_revision(draft):
    with pytest.raises(UnsignedContentError):
        draft.latest_revision.publish(skip_permission_checks=True)
    assert_unread(draft)


def test_not_by_saving(draft):
    draft.live = True
    with pytest.raises(UnsignedContentError):
        draft.save()
    assert_unread(TopicPage.objects.get(pk=draft.pk))


@pytest.mark.parametrize("fields", [["live"], ["live", "title"], ["live", "live_revision"]])
def test_not_by_saving_some_fields(draft, fields):
    draft.live = True
    draft.live_revision = draft.latest_revision
    with pytest.raises(UnsignedContentError):
        draft.save(update_fields=fields)
    assert_unread(TopicPage.objects.get(pk=draft.pk))


def test_not_by_saving_the_base_page(draft):
    page = Page.objects.get(pk=draft.pk)
    page.live = True
    page.live_revision_id = draft.latest_revision_id
    with pytest.raises(IntegrityError), transaction.atomic():
        page.save()
    assert_unread(draft)


def test_not_by_a_query_nor_by_sql(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=draft.pk).update(live=True)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wagtailcore_page SET live = %s, live_revision_id = %s WHERE id = %s",
            [True, draft.latest_revision_id, draft.pk],
        )
    assert_unread(draft)


def test_a_live_topics_text_does_not_change_by_a_query(live):
    for change in ({"title": "Autre"}, {"key_message": "Autre"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TopicPage.objects.filter(pk=live.pk).update(**change)
    live.title = "Autre"
    with pytest.raises(UnsignedContentError):
        live.save()
    with pytest.raises(UnsignedContentError):
        live.save(update_fields=["title"])
    assert TopicPage.objects.get(pk=live.pk).title == "Mon bébé se réveille"


def test_a_signature_of_another_revision_is_not_enough(world, live):
    live.key_message = "Une autre phrase."
    revision = live.save_revision(user=world.author)
    with pytest.raises(UnsignedContentError):
        revision.publish(skip_permission_checks=True)
    live.refresh_from_db()
    assert live.key_message == "Se réveiller la nuit est normal."


def test_a_withdrawn_topic_does_not_come_back_by_itself(world, live):
    from workgroups import signing

    revision = live.live_revision
    signing.withdraw(live, world.coordinator, "Une source a changé.")
    with pytest.raises(UnsignedContentError):
        revision.publish(skip_permission_checks=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=live.pk).update(live=True, live_revision_id=revision.pk)
    assert_unread(TopicPage.objects.get(pk=live.pk))


def test_nothing_but_a_withdrawal_takes_it_off(live):
    with pytest.raises(UnsignedContentError):
        live.unpublish()
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=live.pk).update(live=False)
    assert TopicPage.objects.get(pk=live.pk).live


def test_two_signatures_come_from_two_people(world):
    from workgroups import signing

    world.theme.required_signatures = 2
    world.theme.save()
    page = world.make_topic("La fièvre")
    page = publish(page, world.author, world.signatory)
    assert not page.live
    signature = signature_for(page)
    assert signing.sign(page.pk, world.signatory, signature) is signing.Outcome.ALREADY_SIGNED
    assert SignOff.objects.count() == 1
    assert signing.sign(page.pk, world.second_signatory, signature) is signing.Outcome.PUBLISHED
    assert EditorialRecord.objects.get(page_id=page.pk).stage == "published"


def test_no_copy_starts_live(world, live):
    with pytest.raises(PermissionDenied):
        live.copy(update_attrs={"slug": "copie"}, keep_live=True, user=world.superuser)
    assert TopicPage.objects.count() == 1
