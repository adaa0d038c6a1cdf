"""Whom past work refers to stays, and the refusal says what holds her."""

import pytest
from django.contrib.messages import get_messages
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Page

from accounts.deletion import UserReferredToError
from accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.media import IllustrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    user = UserFactory(roles=["coordinator"])
    client.force_login(user)
    return user


@pytest.fixture
def writer():
    user = UserFactory(display_name="Lou Petit")
    page = Page.get_first_root_node()
    log(page, "wagtail.edit", user=user, title="Le bain")
    return user


def delete_url(person):
    return reverse("wagtailusers_users:delete", args=[person.pk])


def told(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_someone_whom_nothing_refers_to_is_deleted(client, coordinator):
    person = UserFactory(roles=["author"])
    log(person, "wagtail.edit", user=person)  # her own account is no past work
    assert client.get(delete_url(person)).status_code == 200
    client.post(delete_url(person))
    assert not User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_refusal_names_the_page_that_she_worked_on(client, coordinator, writer, method):
    response = getattr(client, method)(delete_url(writer))
    assert response.url == reverse("wagtailusers_users:edit", args=[writer.pk])
    assert "Le bain" in told(response)
    assert User.objects.filter(pk=writer.pk).exists()


def test_the_refusal_names_the_picture_that_she_made(client, coordinator):
    person = UserFactory()
    IllustrationFactory(title="Le doudou", credit_user=person)
    assert "Le doudou" in told(client.post(delete_url(person)))
    with pytest.raises(ProtectedError):
        person.delete()


def test_one_person_referred_to_stops_a_bulk_deletion(client, coordinator, writer):
    other = UserFactory()
    url = f"/admin/bulk/accounts/user/delete/?id={writer.pk}&id={other.pk}"
    assert client.get(url).status_code == 200
    assert "Le bain" in told(client.post(url))
    assert User.objects.filter(pk__in=[writer.pk, other.pk]).count() == 2


@pytest.mark.parametrize("delete", [User.delete, lambda u: User.objects.filter(pk=u.pk).delete()])
def test_code_is_refused_as_well(writer, delete):
    with pytest.raises(UserReferredToError, match="Le bain"):
        delete(writer)


def test_nobody_deletes_herself(client, coordinator):
    client.post(delete_url(coordinator))
    assert User.objects.filter(pk=coordinator.pk).exists()
