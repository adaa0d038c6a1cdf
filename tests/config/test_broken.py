"""A page stands when everything under it is broken."""

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client


@pytest.fixture
def no_database(monkeypatch):
    """Every connection fails, as that of a server that is gone."""

    def refuse(*args, **kwargs):
        raise OperationalError("the server is gone")

    for name in ("connect", "ensure_connection", "cursor"):
        monkeypatch.setattr(BaseDatabaseWrapper, name, refuse)


@pytest.mark.any_database
@pytest.mark.parametrize("address", ["/fr/", "/fr/sommeil/mon-bebe/", "/fr/livret/"])
def test_without_a_database_parents_still_find_the_numbers(no_database, address):
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == 500
    html = response.content.decode()
    for number in ("15", "112", "114", "119"):
        assert f'href="tel:{number}"' in html
    assert "server is gone" not in html
    assert "Traceback" not in html
    assert "default-src" in response["Content-Security-Policy"]
