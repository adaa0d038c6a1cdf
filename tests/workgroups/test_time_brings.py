"""What time brings: publication on the day that the signature names, and once."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from media.rules import FileInUseError, FrozenFileError
from pages.models import ThemePage, TopicPage
from tests.factories.workgroups import bring_to_sign_off, illustration, signature_for
from tests.workgroups.doors import assert_parents_read_only, told
from workgroups import signing, triggers, workflow
from workgroups.due import publish_due
from workgroups.models import EditorialRecord, SignOff

IN_THREE_DAYS = timedelta(days=3)


def schedule(world, page, *signatories):
    """Have a page signed for a day in three days' time."""
    bring_to_sign_off(page, world.author)
    for user in signatories or [world.signatory]:
        moment = timezone.now() + IN_THREE_DAYS
        signing.sign(page.pk, user, signature_for(page, publish_at=moment))
    return TopicPage.objects.get(pk=page.pk)


@pytest.fixture
def scheduled(world):
    return schedule(world, world.make_topic())


@pytest.fixture
def on_the_day():
    with time_machine.travel(timezone.now() + IN_THREE_DAYS + timedelta(minutes=1), tick=False):
        yield


def stage_of(page):
    return EditorialRecord.objects.get(page_id=page.pk).stage


def test_not_before_its_day(world, scheduled):
    assert stage_of(scheduled) == "scheduled"
    for _minute in range(2):
        call_command("run_due")
        call_command("publish_scheduled")
    assert_parents_read_only()
    revision = scheduled.get_latest_revision()
    for early in (
        lambda: revision.publish(skip_permission_checks=True),
        lambda: PublishPageRevisionAction(revision).execute(skip_permission_checks=True),
        lambda: PublishPageRevisionAction(revision, user=world.superuser).execute(),
        lambda: Page.objects.filter(pk=scheduled.pk).update(live=True, live_revision=revision),
    ):
        with pytest.raises((PermissionDenied, IntegrityError)), transaction.atomic():
            early()
        assert_parents_read_only()
    version = revision.as_object()
    version.live, version.live_revision = True, revision
    with pytest.raises(PermissionDenied), transaction.atomic():
        version.save()
    assert_parents_read_only()


def test_not_as_a_query_even_on_its_day(scheduled, on_the_day):
    """The row still holds the text of the first draft: a query would show that."""
    revision = scheduled.get_latest_revision()
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=scheduled.pk).update(live=True, live_revision=revision)
    assert_parents_read_only()


def test_on_its_day_and_once(scheduled, on_the_day):
    call_command("run_due")
    assert_parents_read_only(scheduled)
    record = EditorialRecord.objects.get(page_id=scheduled.pk)
    assert (record.stage, record.publish_at) == ("published", None)
    assert record.review_due_on == SignOff.objects.get().review_due_on
    published = TopicPage.objects.get().last_published_at
    call_command("run_due")
    assert publish_due() == (0, 0)
    assert TopicPage.objects.get().last_published_at == published


def test_the_latest_of_two_days_counts(world):
    ThemePage.objects.filter(pk=world.theme.pk).update(required_signatures=2)
    page = world.make_topic()
    bring_to_sign_off(page, world.author)
    signing.sign(page.pk, world.signatory, signature_for(page))
    later = timezone.now() + IN_THREE_DAYS
    outcome = signing.sign(page.pk, world.second_signatory, signature_for(page, publish_at=later))
    assert outcome is signing.Outcome.SCHEDULED
    assert EditorialRecord.objects.get(page_id=page.pk).publish_at == later


def test_with_a_signature_missing_it_goes_back_to_sign_off(world, scheduled, on_the_day):
    EditorialRecord.objects.filter(page_id=scheduled.pk).update(required_signatures=2)
    call_command("run_due")
    assert_parents_read_only()
    assert stage_of(scheduled) == "sign_off"
    record = EditorialRecord.objects.get(page_id=scheduled.pk)
    assert world.second_signatory in record.asked.all()
    outcome = signing.sign(scheduled.pk, world.second_signatory, signature_for(scheduled))
    assert outcome is signing.Outcome.PUBLISHED
    assert_parents_read_only(scheduled)


def test_a_theme_that_asks_for_one_more_meanwhile(world, scheduled, on_the_day):
    theme = ThemePage.objects.get(pk=world.theme.pk)
    theme.required_signatures = 2
    theme.save_revision().publish()
    call_command("run_due")
    assert stage_of(scheduled) == "sign_off"
    assert_parents_read_only()


def test_withdrawn_meanwhile_it_does_not_go_online(world, scheduled, on_the_day):
    signing.withdraw(scheduled, world.coordinator, "Une source a changé.")
    call_command("run_due")
    assert_parents_read_only()
    assert stage_of(scheduled) == "withdrawn"


def test_one_that_cannot_go_does_not_stop_the_others(world, on_the_day, caplog):
    now = timezone.now()
    first, second, third = (
        schedule(world, world.make_topic(f"Sujet {n}", slug=f"sujet-{n}")) for n in range(3)
    )
    EditorialRecord.objects.filter(page_id=first.pk).update(required_signatures=2)
    triggers.drop_triggers()
    content = second.latest_revision.content | {"key_message": "Changé par une requête."}
    type(second.latest_revision).objects.filter(pk=second.latest_revision_id).update(
        content=content
    )
    triggers.make_triggers()
    with time_machine.travel(now + 2 * IN_THREE_DAYS, tick=False):
        call_command("run_due")
    assert_parents_read_only(third)
    assert [stage_of(page) for page in (first, second)] == ["sign_off", "sign_off"]


def test_an_unforeseen_error_does_not_stop_the_others(world, on_the_day, monkeypatch, caplog):
    now = timezone.now()
    first, second = (
        schedule(world, world.make_topic(f"Sujet {n}", slug=f"sujet-{n}")) for n in range(2)
    )
    publish_page = TopicPage.publish

    def fail(page, *args, **kwargs):
        if page.pk == first.pk:
            raise OSError("the disk is full")
        return publish_page(page, *args, **kwargs)

    monkeypatch.setattr(TopicPage, "publish", fail)
    with time_machine.travel(now + 2 * IN_THREE_DAYS, tick=False):
        call_command("run_due")
        assert_parents_read_only(second)
        assert stage_of(first) == "scheduled"
        monkeypatch.undo()
        call_command("run_due")
    assert_parents_read_only(first, second)


def form_data(page, **changes):
    signature = signature_for(page)
    return {
        "action": "sign", "revision": signature.revision_id, "statement": "on",
        "content_hash": signature.content_hash,
        "review_due_on": signature.review_due_on.isoformat(), **changes,
    }  # fmt: skip


@pytest.mark.parametrize("moment", ["2020-01-01 09:00", "pas une date"])
def test_a_day_in_the_past_is_refused_at_its_field(world, draft_topic, login, moment):
    bring_to_sign_off(draft_topic, world.author)
    address = reverse("editorial_sign_off", args=[draft_topic.pk])
    response = login(world.signatory).post(address, form_data(draft_topic, publish_at=moment))
    assert response.context["sign_form"].errors["publish_at"]
    assert not SignOff.objects.exists()


def test_signed_by_the_form_for_a_day_to_come(world, draft_topic, login):
    bring_to_sign_off(draft_topic, world.author)
    address = reverse("editorial_sign_off", args=[draft_topic.pk])
    moment = timezone.localtime() + IN_THREE_DAYS
    response = login(world.signatory).post(
        address, form_data(draft_topic, publish_at=moment.strftime("%Y-%m-%d %H:%M"))
    )
    assert told(response)
    assert stage_of(draft_topic) == "scheduled"
    assert_parents_read_only()


def test_a_scheduled_topic_is_sent_back_with_a_reason(world, login, scheduled, on_the_day):
    address = reverse("editorial_sign_off", args=[scheduled.pk])
    data = {
        "action": "return", "to": "draft", "reason": "La HAS a publié du neuf.",
        "revision": scheduled.latest_revision_id,
    }  # fmt: skip
    refused = login(world.author).post(address, data)
    assert told(refused)
    assert stage_of(scheduled) == "scheduled"
    assert told(login(world.signatory).post(address, data))
    assert stage_of(scheduled) == "draft"
    call_command("run_due")
    assert_parents_read_only()


def test_a_scheduled_topic_opens_no_round(world, login, scheduled):
    response = login(world.author).post(reverse("editorial_revise", args=[scheduled.pk]))
    assert told(response)
    assert stage_of(scheduled) == "scheduled"


def test_a_second_round_waits_for_its_day_while_parents_read_the_first(world, live_topic):
    page = live_topic
    workflow.start_round(page, world.author)
    page = TopicPage.objects.get(pk=page.pk)
    page.key_message = "La nouvelle phrase."
    page.save_revision(user=world.author)
    schedule(world, page)
    call_command("run_due")
    assert TopicPage.objects.get().key_message == "Se réveiller la nuit est normal."
    assert_parents_read_only(page)
    with time_machine.travel(timezone.now() + 2 * IN_THREE_DAYS, tick=False):
        call_command("run_due")
        assert TopicPage.objects.get().key_message == "La nouvelle phrase."
        assert_parents_read_only(page)


def test_the_files_of_a_scheduled_topic_stay(world):
    picture = illustration()
    schedule(world, world.make_topic(picture=picture))
    picture = type(picture).objects.get(pk=picture.pk)
    with pytest.raises(FileInUseError):
        picture.delete()
    picture.credit_name = "Quelqu'un d'autre"
    with pytest.raises(FrozenFileError):
        picture.save()


def test_the_coordinators_are_told_where_nobody_is_left_to_sign(
    world, scheduled, on_the_day, django_capture_on_commit_callbacks
):
    world.second_signatory.is_active = False
    world.second_signatory.save()
    with django_capture_on_commit_callbacks(execute=True):
        world.theme.required_signatures = 2
        world.theme.save_revision().publish()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert publish_due() == (0, 1)
    assert stage_of(scheduled) == "sign_off"
    assert [world.coordinator.email] in [m.to for m in mail.outbox]
    assert EditorialRecord.objects.awaiting(world.coordinator).filter(page=scheduled.pk).exists()
