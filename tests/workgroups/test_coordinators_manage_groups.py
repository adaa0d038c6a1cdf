"""Coordinators make groups and say who belongs to them, in the admin's forms."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accounts.models import User
from pages.models import ThemePage
from tests.factories.workgroups import WorkgroupFactory, member, person
from workgroups.models import Membership, Workgroup

from .doors import told
from .test_story import edit_url


@pytest.fixture
def coordinator(world, login):
    return login(world.coordinator)


def group_data(members=(), **changes):
    """What the form of a group sends; ``members`` are rows of the inline form."""
    rows = inline_formset(members, initial=sum(bool(row.get("id")) for row in members))
    data = {"name": "Langage", "place": "Dijon", "active": "on", "memberships": rows}
    days = {"draft_days": 30, "illustration_days": 20, "sign_off_days": 10}
    return nested_form_data({**data, **days, **changes})


def row(user, role="author", **fields):
    return {"user": user.pk, "role": role, "id": "", **fields}


def test_a_coordinator_makes_a_group_with_its_members(world, coordinator):
    newcomer, illustrator = person(), person()
    url = reverse("workgroup:add")
    assert coordinator.get(url).status_code == 200
    data = group_data([row(newcomer), row(illustrator, "illustrator")])
    assert coordinator.post(url, data).status_code == 302
    group = Workgroup.objects.get(name="Langage")
    assert {(m.user, m.role) for m in group.memberships.all()} == {
        (newcomer, "author"),
        (illustrator, "illustrator"),
    }
    assert group.collection.name == "Langage"
    for user, role in ((newcomer, "author"), (illustrator, "illustrator")):
        user.refresh_from_db()
        assert user.has_role(role)
    assert ModelLogEntry.objects.filter(object_id=str(group.pk), action="wagtail.create").exists()


def existing(group):
    return [row(m.user, m.role, id=m.pk) for m in group.memberships.order_by("pk")]


def test_a_coordinator_takes_somebody_in_and_out(world, draft_topic, coordinator, login):
    url = reverse("workgroup:edit", args=[world.group.pk])
    assert world.author.display_name in coordinator.get(url).content.decode()
    newcomer = person()
    rows = existing(world.group)
    rows[0]["DELETE"] = "on"
    data = group_data([*rows, row(newcomer)], name="Sommeil")
    assert coordinator.post(url, data).status_code == 302
    assert not Membership.objects.filter(user=world.author).exists()
    assert login(world.author).get(edit_url(draft_topic)).status_code == 302
    assert login(newcomer).get(edit_url(draft_topic)).status_code == 200


def test_nobody_is_twice_the_same_in_a_group(world, coordinator):
    url = reverse("workgroup:edit", args=[world.group.pk])
    data = group_data([*existing(world.group), row(world.author)], name="Sommeil")
    assert coordinator.post(url, data).status_code == 200
    assert Membership.objects.filter(user=world.author).count() == 1


def test_a_coordinator_closes_a_group_and_opens_it_again(world, draft_topic, coordinator, login):
    url = reverse("workgroup:edit", args=[world.group.pk])
    closed = group_data(existing(world.group), name="Sommeil")
    del closed["active"]
    assert coordinator.post(url, closed).status_code == 302
    assert not Workgroup.objects.get(pk=world.group.pk).active
    assert login(world.author).get(edit_url(draft_topic)).status_code == 302
    login(world.coordinator).post(url, group_data(existing(world.group), name="Sommeil"))
    assert login(world.author).get(edit_url(draft_topic)).status_code == 200


def test_a_renamed_group_keeps_its_collection(world, coordinator):
    url = reverse("workgroup:edit", args=[world.group.pk])
    coordinator.post(url, group_data(existing(world.group), name="Nuits"))
    group = Workgroup.objects.get(pk=world.group.pk)
    assert group.collection_id == world.group.collection_id
    assert group.collection.name == "Nuits"


def test_a_coordinator_says_who_writes_and_who_signs_in_a_theme(world, coordinator, login):
    group = WorkgroupFactory(name="Repas")
    author = member(group)
    data = {
        "title": "Sommeil",
        "slug": "sommeil",
        "introduction": "",
        "wash": "sun",
        "required_signatures": 2,
        "seo_title": "",
        "search_description": "",
        "action-publish": "1",
    }
    lists = {"workgroups": [world.group.pk, group.pk], "signatories": [world.signatory.pk]}
    coordinator.post(edit_url(world.theme), {**data, **lists})
    theme = ThemePage.objects.get(pk=world.theme.pk)
    assert set(theme.workgroups.all()) == {world.group, group}
    assert set(theme.signatories.all()) == {world.signatory}
    assert theme.required_signatures == 2
    add = reverse("wagtailadmin_pages:add", args=["pages", "topicpage", world.theme.pk])
    assert login(author).get(add).status_code == 200


CLOSED = [
    ("workgroup:index", ()),
    ("workgroup:add", ()),
    ("workgroup:edit", ("group",)),
    ("workgroup:delete", ("group",)),
    ("workgroup:history", ("group",)),
    ("workgroup:usage", ("group",)),
    ("wagtailusers_users:index", ()),
    ("wagtailusers_users:add", ()),
    ("wagtailusers_users:edit", ("second_author",)),
    ("wagtailusers_users:delete", ("second_author",)),
    ("wagtailadmin_pages:edit", ("theme",)),
]


def by_its_queryset(thing):
    type(thing).objects.filter(pk=thing.pk).delete()


@pytest.mark.parametrize("delete", [Workgroup.delete, by_its_queryset])
def test_a_group_that_a_theme_names_is_not_deleted_in_code(world, delete):
    group = WorkgroupFactory(name="Vide")
    somebody = member(group)
    world.theme.workgroups = [world.group, group]
    world.theme.save()
    with pytest.raises(PermissionDenied, match=world.theme.title), transaction.atomic():
        delete(group)
    assert group in ThemePage.objects.get(pk=world.theme.pk).workgroups.all()
    assert somebody.memberships.exists()
    world.theme.workgroups = [world.group]
    world.theme.save()
    delete(group)
    assert not Workgroup.objects.filter(name="Vide").exists()


@pytest.mark.parametrize("who", ["author", "illustrator", "signatory"])
def test_nobody_else_reaches_people_groups_and_themes(world, login, who):
    client = login(getattr(world, who))
    data = group_data([row(world.signatory)], name="Volé", is_active="", display_name="Volé")
    for name, words in CLOSED:
        url = reverse(name, args=[getattr(world, word).pk for word in words])
        for method in (client.get, lambda url: client.post(url, data)):
            response = method(url)
            assert response.status_code == 302, url
            assert response.headers["Location"] == reverse("wagtailadmin_home"), url
    assert not Workgroup.objects.filter(name="Volé").exists()
    assert Membership.objects.count() == 3
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("workgroup:index") not in menu
    assert reverse("wagtailusers_users:index") not in menu


@pytest.mark.parametrize(
    ("kind", "field", "name"),
    [(User, "signatories", "signatory"), (Workgroup, "workgroups", "new_group")],
)
def test_whom_only_the_draft_of_a_theme_names_is_not_deleted(login, world, kind, field, name):
    """Published later, the theme would quietly open to everybody else."""
    world.new_group = WorkgroupFactory(name="Le bain")
    thing = getattr(world, name)
    theme = ThemePage.objects.get(pk=world.theme.pk)
    named = list(getattr(theme, field).all())
    setattr(theme, field, [*named, thing])
    theme.save_revision(user=world.coordinator)
    for delete in (kind.delete, by_its_queryset):
        with pytest.raises(PermissionDenied, match="Sommeil"), transaction.atomic():
            delete(thing)
    address = "wagtailusers_users:delete" if kind is User else "workgroup:delete"
    response = login(world.coordinator).post(reverse(address, args=[thing.pk]))
    assert "Sommeil" in told(response)
    assert kind.objects.filter(pk=thing.pk).exists()
    setattr(theme, field, named)
    theme.save_revision(user=world.coordinator)
    delete(thing)
    assert not kind.objects.filter(pk=thing.pk).exists()
