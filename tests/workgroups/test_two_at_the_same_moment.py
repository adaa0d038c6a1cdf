"""Two people, or one person's two tabs, at the very same moment: one thing is done
once, and both are told what happened."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from pages.models import ThemePage, TopicPage
from pages.site_languages import prepare
from tests.factories.workgroups import bring_to_sign_off, hand_over, publish, signature_for
from tests.workgroups.doors import assert_parents_read_only, page_url
from workgroups import signing, translations, workflow
from workgroups.due import publish_due
from workgroups.models import EditorialRecord, SignOff, Withdrawal


@pytest.fixture
def db(lifted_triggers):
    """What these tests do is committed: each thread has a connection of its own."""


def together(*acts):
    """Start every act in a thread of its own, at once; their results in order,
    an exception being a result too."""
    barrier = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(number, act):
        try:
            barrier.wait(10)
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return results


@pytest.fixture
def waiting(world, draft_topic):
    bring_to_sign_off(draft_topic, world.author)
    return draft_topic


def consistent(page):
    """The stage, the workflow and what parents read agree."""
    record = EditorialRecord.objects.get(page_id=page.pk)
    state = workflow.current_task_state(page.pk)
    assert bool(state) == record.in_round
    assert not record.publishing
    if state:
        assert state.task.specific.stage == record.stage
    live = TopicPage.objects.get(pk=page.pk).live
    assert_parents_read_only(*([page] if live else []))
    return record.stage, live


def test_one_person_twice(world, waiting):
    signature = signature_for(waiting)
    results = together(*[lambda: signing.sign(waiting.pk, world.signatory, signature)] * 2)
    assert set(results) == {signing.Outcome.PUBLISHED, signing.Outcome.ALREADY_SIGNED}
    assert SignOff.objects.count() == 1
    assert consistent(waiting) == ("published", True)


def test_two_people_for_one_signature(world, waiting):
    signature = signature_for(waiting)
    results = together(
        lambda: signing.sign(waiting.pk, world.signatory, signature),
        lambda: signing.sign(waiting.pk, world.second_signatory, signature),
    )
    assert signing.Outcome.PUBLISHED in results
    other = next(r for r in results if r is not signing.Outcome.PUBLISHED)
    assert isinstance(other, PermissionDenied)
    assert str(other)
    assert SignOff.objects.count() == 1
    assert consistent(waiting) == ("published", True)


def test_two_people_for_two_signatures(world, waiting):
    signature = signature_for(waiting)
    ThemePage.objects.update(required_signatures=2)
    EditorialRecord.objects.update(required_signatures=2)
    results = together(
        lambda: signing.sign(waiting.pk, world.signatory, signature),
        lambda: signing.sign(waiting.pk, world.second_signatory, signature),
    )
    assert set(results) == {signing.Outcome.WAITS_FOR_ANOTHER, signing.Outcome.PUBLISHED}
    assert consistent(waiting) == ("published", True)


def test_signing_and_sending_back(world, waiting):
    signature = signature_for(waiting)
    signed, returned = together(
        lambda: signing.sign(waiting.pk, world.signatory, signature),
        lambda: signing.return_page(
            waiting.pk, world.second_signatory, signature.revision_id, "draft", "Relisez."
        ),
    )
    if signed is signing.Outcome.PUBLISHED:
        assert isinstance(returned, PermissionDenied)
        assert consistent(waiting) == ("published", True)
    else:
        assert isinstance(signed, PermissionDenied)
        assert consistent(waiting) == ("draft", False)


def test_signing_and_withdrawing(world, waiting):
    signature = signature_for(waiting)
    together(
        lambda: signing.sign(waiting.pk, world.signatory, signature),
        lambda: signing.withdraw(waiting, world.coordinator, "Une source a changé."),
    )
    stage, live = consistent(waiting)
    assert Withdrawal.objects.count() <= 1
    ended = [w.last_sign_off_id for w in Withdrawal.objects.all()]
    valid = SignOff.objects.exclude(pk__in=[pk for pk in ended if pk])
    assert live == valid.exists() == (stage == "published")


def test_withdrawing_twice(world, waiting):
    signing.sign(waiting.pk, world.signatory, signature_for(waiting))
    page = TopicPage.objects.get()
    results = together(
        lambda: signing.withdraw(page, world.coordinator, "Une source a changé."),
        lambda: signing.withdraw(page, world.signatory, "Une source a changé."),
    )
    assert sorted(len(result) for result in results) == [0, 1]
    assert Withdrawal.objects.count() == 1
    assert consistent(waiting) == ("withdrawn", False)


def test_handing_on_twice(world, draft_topic):
    page = draft_topic
    page = TopicPage.objects.get(pk=page.pk)
    task, state = page.current_workflow_task, page.current_workflow_task_state

    def click():
        task.on_action(state, world.author, "approve")

    results = together(click, click)
    assert sum(isinstance(result, PermissionDenied) for result in results) == 1
    assert consistent(page) == ("illustration", False)
    hand_over(page, world.author)
    assert consistent(page) == ("sign_off", False)


def test_a_draft_kept_while_it_is_handed_on(world, draft_topic, monkeypatch):
    """The hand-over waits for a draft that is being written, and takes it along: nothing
    changes any more once the topic is with its signatory."""
    page = draft_topic
    hand_over(page, world.author)
    page = TopicPage.objects.get(pk=page.pk)
    task, state = page.current_workflow_task, page.current_workflow_task_state
    kept = TopicPage.objects.get(pk=page.pk)
    kept.title = "Mon bébé se réveille souvent"
    writing, handed_on = threading.Event(), threading.Event()
    serializable_data = TopicPage.serializable_data

    def slowly(self):
        writing.set()
        handed_on.wait(1)
        return serializable_data(self)

    monkeypatch.setattr(TopicPage, "serializable_data", slowly)

    def keep():
        kept.save_revision(user=world.author, overwrite_revision=kept.latest_revision)

    def click():
        writing.wait(10)
        task.on_action(state, world.illustrator, "approve")
        handed_on.set()
        return signature_for(page)

    _kept, asked_for = together(keep, click)
    assert consistent(page) == ("sign_off", False)
    assert signature_for(page) == asked_for
    assert TopicPage.objects.get(pk=page.pk).get_latest_revision_as_object().title == kept.title


def test_opening_a_round_twice(world, waiting):
    signing.sign(waiting.pk, world.signatory, signature_for(waiting))
    page = TopicPage.objects.get()
    results = together(*[lambda: workflow.start_round(page, world.author)] * 2)
    assert sorted(results) == [False, True]
    assert consistent(waiting) == ("draft", True)


def test_two_clocks(world, waiting):
    moment = timezone.now() + timezone.timedelta(hours=1)
    signing.sign(waiting.pk, world.signatory, signature_for(waiting, publish_at=moment))
    EditorialRecord.objects.update(publish_at=timezone.now())
    results = together(publish_due, publish_due)
    assert sorted(results) == [(0, 0), (1, 0)]
    call_command("run_due")
    assert consistent(waiting) == ("published", True)


def test_one_press_twice_begins_one_topic(world):
    address = reverse("pages_topic_in_room", args=[world.group.pk])
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(world.author)
    data = {
        "key": clients[0].get(address).context["key"],
        "title": "Les siestes",
        "theme": world.theme.pk,
        "writers": [world.author.pk],
    }
    answers = together(*[lambda c=client: c.post(address, data) for client in clients])
    topic = TopicPage.objects.get()
    assert [answer.url for answer in answers] == [page_url("edit", topic)] * 2
    assert topic.revisions.count() == 1


def test_two_topics_are_asked_for_in_a_new_language(world, waiting):
    """Their theme is made once, whoever comes first."""
    other = publish(world.make_topic("Un autre"), world.author, world.signatory)
    signing.sign(waiting.pk, world.signatory, signature_for(waiting))
    live = [TopicPage.objects.get(pk=page.pk) for page in (waiting, other)]
    Locale.objects.create(language_code="ar")
    results = together(
        *[lambda page=page: translations.ask_for(page, "ar", world.coordinator) for page in live],
        lambda: prepare("ar"),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    in_arabic = Page.objects.filter(locale__language_code="ar")
    assert sorted(in_arabic.values_list("depth", flat=True)) == [2, 3, 4, 4]
