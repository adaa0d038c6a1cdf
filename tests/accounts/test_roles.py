import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.roles import Role, sync_roles
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def permissions_of(role):
    return {
        f"{app}.{codename}"
        for app, codename in Permission.objects.filter(group__name=role).values_list(
            "content_type__app_label", "codename"
        )
    }


def test_migrating_makes_every_role_with_exactly_the_permissions_of_the_table(settings):
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)
    for role, names in settings.ROLE_PERMISSIONS.items():
        assert permissions_of(role) == set(names)


def test_the_command_takes_away_what_the_table_does_not_give(settings):
    author = Group.objects.get(name="author")
    publish = Permission.objects.get(codename="publish_page")
    author.permissions.add(publish)
    GroupPagePermission.objects.create(
        group=author, page=Page.get_first_root_node(), permission=publish
    )
    GroupCollectionPermission.objects.create(
        group=author,
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(codename="add_collection"),
    )
    Group.objects.create(name="Moderators")
    Group.objects.filter(name="translator").delete()

    call_command("sync_roles")
    call_command("sync_roles")

    assert permissions_of("author") == set(settings.ROLE_PERMISSIONS["author"])
    assert not author.page_permissions.exists()
    assert not author.collection_permissions.exists()
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


def test_members_keep_their_roles_through_a_synchronisation():
    user = UserFactory(roles=["author"])
    sync_roles()
    assert set(user.groups.values_list("name", flat=True)) == {"author"}


def test_an_unknown_permission_is_named(settings):
    settings.ROLE_PERMISSIONS = {
        **settings.ROLE_PERMISSIONS,
        "author": ["pages.fly_page"],
    }
    with pytest.raises(ImproperlyConfigured, match=r"pages\.fly_page"):
        sync_roles()


def test_an_unknown_role_is_named(settings):
    settings.ROLE_PERMISSIONS = {**settings.ROLE_PERMISSIONS, "jester": []}
    with pytest.raises(ImproperlyConfigured, match="jester"):
        sync_roles()


def test_nobody_edits_roles_by_hand(client):
    superuser = UserFactory(is_superuser=True)
    client.force_login(superuser)
    author = Group.objects.get(name="author")
    for address in ("/admin/groups/", "/admin/groups/new/", f"/admin/groups/edit/{author.pk}/"):
        assert client.get(address).status_code == 302
    client.post(f"/admin/groups/delete/{author.pk}/")
    assert Group.objects.filter(pk=author.pk).exists()
    assert b'/admin/groups/"' not in client.get("/admin/").content
