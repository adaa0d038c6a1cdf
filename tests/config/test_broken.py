"""A page stands when everything under it is broken."""

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation


@pytest.fixture
def no_database(monkeypatch):
    """Every connection fails, as that of a server that is gone."""

    def refuse(*args, **kwargs):
        raise OperationalError("the server is gone")

    for name in ("connect", "ensure_connection", "cursor"):
        monkeypatch.setattr(BaseDatabaseWrapper, name, refuse)


@pytest.mark.any_database
@pytest.mark.parametrize("address", ["/fr/", "/fr/sommeil/mon-bebe/", "/ar/"])
def test_without_a_database_parents_still_find_the_numbers(no_database, address):
    translation.activate("ar")  # as whoever asked before
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == 500
    html = response.content.decode()
    assert '<html lang="fr" dir="ltr">' in html
    for number in ("15", "112", "114", "119"):
        assert f'href="tel:{number}"' in html
    assert "server is gone" not in html
    assert "Traceback" not in html
    assert "default-src" in response["Content-Security-Policy"]


@pytest.mark.any_database
def test_what_broke_in_another_language_is_said_in_it_from_its_side():
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in render_to_string("500.html")
