"""Open briefs hold a topic at its illustration stage, wait for people, and stay in the group."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.template.context import Context
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pages.models import TopicPage
from tests.factories.briefs import asked, delivered
from tests.factories.media import picture_bytes
from tests.factories.workgroups import (
    WorkgroupFactory,
    hand_over,
    member,
    person,
    signatory,
)
from tests.workgroups.test_reminders import MONDAY, on, remind
from tests.workgroups.test_story import edit_url, editor_data
from workgroups import authorship, briefs
from workgroups.models import EditorialRecord, IllustrationBrief
from workgroups.views.brief_lists import briefs_panel
from workgroups.waiting import waiting_besides_topics


@pytest.fixture
def topic(draft_topic):
    return draft_topic


@pytest.fixture
def at_illustration(world, topic):
    hand_over(topic, world.author)
    return TopicPage.objects.get(pk=topic.pk)


def record_of(topic):
    return EditorialRecord.objects.get(page_id=topic.pk)


def fresh(brief):
    return IllustrationBrief.objects.get(pk=brief.pk)


# The second stage


def test_the_illustration_stage_does_not_pass_while_a_brief_is_open(world, login, at_illustration):
    brief = asked(at_illustration, world.author)
    (problem,) = record_of(at_illustration).problems
    assert problem.field == "briefs"
    assert problem.details == {"place": brief.place_label}
    with pytest.raises(PermissionDenied):
        hand_over(at_illustration, world.illustrator)
    login(world.illustrator).post(
        reverse("editorial_hand_on", args=[at_illustration.pk]), {"stage": "illustration"}
    )
    assert record_of(at_illustration).stage == "illustration"
    fresh(brief).give_up(world.author, "Plus besoin.")
    assert record_of(at_illustration).problems == []
    hand_over(at_illustration, world.illustrator)
    assert record_of(at_illustration).stage == "sign_off"


def test_the_editor_says_so_when_it_hands_on(world, login, at_illustration):
    asked(at_illustration, world.author)
    data = {
        **editor_data(world, at_illustration.lead_illustration),
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    response = login(world.illustrator).post(edit_url(at_illustration), data)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert record_of(at_illustration).stage == "illustration"


def test_an_accepted_picture_lets_it_pass(world, at_illustration):
    brief = asked(at_illustration, world.author)
    version = delivered(brief, world.illustrator)
    fresh(brief).accept(world.author, version.pk, "Un père berce son bébé.")
    assert record_of(at_illustration).problems == []
    hand_over(at_illustration, world.author)
    assert record_of(at_illustration).stage == "sign_off"


def test_a_draft_goes_to_the_illustrators_with_its_briefs(world, topic):
    asked(topic, world.author)
    assert record_of(topic).problems == []
    hand_over(topic, world.author)
    assert [problem.field for problem in record_of(topic).problems] == ["briefs"]


def test_nothing_is_asked_for_a_topic_that_is_being_signed(world, login, at_illustration):
    hand_over(at_illustration, world.author)
    page = reverse("brief_ask", args=[at_illustration.pk])
    assert login(world.author).get(page).url == reverse("topic_briefs", args=[at_illustration.pk])
    with pytest.raises(PermissionDenied):
        asked(at_illustration, world.author)


# Four eyes


def test_whoever_drew_any_version_cannot_sign(world, at_illustration):
    """Neither who was asked, nor who delivered a sketch, nor who delivered the final."""
    named = signatory()
    named.memberships.create(workgroup=world.group, role="illustrator")
    helper = signatory()
    helper.memberships.create(workgroup=world.group, role="illustrator")
    brief = asked(at_illustration, world.author, illustrator=named, credit_name="Lou Petit")
    delivered(brief, helper, "sketch", "navy")
    version = delivered(brief, world.illustrator)
    fresh(brief).accept(world.author, version.pk, "Un père berce son bébé.")
    page = TopicPage.objects.get(pk=at_illustration.pk)
    assert {named.pk, helper.pk, world.illustrator.pk} <= authorship.writers_of(page)
    possible = set(authorship.possible_signatories(page, record_of(page)))
    assert possible == {world.signatory, world.second_signatory}


# What waits, and the daily mail


def waits_for(user):
    return [thing.url for thing in waiting_besides_topics(user)]


def test_it_waits_for_one_side_after_the_other(world, topic):
    brief = asked(topic, world.author)
    here = [reverse("brief", args=[brief.pk])]
    assert (waits_for(world.illustrator), waits_for(world.author)) == (here, [])
    version = delivered(brief, world.illustrator, "sketch")
    assert (waits_for(world.illustrator), waits_for(world.author)) == ([], here)
    assert waits_for(world.second_author) == here
    version.remark(world.author, 0.5, 0.5, "Trop sombre.")
    assert (waits_for(world.illustrator), waits_for(world.author)) == (here, [])
    fresh(brief).give_up(world.author, "Plus besoin.")
    assert waits_for(world.illustrator) == []


def test_due_and_late_briefs_stand_in_the_one_mail(
    world, topic, django_capture_on_commit_callbacks
):
    EditorialRecord.objects.update(due_on=None)
    brief = asked(topic, world.author, due_on=MONDAY)
    mails = remind(MONDAY - timedelta(days=3), django_capture_on_commit_callbacks)
    assert set(mails) == {world.illustrator.email}
    assert reverse("brief", args=[brief.pk]) in mails[world.illustrator.email]
    assert remind(MONDAY - timedelta(days=2), django_capture_on_commit_callbacks) == {}
    late = MONDAY + timedelta(days=1)
    mails = remind(late, django_capture_on_commit_callbacks)
    assert set(mails) == {world.illustrator.email, world.author.email}
    assert remind(late + timedelta(days=1), django_capture_on_commit_callbacks) == {}
    assert remind(late + timedelta(days=7), django_capture_on_commit_callbacks)
    fresh(brief).give_up(world.author, "Plus besoin.")
    assert remind(late + timedelta(days=14), django_capture_on_commit_callbacks) == {}


def test_whoever_wants_one_mail_a_day_gets_no_other(
    world, topic, django_capture_on_commit_callbacks
):
    world.illustrator.mail_rhythm = "daily"
    world.illustrator.save()
    EditorialRecord.objects.update(due_on=None)
    with on(MONDAY), django_capture_on_commit_callbacks(execute=True):
        brief = asked(topic, world.author)
    assert mail.outbox == []
    mails = remind(MONDAY + timedelta(days=1), django_capture_on_commit_callbacks)
    assert reverse("brief", args=[brief.pk]) in mails[world.illustrator.email]


def told_to(user):
    """{kind: the briefs} of all that stood in her mails."""
    found = {}
    for reminder in user.reminders.exclude(brief=None):
        found.setdefault(reminder.kind, []).append(reminder.brief)
    return found


def test_what_is_late_goes_to_those_for_whom_it_waits(
    world, topic, django_capture_on_commit_callbacks
):
    EditorialRecord.objects.update(due_on=None)
    brief = asked(topic, world.author, due_on=MONDAY)
    delivered(brief, world.illustrator, "sketch")
    mails = remind(MONDAY + timedelta(days=1), django_capture_on_commit_callbacks)
    assert set(mails) == {world.author.email, world.second_author.email}
    assert told_to(world.second_author) == {"late": [brief]}


def test_a_coordinator_who_asked_hears_that_it_is_late(
    world, topic, django_capture_on_commit_callbacks
):
    EditorialRecord.objects.update(due_on=None)
    asked(topic, world.coordinator, due_on=MONDAY)
    mails = remind(MONDAY + timedelta(days=1), django_capture_on_commit_callbacks)
    assert set(mails) == {world.illustrator.email, world.coordinator.email}


def test_not_once_more_on_the_day_on_which_it_was_asked(
    world, topic, django_capture_on_commit_callbacks
):
    EditorialRecord.objects.update(due_on=None)
    with on(MONDAY):
        asked(topic, world.author, due_on=MONDAY + timedelta(days=1))
    assert remind(MONDAY, django_capture_on_commit_callbacks) == {}
    mails = remind(MONDAY + timedelta(days=1), django_capture_on_commit_callbacks)
    assert set(mails) == {world.illustrator.email}


@pytest.mark.parametrize("rhythm", ["daily", "weekly"])
def test_whoever_wants_fewer_mails_hears_of_changes_and_of_the_end(
    world, topic, rhythm, django_capture_on_commit_callbacks
):
    world.illustrator.mail_rhythm = rhythm
    world.illustrator.save()
    EditorialRecord.objects.update(due_on=None)
    with on(MONDAY), django_capture_on_commit_callbacks(execute=True):
        day = MONDAY + timedelta(days=60)
        brief = asked(topic, world.author, due_on=day)
        places = [key for key, _label in topic.picture_places()]
        other = asked(topic, world.author, due_on=day, place=places[-1])
        same = {name: getattr(brief, name) for name in brief.ASKED_FIELDS}
        fresh(brief).change(world.author, **{**same, "shows": "Une mère."})
        fresh(other).give_up(world.author, "Plus besoin.")
    assert mail.outbox == []
    mails = remind(MONDAY + timedelta(days=1), django_capture_on_commit_callbacks)
    assert reverse("brief", args=[other.pk]) in mails[world.illustrator.email]
    told = {"new": [brief], "brief_changed": [brief], "brief_closed": [other]}
    assert told_to(world.illustrator) == told
    remind(MONDAY + timedelta(days=8), django_capture_on_commit_callbacks)
    assert told_to(world.illustrator) == told


# Who sees them


def everything_about(brief, version, remark):
    yield from (
        reverse(name, args=[brief.pk])
        for name in ("brief", "brief_change", "brief_accept", "brief_give_up")
    )
    yield reverse("brief_version", args=[brief.pk, version.pk])
    yield reverse("topic_briefs", args=[brief.page_id])
    yield reverse("brief_ask", args=[brief.page_id])


def everything_done_to(brief, version, remark):
    yield reverse("brief_deliver", args=[brief.pk]), {"kind": "final"}
    yield reverse("brief_remark", args=[brief.pk, version.pk]), {"text": "Moi.", "zone": "top"}
    yield reverse("brief_answer", args=[brief.pk, remark.pk]), {"answer": "Moi."}
    yield reverse("brief_accept", args=[brief.pk]), {"version": version.pk, "decorative": "on"}
    yield reverse("brief_give_up", args=[brief.pk]), {"reason": "Moi."}
    yield reverse("brief_change", args=[brief.pk]), {"shows": "Moi."}
    yield (
        reverse("brief_upload_begin", args=[brief.pk]),
        {"name": "a.png", "size": 9, "kind": "final"},
    )
    yield reverse("brief_ask", args=[brief.page_id]), {"place": "lead", "shows": "Moi."}


def strangers(world):
    other = WorkgroupFactory(name="Repas")
    world.theme.workgroups = [world.group, other]
    world.theme.save()
    yield member(other)
    yield member(other, "illustrator")
    yield from (world.signatory, person("translator"), person("partner_manager"), person())


def test_nobody_outside_the_group_comes_near(world, login, client, topic):
    brief = asked(topic, world.author, shows="Motsecret")
    version = delivered(brief, world.illustrator)
    remark, _made = version.remark(world.author, 0.5, 0.5, "Motsecret")
    before = list(IllustrationBrief.objects.values())
    for user in [None, *strangers(world)]:
        client.logout()
        if user:
            client.force_login(user)
        for address in everything_about(brief, version, remark):
            assert client.get(address).status_code == 302, (user, address)
        for address, data in everything_done_to(brief, version, remark):
            assert client.post(address, data).status_code == 302, (user, address)
        for name in ("desk", "briefs", "wagtailadmin_home"):
            assert b"Motsecret" not in client.get(reverse(name)).content
            assert topic.draft_title.encode() not in client.get(reverse(name)).content
    assert list(IllustrationBrief.objects.values()) == before
    assert version.remarks.get().answered_at is None


def test_the_file_of_a_version_stays_in_the_group(world, client, topic, store):
    """Wherever it is kept, by the brief's address or by the store's own."""
    brief = asked(topic, world.author)
    version = delivered(brief, world.illustrator)
    address = reverse("brief_version", args=[brief.pk, version.pk])
    for user in [None, *strangers(world)]:
        client.logout()
        if user:
            client.force_login(user)
        assert client.get(address).status_code == 302, user
        assert client.get(version.file.url).status_code == 404, user
    client.force_login(world.second_author)
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == picture_bytes()
    assert "private, no-store" in answer["Cache-Control"]
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_the_pieces_of_two_briefs_are_not_mixed(world, login, topic):
    """A version is found under its own brief alone."""
    other = WorkgroupFactory(name="Repas")
    author = member(other)
    own = asked(world.make_topic("Ma purée", group=other, author=author), author)
    brief = asked(topic, world.author)
    version = delivered(brief, world.illustrator)
    remark, _made = version.remark(world.author, 0.5, 0.5, "Trop sombre.")
    client = login(author)
    file = reverse("brief_version", args=[own.pk, version.pk])
    assert client.get(file, follow=True).status_code == 404
    client.post(f"{file}remarques/", {"text": "Moi.", "zone": "top"})
    client.post(reverse("brief_answer", args=[own.pk, remark.pk]), {})
    assert version.remarks.get().answered_at is None


def test_members_and_coordinators_see_them(world, login, topic):
    brief = asked(topic, world.author)
    version = delivered(brief, world.illustrator)
    for user in (world.second_author, world.illustrator, world.coordinator, world.superuser):
        client = login(user)
        assert client.get(reverse("brief", args=[brief.pk])).status_code == 200
        file = client.get(reverse("brief_version", args=[brief.pk, version.pk]))
        assert b"".join(file.streaming_content)
        assert topic.draft_title in client.get(reverse("briefs")).content.decode()
    request = RequestFactory().get("/")
    request.user = world.author
    assert topic.draft_title in briefs_panel(request, world.group).render_html(Context())


# Bounds


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("name", "who"),
    [("desk", "illustrator"), ("briefs", "coordinator"), ("topic_briefs", "author")],
)
def test_fifty_briefs_take_as_many_queries_as_one(world, login, topic, name, who):
    client = login(getattr(world, who))

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(reverse(name, args=[topic.pk] if name == "topic_briefs" else []))
        assert response.status_code == 200
        return len(captured)

    first = asked(topic, world.author)
    delivered(first, world.illustrator, "sketch")
    queries()
    one = queries()
    for number in range(49):
        fields = {f.attname: getattr(first, f.attname) for f in first._meta.concrete_fields}
        del fields["id"]
        copy = IllustrationBrief.objects.create(**{**fields, "place": f"picture:{number}"})
        delivered(copy, world.illustrator, "sketch")
    assert queries() <= one
    request = RequestFactory().get("/")
    request.user = world.author
    with CaptureQueriesContext(connection) as captured:
        briefs_panel(request, world.group).render_html(Context())
    assert len(captured) <= 6
    with CaptureQueriesContext(connection) as captured:
        assert len(list(briefs.waiting_for(world.author))) == 50
    assert len(captured) <= 8
