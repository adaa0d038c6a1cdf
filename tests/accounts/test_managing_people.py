"""Coordinators manage people; nobody reaches above herself, by any way in."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ADD = "/admin/users/new/"


def role_ids(*names):
    return [str(pk) for pk in Group.objects.filter(name__in=names).values_list("pk", flat=True)]


def fields(**changes):
    return {
        "email": "lou@exemple.invalid",
        "display_name": "Lou Petit",
        "profession": "",
        "interface_language": "fr",
        "languages_read": ["fr"],
        "groups": role_ids("author"),
        "is_active": "on",
        **changes,
    }


def edit_url(person):
    return reverse("wagtailusers_users:edit", args=[person.pk])


@pytest.fixture
def coordinator(client):
    user = UserFactory(roles=["coordinator"])
    client.force_login(user)
    return user


@pytest.fixture
def administrator():
    return UserFactory(roles=["administrator"], email="chef@exemple.invalid")


@pytest.mark.parametrize("role", ["author", "illustrator", "signatory", "translator"])
def test_people_without_the_task_see_no_list_of_people(client, role):
    client.force_login(UserFactory(roles=[role]))
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/users/").status_code == 302


def test_a_coordinator_adds_a_person_who_is_invited_to_choose_her_password(
    client, coordinator, django_capture_on_commit_callbacks
):
    page = client.get(ADD)
    assert page.status_code == 200
    form = page.content.decode().split("</header>")[-1]
    for name in ("email", "display_name", "profession", "languages_read", "groups"):
        assert f'name="{name}"' in form
    assert "password" not in form.lower()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ADD, fields(email="Lou@Exemple.invalid"))
    assert response.status_code == 302
    person = User.objects.get(email="lou@exemple.invalid")
    assert person.roles == {"author"}
    assert person.languages_read == ["fr"]
    assert mail.outbox[0].to == ["lou@exemple.invalid"]
    link = next(word for word in mail.outbox[0].body.split() if "/confirm/" in word)
    choose_password(client, link.partition("//")[2].partition("/")[2], "une-phrase-bien-longue")
    person.refresh_from_db()
    assert person.check_password("une-phrase-bien-longue")


def choose_password(client, path, password):
    client.logout()
    form = client.get("/" + path, follow=True)
    done = client.post(
        form.redirect_chain[-1][0], {"new_password1": password, "new_password2": password}
    )
    assert done.status_code == 302


def test_an_address_already_used_is_refused_in_any_case(client, coordinator):
    response = client.post(ADD, fields(email=coordinator.email.upper()))
    assert "email" in response.context["form"].errors
    assert User.objects.count() == 1


def test_a_signatory_needs_a_profession(client, coordinator):
    response = client.post(ADD, fields(groups=role_ids("signatory")))
    assert "profession" in response.context["form"].errors


def test_a_coordinator_edits_and_deactivates_a_person(client, coordinator):
    person = UserFactory(roles=["author"])
    assert 'name="profession"' in client.get(edit_url(person)).content.decode()
    data = fields(profession="Éducatrice", groups=role_ids("signatory"))
    del data["is_active"]
    assert client.post(edit_url(person), data).status_code == 302
    person = User.objects.get(pk=person.pk)
    assert (person.profession, person.is_active) == ("Éducatrice", False)
    assert person.roles == {"signatory"}


@pytest.fixture
def midwife():
    return UserFactory(
        roles=["signatory"],
        email="sf@exemple.invalid",
        profession="Sage-femme",
        last_login=timezone.now(),
    )


def test_a_coordinator_cannot_take_over_a_signatorys_account(
    client, coordinator, administrator, midwife
):
    data = fields(
        email="volee@exemple.invalid", profession="Sage-femme", groups=role_ids("signatory")
    )
    field = client.get(edit_url(midwife)).context["form"].fields["email"]
    assert field.disabled
    assert field.help_text
    assert client.post(edit_url(midwife), data).status_code == 302
    midwife.refresh_from_db()
    assert (midwife.email, midwife.display_name) == ("sf@exemple.invalid", "Lou Petit")

    client.force_login(administrator)
    client.post(edit_url(midwife), data)
    midwife.refresh_from_db()
    assert midwife.email == "volee@exemple.invalid"


def test_nor_in_steps_by_taking_the_role_away_first(client, coordinator, midwife):
    for roles, email in (("author", midwife.email), ("author", "volee@exemple.invalid")):
        data = fields(email=email, profession="Sage-femme", groups=role_ids(roles))
        assert client.post(edit_url(midwife), data).status_code == 302
        midwife.refresh_from_db()
    assert midwife.roles == {"author"}
    assert midwife.email == "sf@exemple.invalid"


def test_a_mistyped_address_is_put_right_before_the_first_login(client, coordinator, midwife):
    User.objects.filter(pk=midwife.pk).update(last_login=None)
    data = fields(
        email="sage-femme@exemple.invalid", profession="Sage-femme", groups=role_ids("signatory")
    )
    client.post(edit_url(midwife), data)
    midwife.refresh_from_db()
    assert midwife.email == "sage-femme@exemple.invalid"


def test_a_coordinator_cannot_deactivate_herself(client, coordinator):
    data = fields(email=coordinator.email, groups=role_ids("coordinator"))
    del data["is_active"]
    assert client.post(edit_url(coordinator), data).status_code == 302
    coordinator.refresh_from_db()
    assert coordinator.is_active


def test_a_coordinator_makes_no_administrator_and_no_superuser(client, coordinator):
    response = client.post(ADD, fields(groups=role_ids("administrator"), is_superuser="on"))
    assert "groups" in response.context["form"].errors
    person = UserFactory()
    client.post(edit_url(person), fields(groups=role_ids("administrator")))
    client.post(edit_url(person), fields(is_superuser="on"))
    client.post(edit_url(coordinator), fields(groups=role_ids("administrator", "coordinator")))
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.with_role("administrator").exists()


def test_a_coordinator_cannot_touch_an_administrator(client, coordinator, administrator):
    superuser = UserFactory(is_superuser=True)
    for person in (administrator, superuser):
        assert client.get(edit_url(person)).status_code == 302
        client.post(edit_url(person), fields(email="volee@exemple.invalid"))
        client.post(reverse("wagtailusers_users:delete", args=[person.pk]))
        client.post(f"/admin/users/copy/{person.pk}/", fields(email="volee@exemple.invalid"))
        for action, data in (
            ("set_active_state", {"mark_as_active": "False"}),
            ("assign_role", {"role": role_ids("author")[0]}),
            ("delete", {}),
        ):
            client.post(f"/admin/bulk/accounts/user/{action}/?id={person.pk}", data)
        before = person.email, person.is_active, set(person.roles)
        after = User.objects.get(pk=person.pk)
        assert (after.email, after.is_active, set(after.roles)) == before


def test_the_role_of_administrator_is_not_given_in_bulk(client, coordinator):
    url = f"/admin/bulk/accounts/user/assign_role/?id={coordinator.pk}"
    response = client.post(url, {"role": role_ids("administrator")[0]})
    assert "role" in response.context["form"].errors
    assert not User.objects.with_role("administrator").exists()


def test_roles_given_in_bulk_leave_out_signatories_without_profession(client, coordinator):
    midwife, nobody = UserFactory(profession="Sage-femme"), UserFactory()
    url = f"/admin/bulk/accounts/user/assign_role/?id={midwife.pk}&id={nobody.pk}"
    assert client.get(url).status_code == 200
    client.post(url, {"role": role_ids("signatory")[0]})
    assert list(User.objects.with_role("signatory")) == [midwife]


def test_deactivating_in_bulk_is_heard_and_logged(client, coordinator):
    person = UserFactory()
    url = f"/admin/bulk/accounts/user/set_active_state/?id={person.pk}&id={coordinator.pk}"
    assert client.get(url).status_code == 200
    client.post(url, {"mark_as_active": "False"})
    person.refresh_from_db()
    coordinator.refresh_from_db()
    assert (person.is_active, coordinator.is_active) == (False, True)
    history = client.get(reverse("wagtailusers_users:history", args=[person.pk]))
    assert coordinator.display_name in history.content.decode()


def test_an_administrator_may_name_another(client, administrator):
    client.force_login(administrator)
    client.post(ADD, fields(groups=role_ids("administrator")))
    assert User.objects.with_role("administrator").count() == 2


def test_the_list_shows_roles_in_a_bounded_number_of_queries(
    client, coordinator, django_assert_max_num_queries
):
    UserFactory(roles=["translator"], display_name="Noor Haddad")
    client.get("/admin/users/")
    with django_assert_max_num_queries(40) as one:
        client.get("/admin/users/")
    queries = len(one)
    UserFactory.create_batch(30, roles=["author", "illustrator"])
    with django_assert_max_num_queries(queries):
        client.get("/admin/users/")
    found = client.get("/admin/users/?q=noor").content.decode()
    assert "Noor Haddad" in found
    by_role = client.get("/admin/users/?group=translator").content.decode()
    assert "Noor Haddad" in by_role
    assert coordinator.email not in by_role.split("</form>")[-1]
