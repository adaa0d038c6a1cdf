"""Raw SQL and QuerySet.update against the signature itself and against the moment
of publication: the database takes a signature only where one is waited for, and
opens a live page only for a signed version that is not online yet."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageLogEntry

from accounts.models import User
from pages.models import TopicPage
from tests.factories.workgroups import (
    bring_to_sign_off,
    signature_for,
)
from tests.workgroups.doors import assert_parents_read_only, refused
from workgroups import signing, workflow
from workgroups.models import EditorialRecord, SignOff, Stage

UNSIGNED = "Jamais signé."


@pytest.fixture
def live(live_topic):
    return live_topic


@pytest.fixture
def waiting(world):
    """A topic that waits for its signature."""
    topic = world.make_topic("Autre titre", slug="autre", key_message=UNSIGNED)
    bring_to_sign_off(topic, world.author)
    return TopicPage.objects.get(pk=topic.pk)


def record(page):
    return EditorialRecord.objects.filter(page_id=page.pk)


def put_in(page, signatory, revision=None):
    """Write the row of a signature that looks like any other, past the code."""
    revision = revision or page.latest_revision
    version = revision.as_object()
    SignOff(
        page=page,
        revision=revision,
        locale=page.locale,
        signatory=signatory,
        signatory_name="Anne Validé",
        profession="puéricultrice",
        statement="J’ai lu.",
        content=version.canonical_content(),
        content_hash=version.content_hash(),
        review_due_on=timezone.localdate(),
    ).save_base(force_insert=True)


@pytest.mark.parametrize(
    "values",
    [{}, {"stage": Stage.SCHEDULED}, {"stage": Stage.SCHEDULED, "required_signatures": 1}],
)
def test_no_query_opens_a_page_that_parents_read(live, values):
    assert refused(lambda: record(live).update(publishing=True, **values))
    assert refused(
        lambda: record(live).update(stage=Stage.SCHEDULED),
        lambda: record(live).update(publishing=True),
        lambda: TopicPage.objects.filter(pk=live.pk).update(key_message=UNSIGNED),
    )
    assert_parents_read_only(live)


def test_no_query_opens_a_page_in_its_second_round(world, live):
    workflow.start_round(live, world.author)
    changed = TopicPage.objects.get(pk=live.pk)
    changed.key_message = UNSIGNED
    changed.save_revision(user=world.author)
    for stage in Stage.values:
        assert refused(lambda to=stage: record(live).update(stage=to, publishing=True))
    assert_parents_read_only(live)


def test_no_query_opens_a_page_that_one_of_two_has_signed(world, live):
    workflow.start_round(live, world.author)
    bring_to_sign_off(live, world.author)
    record(live).update(required_signatures=2)
    signing.sign(live.pk, world.signatory, signature_for(live))
    assert record(live).get().stage == Stage.SIGN_OFF
    assert refused(lambda: record(live).update(stage=Stage.SCHEDULED, publishing=True))
    assert_parents_read_only(live)


def test_no_record_is_put_in_that_opens_its_page(world, draft_topic):
    values = {
        field.attname: getattr(record(draft_topic).get(), field.attname)
        for field in EditorialRecord._meta.local_concrete_fields
    }
    record(draft_topic)._raw_delete("default")
    for odd in ({"publishing": True}, {"stage": Stage.SCHEDULED}):
        assert refused(lambda odd=odd: EditorialRecord.objects.create(**values | odd))
    EditorialRecord.objects.create(**values)


def test_saving_a_signed_page_again_changes_nothing_and_is_allowed(live):
    """Scripts do it: fixing a tree, say."""
    page = TopicPage.objects.get(pk=live.pk)
    page.save()
    page.stages.add(*page.stages.all())
    page.save()
    assert not record(live).get().publishing
    assert_parents_read_only(live)


def test_no_signature_under_a_draft(world):
    topic = world.make_topic(key_message=UNSIGNED)
    assert refused(lambda: put_in(topic, world.signatory))
    assert not SignOff.objects.exists()


def test_no_signature_under_what_is_online(world, live):
    assert refused(lambda: put_in(live, world.second_signatory))


def test_no_signature_under_another_version(world, live, waiting):
    older = waiting.revisions.order_by("pk").first()
    if older.pk == waiting.latest_revision_id:
        older = live.latest_revision
    assert refused(lambda: put_in(waiting, world.signatory, older))
    assert refused(lambda: put_in(waiting, world.signatory, live.latest_revision))


@pytest.mark.parametrize("who", ["author", "second_author", "illustrator", "coordinator"])
def test_no_signature_of_somebody_who_is_no_signatory(world, waiting, who):
    assert refused(lambda: put_in(waiting, getattr(world, who)))


def test_no_signature_of_somebody_who_has_left(world, waiting):
    User.objects.filter(pk=world.signatory.pk).update(is_active=False)
    assert refused(lambda: put_in(waiting, world.signatory))


@pytest.mark.parametrize("trace", ["revision", "log"])
def test_no_signature_of_somebody_who_wrote(world, waiting, trace):
    """A revision or an entry of the log is enough: the one can be purged, the
    other come from elsewhere."""
    world.author.groups.add(Group.objects.get(name="signatory"))
    if trace == "log":
        waiting.revisions.update(user=None)
    else:
        PageLogEntry.objects.filter(page=waiting.pk).delete()
    assert refused(lambda: put_in(waiting, world.author))
