"""Old revisions can be purged at any time: every topic still goes its way."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from pages.models import TopicPage
from tests.factories.workgroups import hand_over, person, publish, signature_for
from tests.workgroups.doors import assert_parents_read_only
from workgroups import signing, workflow
from workgroups.due import publish_due
from workgroups.models import EditorialRecord


def record_of(page):
    return EditorialRecord.objects.get(page_id=page.pk)


@pytest.fixture
def scheduled(world, draft_topic):
    """Signed for a day to come; each stage worked on a revision of its own, and
    only the last one is left."""
    page = draft_topic
    hand_over(page, world.author)
    page = TopicPage.objects.get(pk=page.pk)
    page.key_message = "Corrigé à l'illustration."
    page.save_revision(user=world.author, log_action=True)
    hand_over(page, world.author)
    moment = timezone.now() + timedelta(minutes=1)
    signing.sign(page.pk, world.signatory, signature_for(page, publish_at=moment))
    call_command("purge_revisions", verbosity=0)
    assert page.revisions.count() == 1
    return TopicPage.objects.get(pk=page.pk)


def come(page):
    """Let the day come for which ``page`` is signed."""
    EditorialRecord.objects.filter(page_id=page.pk).update(publish_at=timezone.now())
    return publish_due()


def test_back_at_sign_off_it_is_signed_and_published(world, scheduled):
    world.theme.required_signatures = 2
    world.theme.save_revision().publish()
    assert come(scheduled) == (0, 1)
    assert record_of(scheduled).stage == "sign_off"
    signing.sign(scheduled.pk, world.second_signatory, signature_for(scheduled))
    assert record_of(scheduled).stage == "scheduled"
    assert come(scheduled) == (1, 0)
    page = TopicPage.objects.get(pk=scheduled.pk)
    assert record_of(page).stage == "published"
    assert page.current_workflow_state is None
    assert_parents_read_only(page)


@pytest.mark.parametrize("to", ["draft", "illustration"])
def test_sent_back_it_goes_through_its_stages_in_their_order(world, scheduled, to):
    revision = signing.revision_to_sign(record_of(scheduled))
    signing.return_page(scheduled.pk, world.signatory, revision.pk, to, "Le dessin")
    stages = []
    while (stage := record_of(scheduled).stage) != "sign_off":
        stages.append(stage)
        task = TopicPage.objects.get(pk=scheduled.pk).current_workflow_task
        assert task.specific.stage == stage
        hand_over(scheduled, world.author)
    assert stages == ["draft", "illustration"][["draft", "illustration"].index(to) :]
    signing.sign(scheduled.pk, world.signatory, signature_for(scheduled))
    assert_parents_read_only(scheduled)


def test_who_wrote_in_a_revision_that_nobody_logged_cannot_sign(world):
    """Code that saves a revision under a name, as APIs do, without logging it."""
    writer = person("signatory", "coordinator", profession="sage-femme")
    page = world.make_topic()
    page.key_message = "De la signataire."
    page.save_revision(user=writer)
    page.get_latest_revision_as_object().save_revision(user=world.author, log_action=True)
    page = publish(TopicPage.objects.get(pk=page.pk), world.author, world.signatory)
    call_command("purge_revisions", verbosity=0)
    assert not page.revisions.filter(user=writer).exists()
    workflow.start_round(page, world.author)
    hand_over(page, world.author)
    hand_over(page, world.author)
    assert signing.why_not(page, record_of(page), writer)
    assert not record_of(page).asked.filter(pk=writer.pk).exists()
