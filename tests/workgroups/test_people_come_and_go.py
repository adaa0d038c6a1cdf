"""A member leaves, an account is closed, a group ends in the middle of a stage:
no topic is stuck, and nothing that is referred to is deleted."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from wagtail.models import Collection, Locale

from accounts.models import User
from pages.models import ThemePage, TopicPage
from tests.factories.workgroups import (
    WorkgroupFactory,
    bring_to_sign_off,
    hand_over,
    illustration,
    member,
    person,
    signature_for,
)
from workgroups import signing
from workgroups.models import EditorialRecord, Membership, Workgroup

from .test_story import edit_url, editor_data, hand_on


@pytest.fixture
def happens(django_capture_on_commit_callbacks):
    """Runs what follows from a change, as at the end of a request."""

    def happens(change):
        with django_capture_on_commit_callbacks(execute=True):
            change()

    return happens


def leave(*users):
    """They leave their groups; none of them keeps a role either."""
    for membership in Membership.objects.filter(user__in=users):
        membership.delete()
    for user in users:
        user.groups.clear()


def deactivate(*users):
    for user in users:
        user.is_active = False
        user.save(update_fields=["is_active"])


def close(group):
    group.active = False
    group.save()


def record_of(page):
    return EditorialRecord.objects.get(page_id=page.pk)


def told(user):
    return [m for m in mail.outbox if m.to == [user.email]]


def waits_for(user):
    user = type(user).objects.get(pk=user.pk)
    return [record.page_id for record in EditorialRecord.objects.awaiting(user)]


GOING = {
    "members leave": lambda world: leave(world.author, world.second_author, world.illustrator),
    "accounts are closed": lambda world: deactivate(
        world.author, world.second_author, world.illustrator
    ),
    "the group is closed": lambda world: close(world.group),
}


@pytest.mark.parametrize("stage", ["draft", "illustration"])
@pytest.mark.parametrize("what", GOING)
def test_when_nobody_is_left_the_coordinator_is_told_once_and_goes_on(
    world, draft_topic, login, happens, what, stage
):
    if stage == "illustration":
        hand_over(draft_topic, world.author)
    mail.outbox.clear()
    happens(lambda: GOING[what](world))
    (message,) = told(world.coordinator)
    assert draft_topic.title in message.body
    assert edit_url(draft_topic) in message.body
    assert waits_for(world.coordinator) == [draft_topic.pk]

    happens(lambda: WorkgroupFactory(name="Un autre groupe"))
    happens(lambda: person("translator"))
    assert len(told(world.coordinator)) == 1

    client = login(world.coordinator)
    assert draft_topic.title in client.get(reverse("wagtailadmin_home")).content.decode()
    for _ in range(2 if stage == "draft" else 1):
        client.post(edit_url(draft_topic), hand_on(editor_data(world, illustration(world.group))))
    assert record_of(draft_topic).stage == "sign_off"


def test_one_of_two_leaves_and_the_other_goes_on(world, draft_topic, happens):
    happens(lambda: leave(world.author))
    assert not mail.outbox
    assert waits_for(world.second_author) == [draft_topic.pk]
    assert waits_for(world.author) == waits_for(world.coordinator) == []


def test_an_illustrator_leaves_and_any_other_takes_on(world, draft_topic, happens):
    hand_over(draft_topic, world.author)
    freelance = person("illustrator")
    assert waits_for(freelance) == []
    happens(lambda: deactivate(world.illustrator))
    assert waits_for(freelance) == [draft_topic.pk]
    assert not told(world.coordinator)
    happens(lambda: deactivate(freelance))
    assert len(told(world.coordinator)) == 1
    assert waits_for(world.coordinator) == [draft_topic.pk]


def test_coming_back_clears_it(world, draft_topic, happens):
    happens(lambda: leave(world.author, world.second_author))
    assert record_of(draft_topic).coordinators_told
    happens(lambda: Membership.objects.create(user=world.author, workgroup=world.group))
    assert not record_of(draft_topic).coordinators_told
    assert waits_for(world.coordinator) == []
    assert waits_for(world.author) == [draft_topic.pk]
    happens(lambda: leave(world.author))
    assert len(told(world.coordinator)) == 2


def test_a_closed_group_opens_again(world, draft_topic, login, happens):
    happens(lambda: close(world.group))
    assert login(world.author).get(edit_url(draft_topic)).status_code == 302
    world.group.active = True
    happens(world.group.save)
    assert login(world.author).get(edit_url(draft_topic)).status_code == 200
    assert waits_for(world.coordinator) == []


def test_without_coordinator_the_administrators_are_told(world, happens):
    world.make_topic()
    administrator = person("administrator")
    happens(lambda: deactivate(world.coordinator))
    happens(lambda: close(world.group))
    assert len(told(administrator)) == 1


# Sign-off


@pytest.fixture
def at_sign_off(world, draft_topic):
    bring_to_sign_off(draft_topic, world.author)
    mail.outbox.clear()
    return draft_topic


def lose_the_role(*users):
    for user in users:
        user.groups.remove(Group.objects.get(name="signatory"))


@pytest.mark.parametrize("going", [deactivate, lose_the_role])
def test_the_last_signatory_goes_and_the_coordinator_can_send_it_back(
    world, login, happens, at_sign_off, going
):
    happens(lambda: going(world.signatory))
    assert not mail.outbox
    assert set(record_of(at_sign_off).asked.all()) == {world.second_signatory}
    happens(lambda: going(world.second_signatory))
    (message,) = told(world.coordinator)
    sign_off = reverse("editorial_sign_off", args=[at_sign_off.pk])
    assert sign_off in message.body
    assert waits_for(world.coordinator) == [at_sign_off.pk]

    login(world.coordinator).post(
        sign_off,
        {
            "action": "return",
            "revision": at_sign_off.get_latest_revision().pk,
            "to": "draft",
            "reason": "Personne ne peut signer pour le moment.",
        },
    )
    assert record_of(at_sign_off).stage == "draft"


def test_nobody_to_sign_from_the_start(world, draft_topic, happens):
    deactivate(world.signatory, world.second_signatory)
    mail.outbox.clear()
    happens(lambda: bring_to_sign_off(draft_topic, world.author))
    assert len(told(world.coordinator)) == 1
    assert waits_for(world.coordinator) == [draft_topic.pk]


def test_a_new_signatory_is_found(world, happens, at_sign_off):
    happens(lambda: deactivate(world.signatory, world.second_signatory))
    newcomer = person(profession="pédiatre")
    happens(lambda: newcomer.groups.add(Group.objects.get(name="signatory")))
    assert waits_for(newcomer) == [at_sign_off.pk]
    assert waits_for(world.coordinator) == []


def test_the_second_signature_cannot_come(world, happens):
    world.theme.required_signatures = 2
    world.theme.save()
    page = world.make_topic()
    bring_to_sign_off(page, world.author)
    signing.sign(page.pk, world.signatory, signature_for(page))
    happens(lambda: deactivate(world.second_signatory))
    assert len(told(world.coordinator)) == 1
    assert waits_for(world.coordinator) == [page.pk]


def raise_and_save(theme):
    theme.required_signatures = 3
    theme.save()


def raise_alone(theme):
    theme.required_signatures = 3
    theme.save(update_fields=["required_signatures"])


def raise_past_the_model(theme):
    ThemePage.objects.filter(pk=theme.pk).update(required_signatures=3)


@pytest.mark.parametrize("code", [raise_and_save, raise_alone, raise_past_the_model])
def test_a_number_raised_by_code_alone_is_missed_at_once(world, draft_topic, happens, code):
    """Two can sign and three are needed: a coordinator has to find the third."""
    bring_to_sign_off(draft_topic, world.author)
    assert waits_for(world.coordinator) == []
    happens(lambda: code(ThemePage.objects.get(pk=world.theme.pk)))
    assert waits_for(world.coordinator) == [draft_topic.pk]
    (message,) = told(world.coordinator)
    assert draft_topic.title in message.body


def test_a_draft_of_a_theme_asks_for_nothing_yet(world, draft_topic):
    theme = ThemePage.objects.get(pk=world.theme.pk)
    theme.required_signatures = 3
    revision = theme.save_revision()
    assert record_of(draft_topic).required_signatures == 1
    revision.publish()
    assert record_of(draft_topic).required_signatures == 3


def test_who_signed_and_left_still_counts(world, happens):
    world.theme.required_signatures = 2
    world.theme.save()
    page = world.make_topic()
    bring_to_sign_off(page, world.author)
    signing.sign(page.pk, world.signatory, signature_for(page))
    happens(lambda: deactivate(world.signatory))
    assert not told(world.coordinator)
    signing.sign(page.pk, world.second_signatory, signature_for(page))
    assert record_of(page).stage == "published"


def test_whoever_joins_the_group_signs_no_more(world, happens, at_sign_off):
    happens(lambda: Membership.objects.create(user=world.signatory, workgroup=world.group))
    assert set(record_of(at_sign_off).asked.all()) == {world.second_signatory}


def test_a_theme_names_other_signatories(world, happens, at_sign_off):
    theme = ThemePage.objects.get(pk=world.theme.pk)
    theme.signatories = [world.second_signatory]
    happens(lambda: theme.save_revision().publish())
    assert set(record_of(at_sign_off).asked.all()) == {world.second_signatory}


# Deleting what is referred to


def messages_of(response):
    return " ".join(str(message) for message in response.context["messages"])


@pytest.fixture
def administrator(world, login):
    return login(world.superuser)


def test_a_person_with_past_work_stays(world, administrator):
    world.make_topic()
    url = reverse("wagtailusers_users:delete", args=[world.author.pk])
    response = administrator.post(url, follow=True)
    assert world.group.name in messages_of(response)
    assert User.objects.filter(pk=world.author.pk).exists()


def test_a_group_with_topics_stays(world, draft_topic, login):
    url = reverse("workgroup:delete", args=[world.group.pk])
    for method in (login(world.coordinator).get, login(world.coordinator).post):
        response = method(url, follow=True)
        assert draft_topic.title in messages_of(response)
    assert Workgroup.objects.filter(pk=world.group.pk).exists()


def test_a_group_with_a_theme_or_files_stays(world, login):
    client = login(world.coordinator)
    url = reverse("workgroup:delete", args=[world.group.pk])
    assert "Sommeil" in messages_of(client.post(url, follow=True))
    with_file = WorkgroupFactory()
    picture = illustration(title="Le grand lit", collection=with_file.collection)
    url = reverse("workgroup:delete", args=[with_file.pk])
    assert "Le grand lit" in messages_of(client.post(url, follow=True))
    assert Workgroup.objects.filter(pk=with_file.pk).exists()

    picture.delete()
    client.post(url)
    assert not Workgroup.objects.filter(pk=with_file.pk).exists()
    assert not Collection.objects.filter(pk=with_file.collection_id).exists()


def test_the_collection_of_a_group_stays(world, administrator):
    url = reverse("wagtailadmin_collections:delete", args=[world.group.collection_id])
    assert world.group.name in administrator.get(url).content.decode()
    assert administrator.post(url).status_code in (200, 302, 403)
    assert Collection.objects.filter(pk=world.group.collection_id).exists()


@pytest.mark.parametrize("bulk", [False, True])
def test_a_theme_with_topics_stays(world, draft_topic, login, bulk):
    if bulk:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        url += f"?id={world.theme.pk}"
    else:
        url = reverse("wagtailadmin_pages:delete", args=[world.theme.pk])
    response = login(world.coordinator).post(url, follow=True)
    assert draft_topic.title in messages_of(response)
    assert ThemePage.objects.filter(pk=world.theme.pk).exists()


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_topic_that_was_signed_stays(world, live_topic, administrator, withdrawn):
    if withdrawn:
        signing.withdraw(live_topic, world.coordinator, "Une source a changé.")
    administrator.post(reverse("wagtailadmin_pages:delete", args=[live_topic.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    administrator.post(f"{bulk}?id={live_topic.pk}")
    assert TopicPage.objects.filter(pk=live_topic.pk).exists()


def test_a_draft_goes_by_a_coordinator_alone(world, draft_topic, login):
    url = reverse("wagtailadmin_pages:delete", args=[draft_topic.pk])
    login(world.author).post(url)
    assert TopicPage.objects.exists()
    login(world.coordinator).post(url)
    assert not TopicPage.objects.exists()
    assert not EditorialRecord.objects.exists()


def test_the_locale_of_a_topic_stays(world, administrator):
    world.make_topic()
    Locale.objects.create(language_code="en")
    french = Locale.objects.get(language_code="fr")
    response = administrator.post(reverse("wagtaillocales:delete", args=[french.pk]))
    assert response.status_code in (200, 302)
    assert Locale.objects.filter(pk=french.pk).exists()


def test_a_newcomer_gets_the_role_that_she_needs(world, login):
    newcomer = person()
    Membership.objects.create(user=newcomer, workgroup=world.group)
    world.make_topic()
    newcomer = User.objects.get(pk=newcomer.pk)
    assert newcomer.has_role("author")
    assert login(newcomer).get(reverse("wagtailadmin_home")).status_code == 200
    assert member(world.group).has_role("author")
