"""A preview shows, and keeps nothing of what it was shown for."""

import pytest
from django.urls import reverse

from tests.factories.workgroups import WorkgroupFactory, bring_to_sign_off, publish
from tests.workgroups.doors import page_url
from tests.workgroups.test_story import editor_data
from workgroups.models import EditorialRecord


def group_of(page):
    return EditorialRecord.objects.get(page_id=page.pk).workgroup


@pytest.fixture
def other(world):
    return WorkgroupFactory(name="Repas")


@pytest.mark.parametrize("stage", ["draft", "sign_off", "published"])
def test_a_preview_gives_the_topic_to_nobody(world, draft_topic, login, other, stage):
    if stage == "sign_off":
        bring_to_sign_off(draft_topic, world.author)
    if stage == "published":
        publish(draft_topic, world.author, world.signatory)
    client = login(world.coordinator)
    preview = page_url("preview_on_edit", draft_topic)
    shown = client.post(preview, editor_data(world, workgroup=other.pk, slug=draft_topic.slug))
    assert shown.json()["is_valid"]
    assert client.get(preview).status_code == 200
    assert group_of(draft_topic) == world.group


@pytest.mark.parametrize("who", ["coordinator", "author"])
def test_saving_gives_it_to_whom_the_coordinator_chose(world, draft_topic, login, other, who):
    data = editor_data(world, workgroup=other.pk, slug=draft_topic.slug)
    login(getattr(world, who)).post(page_url("edit", draft_topic), data)
    assert group_of(draft_topic) == (other if who == "coordinator" else world.group)


def test_a_locked_topic_stays_in_its_group(world, draft_topic, login, other):
    bring_to_sign_off(draft_topic, world.author)
    client = login(world.coordinator)
    client.post(
        page_url("edit", draft_topic), editor_data(world, workgroup=other.pk, slug=draft_topic.slug)
    )
    client.get(reverse("editorial_sign_off", args=[draft_topic.pk]))
    assert group_of(draft_topic) == world.group
