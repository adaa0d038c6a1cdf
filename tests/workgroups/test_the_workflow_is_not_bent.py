"""No forged request, swapped workflow or second click passes a stage by."""

import json

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Task, TaskState, Workflow, WorkflowPage, WorkflowTask

from pages.models import TopicPage
from tests.factories.workgroups import bring_to_sign_off, illustration, publish
from tests.workgroups.doors import assert_parents_read_only, page_url, told
from tests.workgroups.test_story import edit_url, editor_data, hand_on
from workgroups.models import EditorialRecord, SignOff
from workgroups.workflow import current_task_state, editorial_workflow

WHO = ["author", "illustrator", "coordinator", "signatory", "superuser"]
FORGED = [
    {"action-workflow-action": "true", "workflow-action-name": "approve"},
    {"action-workflow-action": "true", "workflow-action-name": "reject"},
    {"action-workflow-action": "true", "workflow-action-name": "sign"},
    {"action-restart-workflow": "1"},
    {"action-cancel-workflow": "1"},
    {"action-submit": "1"},
    {"action-publish": "1"},
]


def where(page):
    """At which stage the page and its workflow are; they never differ."""
    record = EditorialRecord.objects.get(page_id=page.pk)
    state = current_task_state(page.pk)
    assert (state.task.specific.stage if state else None) == (
        record.stage if record.in_round else None
    )
    return record.stage


@pytest.fixture
def at_sign_off(world, draft_topic):
    bring_to_sign_off(draft_topic, world.author)
    return draft_topic


@pytest.mark.parametrize("who", WHO)
def test_no_request_to_the_editor_passes_sign_off(world, login, at_sign_off, who):
    client = login(getattr(world, who))
    data = editor_data(world, illustration(world.group), key_message="Personne ne l'a relu.")
    revision = at_sign_off.get_latest_revision()
    for forged in FORGED:
        for extra in ({}, {"workflow-action-extra-data": '{"update": false}'}):
            response = client.post(edit_url(at_sign_off), {**data, **forged, **extra})
            assert response.status_code in (200, 302)
            assert where(at_sign_off) == "sign_off"
    assert TopicPage.objects.get(pk=at_sign_off.pk).get_latest_revision() == revision
    assert_parents_read_only()
    assert not SignOff.objects.exists()


def test_a_hand_over_that_carries_edits_during_sign_off_says_so(world, login, at_sign_off):
    data = hand_on(
        editor_data(world, illustration(world.group), key_message="Personne ne l'a relu.")
    )
    assert told(login(world.coordinator).post(edit_url(at_sign_off), data))


@pytest.mark.parametrize("who", WHO)
def test_no_dashboard_address_passes_sign_off(world, login, at_sign_off, who):
    client = login(getattr(world, who))
    states = TaskState.objects.filter(workflow_state__object_id=str(at_sign_off.pk))
    for state in states:
        for action in ("approve", "reject", "sign", "publish"):
            for name in ("workflow_action", "collect_workflow_action_data"):
                address = page_url(name, at_sign_off, action, state)
                response = client.post(address, {"comment": "x", "update": "false"})
                assert response.status_code in (200, 302)
                assert where(at_sign_off) == "sign_off"
    assert_parents_read_only()


@pytest.mark.parametrize(
    "extra",
    ['{"comment": "only a"}', '{"update": false}', '{"user": null}', "[]", "nonsense"],
)
def test_extra_data_bends_nothing(world, draft_topic, login, extra):
    client = login(world.author)
    data = {**hand_on(editor_data(world)), "workflow-action-extra-data": extra}
    response = client.post(edit_url(draft_topic), data)
    assert response.status_code == 302
    assert told(response)
    assert where(draft_topic) == ("illustration" if "only a" in extra else "draft")


def test_a_second_click_hands_on_once_and_says_so(world, draft_topic, login):
    client = login(world.author)
    form = client.get(edit_url(draft_topic)).context["form"]
    assert form["opened_at_stage"].value() == "draft"
    data = hand_on(editor_data(world, illustration(world.group), opened_at_stage="draft"))
    assert client.post(edit_url(draft_topic), data).status_code == 302
    again = client.post(edit_url(draft_topic), data)
    assert again.context["form"].non_field_errors()
    assert where(draft_topic) == "illustration"


def test_an_autosave_hands_nothing_on(world, draft_topic, login):
    """A press that came to nothing leaves its words in the form."""
    before = draft_topic.latest_revision.content
    data = hand_on(editor_data(world, illustration(world.group)))
    response = login(world.author).post(
        edit_url(draft_topic), data, headers={"accept": "application/json"}
    )
    assert response.status_code == 400
    assert not response.json()["success"]
    assert where(draft_topic) == "draft"
    assert TopicPage.objects.get(pk=draft_topic.pk).get_latest_revision().content == before


def test_a_late_autosave_does_not_bring_an_older_version_back(world, draft_topic):
    late = TopicPage.objects.get(pk=draft_topic.pk)
    older = late.get_latest_revision()
    draft_topic.title = "Mon bébé se réveille souvent"
    newer = draft_topic.save_revision(user=world.author)
    late.title = "Mon bébé se"
    with pytest.raises(PermissionDenied), transaction.atomic():
        late.save_revision(user=world.author, overwrite_revision=older)
    assert TopicPage.objects.get(pk=draft_topic.pk).latest_revision == newer


def test_an_old_dashboard_row_hands_on_once(world, draft_topic, login):
    state = current_task_state(draft_topic.pk)
    client = login(world.author)
    for _click in range(2):
        response = client.post(page_url("workflow_action", draft_topic, "approve", state))
        assert response.status_code == 302
        assert where(draft_topic) == "illustration"
    assert told(response)


@pytest.mark.parametrize("live", [False, True])
def test_a_swapped_workflow_publishes_nothing(world, login, live):
    page = world.make_topic()
    if live:
        page = publish(page, world.author, world.signatory)
    task = GroupApprovalTask.objects.create(name="Relire")
    task.groups.set(Group.objects.filter(name="coordinator"))
    swapped = Workflow.objects.create(name="En une étape")
    WorkflowTask.objects.create(workflow=swapped, task=task.task_ptr)
    for place in (page, world.theme, world.home):
        WorkflowPage.objects.create(workflow=swapped, page=place)
    page = TopicPage.objects.get(pk=page.pk)
    assert page.get_workflow() == editorial_workflow()
    client = login(world.superuser)
    client.post(
        edit_url(page), {**editor_data(world, illustration(world.group)), "action-submit": "1"}
    )
    if live:
        page.key_message = "Personne ne l'a relu."
        with pytest.raises(PermissionDenied), transaction.atomic():
            swapped.start(page, world.superuser)
        assert where(page) == "published"
    assert_parents_read_only(*([page] if live else []))


def test_nobody_takes_the_workflow_apart(world, login, at_sign_off):
    client = login(world.superuser)
    workflow = editorial_workflow()
    tasks = list(workflow.tasks)
    addresses = [reverse("wagtailadmin_workflows:disable", args=[workflow.pk])]
    addresses += [reverse("wagtailadmin_workflows:disable_task", args=[t.pk]) for t in tasks]
    for address in addresses:
        response = client.post(address)
        assert response.status_code == 302
    form = {
        "name": workflow.name, "active": "on", "workflow_tasks-TOTAL_FORMS": 1,
        "workflow_tasks-INITIAL_FORMS": 1, "workflow_tasks-MIN_NUM_FORMS": 0,
        "workflow_tasks-MAX_NUM_FORMS": "", "workflow_tasks-0-DELETE": "1",
        "workflow_tasks-0-id": workflow.workflow_tasks.last().pk,
        "workflow_tasks-0-task": workflow.workflow_tasks.last().task_id,
        "workflow_tasks-0-ORDER": 1, "pages-TOTAL_FORMS": 0, "pages-INITIAL_FORMS": 0,
        "pages-MIN_NUM_FORMS": 0, "pages-MAX_NUM_FORMS": "",
    }  # fmt: skip
    address = reverse("wagtailadmin_workflows:edit", args=[workflow.pk])
    assert client.post(address, form).status_code in (200, 302)
    assert list(editorial_workflow().tasks) == tasks
    assert Workflow.objects.get(pk=workflow.pk).active
    assert Task.objects.filter(active=False).count() == 0
    assert where(at_sign_off) == "sign_off"


def test_nobody_cancels_it_in_code(world, at_sign_off):
    state = at_sign_off.current_workflow_state
    for act in (state.cancel, state.workflow.deactivate, state.current_task_state.task.deactivate):
        with pytest.raises(PermissionDenied), transaction.atomic():
            act(user=world.superuser)
        assert where(at_sign_off) == "sign_off"


def test_extra_fields_in_json_are_left_aside_in_code(world, draft_topic):
    extra = json.loads('{"update": false, "comment": ""}')
    draft_topic.current_workflow_task.on_action(
        draft_topic.current_workflow_task_state, world.author, "approve", **extra
    )
    assert where(draft_topic) == "illustration"
