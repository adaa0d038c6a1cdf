"""A topic whose address another page took meanwhile goes online at a free one;
whatever else keeps a signed topic off is said, and it waits for nobody unseen."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from pages.models import ThemePage, TopicPage
from tests.factories.workgroups import bring_to_sign_off, signature_for
from tests.workgroups.doors import assert_parents_read_only, told
from workgroups import signing, workflow
from workgroups.due import publish_due
from workgroups.models import EditorialRecord, SignOff


@pytest.fixture
def late(world):
    """A draft whose new address another draft has taken since, at sign-off."""
    page = world.make_topic("Premier", slug="premier")
    page.slug = "sieste"
    page.save_revision(user=world.author)
    world.make_topic("Second", slug="sieste")
    page = TopicPage.objects.get(pk=page.pk)
    bring_to_sign_off(page, world.author)
    return page


@pytest.fixture
def reserved(world):
    """A topic at sign-off whose address came to be one that no page may have."""
    page = world.make_topic("Recherche", slug="premier")
    page.slug = "recherche"
    page.save_revision(user=world.author, clean=False)
    page = TopicPage.objects.get(pk=page.pk)
    bring_to_sign_off(page, world.author)
    return page


def stage_of(page):
    return EditorialRecord.objects.get(page_id=page.pk).stage


def sign_by_form(client, page):
    signature = signature_for(page)
    return client.post(
        reverse("editorial_sign_off", args=[page.pk]),
        {
            "action": "sign", "revision": signature.revision_id,
            "content_hash": signature.content_hash, "statement": "on",
            "review_due_on": signature.review_due_on.isoformat(),
        },
    )  # fmt: skip


def schedule_for_today(world, page):
    """Have ``page`` signed for a day that has come by now."""
    moment = timezone.now() + timedelta(days=1)
    signing.sign(page.pk, world.signatory, signature_for(page, publish_at=moment))
    EditorialRecord.objects.filter(page_id=page.pk).update(publish_at=timezone.now())


def test_the_signatory_publishes_it_at_a_free_one_and_is_told(world, login, late):
    response = sign_by_form(login(world.signatory), late)
    assert response.status_code == 302
    assert "sieste-2" in told(response)
    late = TopicPage.objects.get(pk=late.pk)
    assert (late.live, late.slug) == (True, "sieste-2")
    assert_parents_read_only(late)
    assert login(world.coordinator).get(f"/fr/sommeil/{late.slug}/").status_code == 200
    entry = PageLogEntry.objects.get(page=late.pk, action="editorial.address")
    assert entry.data == {"from": "sieste", "to": "sieste-2"}
    assert entry.message


def test_the_next_round_begins_at_the_address_that_parents_have(world, late):
    signing.sign(late.pk, world.signatory, signature_for(late))
    late = TopicPage.objects.get(pk=late.pk)
    workflow.start_round(late, world.author)
    draft = late.get_latest_revision_as_object()
    assert draft.slug == "sieste-2"
    draft.save_revision(user=world.author)  # refuses a slug that is taken


def test_a_scheduled_one_goes_out_on_its_day(world, late):
    schedule_for_today(world, late)
    assert publish_due() == (1, 0)
    late = TopicPage.objects.get(pk=late.pk)
    assert (late.live, late.slug) == (True, "sieste-2")


def test_whatever_else_is_in_the_way_is_said_and_nothing_is_signed(world, login, reserved):
    response = sign_by_form(login(world.signatory), reserved)
    assert response.status_code == 302
    assert told(response)
    assert not SignOff.objects.exists()
    assert stage_of(reserved) == "sign_off"
    assert_parents_read_only()


def test_on_its_day_it_goes_back_and_the_coordinators_are_told(
    world, reserved, django_capture_on_commit_callbacks
):
    schedule_for_today(world, reserved)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert publish_due() == (0, 1)
    assert publish_due() == (0, 0)
    assert stage_of(reserved) == "sign_off"
    record = EditorialRecord.objects.get(page_id=reserved.pk)
    assert signing.signatures_missing(record) == 1
    told_of = [m for m in mail.outbox if m.to == [world.coordinator.email]]
    assert len(told_of) == 1
    assert reserved.draft_title in told_of[0].subject


def test_a_theme_that_asks_for_less_is_published_all_the_same(
    world, reserved, django_capture_on_commit_callbacks
):
    EditorialRecord.objects.filter(page_id=reserved.pk).update(required_signatures=2)
    signing.sign(reserved.pk, world.signatory, signature_for(reserved))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        ThemePage.objects.get().save_revision().publish()
    assert stage_of(reserved) == "sign_off"
    assert [world.coordinator.email] in [m.to for m in mail.outbox]
    assert_parents_read_only()
