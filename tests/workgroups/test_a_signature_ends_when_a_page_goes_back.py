"""Whoever sent a page back did not sign what comes after, even unchanged; and
what is read again unchanged is signed again."""

import pytest
from django.urls import reverse

from pages.models import TopicPage
from tests.factories.workgroups import bring_to_sign_off, publish, signature_for
from tests.workgroups.doors import assert_parents_read_only
from tests.workgroups.test_story import edit_url, editor_data
from workgroups import signing, workflow
from workgroups.models import EditorialRecord


@pytest.fixture
def of_two(world):
    """A topic that one of its two signatories has signed."""
    world.theme.required_signatures = 2
    world.theme.save()
    topic = world.make_topic("La fièvre")
    publish(topic, world.author, world.signatory)
    return topic


def record_of(topic):
    return EditorialRecord.objects.get(page_id=topic.pk)


def waits_for(user):
    return [record.page_id for record in EditorialRecord.objects.awaiting(user)]


def test_sent_back_by_who_signed_and_handed_on_unchanged(world, of_two):
    revision = signing.revision_to_sign(record_of(of_two))
    signing.return_page(of_two.pk, world.signatory, revision.pk, "draft", "C'est faux.")
    bring_to_sign_off(of_two, world.author)
    assert signing.signatures_missing(record_of(of_two)) == 2
    signature = signature_for(of_two)
    outcome = signing.sign(of_two.pk, world.second_signatory, signature)
    assert outcome is signing.Outcome.WAITS_FOR_ANOTHER
    assert waits_for(world.signatory) == [of_two.pk]
    assert signing.sign(of_two.pk, world.signatory, signature) is signing.Outcome.PUBLISHED
    assert_parents_read_only(of_two)


def test_a_scheduled_topic_sent_back_and_handed_on_unchanged_is_not_stuck(world):
    from datetime import timedelta

    from django.utils import timezone

    topic = world.make_topic()
    bring_to_sign_off(topic, world.author)
    later = timezone.now() + timedelta(days=3)
    signing.sign(topic.pk, world.signatory, signature_for(topic, publish_at=later))
    revision = signing.revision_to_sign(record_of(topic))
    signing.return_page(topic.pk, world.coordinator, revision.pk, "illustration", "Attendez.")
    bring_to_sign_off(topic, world.author)
    assert waits_for(world.signatory) == [topic.pk]
    outcome = signing.sign(topic.pk, world.signatory, signature_for(topic))
    assert outcome is signing.Outcome.PUBLISHED


def test_a_topic_read_again_unchanged_is_signed_again(world, live_topic):
    topic = live_topic
    first = topic.live_revision_id
    workflow.start_round(topic, world.author)
    bring_to_sign_off(topic, world.author)
    assert waits_for(world.second_signatory) == [topic.pk]
    assert TopicPage.objects.get(pk=topic.pk).live_revision_id == first
    signing.sign(topic.pk, world.second_signatory, signature_for(topic))
    topic = TopicPage.objects.get(pk=topic.pk)
    assert [s.signatory for s in topic.valid_sign_offs] == [world.second_signatory]
    assert_parents_read_only(topic)


def test_withdrawn_between_two_signatures_it_waits_for_both(world, of_two):
    signing.withdraw(of_two, world.coordinator, "Une source a changé.")
    assert signing.signatures_missing(record_of(of_two)) == 2
    assert waits_for(world.signatory) == [of_two.pk]
    signature = signature_for(of_two)
    signing.sign(of_two.pk, world.signatory, signature)
    assert signing.sign(of_two.pk, world.second_signatory, signature) is signing.Outcome.PUBLISHED


def test_the_copy_to_be_signed_makes_nobody_an_author(world, of_two):
    from workgroups.authorship import writers_of

    before = writers_of(of_two)
    signing.withdraw(of_two, world.coordinator, "Une source a changé.")
    assert writers_of(TopicPage.objects.get(pk=of_two.pk)) == before


@pytest.mark.parametrize(
    "extra", [None, "{}", '{"comment": ""}', '{"comment": null}', '{"comment": 3}']
)
def test_sending_back_from_the_editor_asks_for_its_reason(world, draft_topic, login, extra):
    bring_to_sign_off(draft_topic, world.author)
    revision = signing.revision_to_sign(record_of(draft_topic))
    signing.return_page(draft_topic.pk, world.signatory, revision.pk, "illustration", "Une image.")
    data = {
        **editor_data(world),
        "action-workflow-action": "true",
        "workflow-action-name": "reject",
    }
    if extra is not None:
        data["workflow-action-extra-data"] = extra
    response = login(world.author).post(edit_url(draft_topic), data)
    assert response.status_code == 302
    assert record_of(draft_topic).stage == "illustration"


def test_the_box_keeps_the_group_as_it_was_signed(world, live_topic, client):
    world.group.name = "Un autre nom"
    world.group.save()
    box = client.get(live_topic.url).content.decode()
    assert "Sommeil, Lyon" in box
    assert "Un autre nom" not in box


def test_what_was_copied_stays_so_that_its_writers_are_known(world, draft_topic, login):
    draft_topic.copy(update_attrs={"slug": "copie", "title": "Copie"}, user=world.coordinator)
    response = login(world.coordinator).post(
        reverse("wagtailadmin_pages:delete", args=[draft_topic.pk])
    )
    assert response.status_code == 302
    assert TopicPage.objects.filter(pk=draft_topic.pk).exists()


@pytest.mark.parametrize("number", [2**31, 10**30])
def test_a_number_that_no_page_has_is_not_found(world, login, number):
    client = login(world.coordinator)
    address = f"/admin/sujets/{number}/validation/"
    assert client.get(address, follow=True).status_code == 404
    topic = world.make_topic()
    bring_to_sign_off(topic, world.author)
    data = {"action": "return", "revision": number, "to": "draft", "reason": "Non."}
    refused = client.post(reverse("editorial_sign_off", args=[topic.pk]), data)
    assert refused.context["return_form"].errors["revision"]
