"""What a group's page includes of its meetings and remarks: for those who may see the group."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse

from tests.factories.meetings import meeting
from tests.factories.workgroups import WorkgroupFactory, member
from workgroups import meetings, remarks
from workgroups.meeting_panels import MeetingsPanel, RemarksPanel
from workgroups.models import EditorialRecord


@pytest.fixture
def shown(world):
    """``shown(panel, user)``: the panel's HTML."""

    def html(panel, user):
        request = RequestFactory().get("/")
        request.user = user
        return panel(request, world.group).render_html({"request": request})

    return html


def test_next_and_past_meetings_of_this_group(world, shown):
    coming = meeting(world.group, world.author, title="Bientôt")
    meeting(world.group, world.author, -timedelta(days=3), title="Passée")
    gone = meeting(world.group, world.author, title="Tombée")
    meetings.cancel(gone, world.author, "Trois absents.")
    meeting(WorkgroupFactory(), world.coordinator, title="Secretissime")
    for user in (world.author, world.coordinator):
        html = shown(MeetingsPanel, user)
        assert reverse("meeting", args=[coming.pk]) in html
        assert "Passée" in html
        assert "Trois absents." in html
        assert "Secretissime" not in html
        assert f"{reverse('meeting_add')}?groupe={world.group.pk}" in html


def test_the_open_remarks_of_its_topics(world, shown):
    record = EditorialRecord.objects.get(page=world.make_topic().pk)
    remarks.make(record, "La sieste manque.", world.author)
    done = remarks.make(record, "Un accent.", world.author).thing
    remarks.close(done, "", world.author)
    html = shown(RemarksPanel, world.illustrator)
    assert "La sieste manque." in html
    assert "Un accent." not in html
    assert reverse("topic_remarks", args=[record.page_id]) in html


def test_nothing_for_another_group(world, shown):
    meeting(world.group, world.author, title="Secretissime")
    record = EditorialRecord.objects.get(page=world.make_topic().pk)
    remarks.make(record, "Motcache.", world.author)
    neighbour = member(WorkgroupFactory(name="Repas"))
    assert "Secretissime" not in shown(MeetingsPanel, neighbour)
    assert "Motcache" not in shown(RemarksPanel, neighbour)
