"""A page that has stood open for long can ask whose session it is."""

from django.contrib.auth.models import Group
from django.middleware.csrf import _does_token_match
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory


def test_it_says_whose_session_it_is_and_gives_its_token(client, db):
    user = UserFactory()
    user.groups.add(Group.objects.get(name="author"))
    client.force_login(user)
    page = client.get("/admin/").content.decode()
    assert f'data-user="{user.pk}"' in page
    response = client.get(reverse("accounts_session"))
    assert response.json()["user"] == user.pk
    assert _does_token_match(response.json()["token"], client.cookies["csrftoken"].value)
    assert "no-store" in response["Cache-Control"]


def test_without_a_session_it_says_so(client, db):
    as_a_script = {"x-requested-with": "XMLHttpRequest"}
    response = client.get(reverse("accounts_session"), headers=as_a_script)
    assert response.status_code == 403
    assert 'data-user="' not in client.get("/admin/login/").content.decode()


def test_a_form_of_an_older_session_is_refused_in_words(db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    text = response.content.decode()
    assert "Rien n’a été enregistré" in text
    assert "CSRF" not in text
