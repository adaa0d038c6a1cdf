import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_the_address_is_the_login_in_any_case():
    user = UserFactory(email=" Camille@Exemple.INVALID ")
    assert user.email == "camille@exemple.invalid"
    assert authenticate(None, username="CAMILLE@exemple.invalid", password=PASSWORD) == user


def test_two_people_cannot_share_an_address_in_other_capitals():
    user = UserFactory(email="camille@exemple.invalid")
    other = UserFactory()
    with pytest.raises(ValidationError):
        User(email="Camille@exemple.invalid", display_name="C", password="x").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=other.pk).update(email=user.email.upper())


def test_a_user_needs_an_address():
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("", display_name="Sans adresse")


def test_a_person_is_called_by_the_name_shown_or_else_her_address():
    assert UserFactory(display_name="Lou Petit").get_full_name() == "Lou Petit"
    assert str(User(email="lou@exemple.invalid")) == "lou@exemple.invalid"


def test_roles_are_read_once_and_again_after_a_refresh(django_assert_num_queries):
    user = User.objects.get(pk=UserFactory(roles=["author", "signatory"]).pk)
    with django_assert_num_queries(1):
        assert user.has_role("author")
        assert user.has_role("signatory")
        assert not user.has_role("coordinator")
    user.groups.clear()
    user.refresh_from_db()
    assert user.roles == frozenset()


def test_active_people_with_a_role_are_found_by_name():
    active = UserFactory(roles=["signatory"])
    UserFactory(roles=["signatory"], is_active=False)
    UserFactory(roles=["author"])
    assert list(User.objects.active().with_role("signatory")) == [active]


def test_the_admin_speaks_the_language_that_the_person_chose():
    user = UserFactory(interface_language="ar")
    assert user.wagtail_userprofile.preferred_language == "ar"
    user.interface_language = "fr"
    user.save()
    user.wagtail_userprofile.refresh_from_db()
    assert user.wagtail_userprofile.preferred_language == "fr"
