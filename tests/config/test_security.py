"""What a browser is told with each answer, and what it is not asked to keep."""

import pytest

from accounts.login import visitors_address

pytestmark = pytest.mark.django_db

PUBLIC = ["/sante/live", "/fr/", "/", "/fr/nulle-part/"]


def policy(response):
    """The response's content security policy: directive → sources."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in filter(None, parts)}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_allow_nothing_inline_and_nothing_from_elsewhere(client, address):
    directives = policy(client.get(address))

    assert directives["default-src"] == ["'self'"]
    assert directives["object-src"] == ["'none'"]
    assert directives["frame-ancestors"] == ["'self'"]
    assert {source for sources in directives.values() for source in sources} == {
        "'self'",
        "'none'",
        "data:",
    }
    assert directives["img-src"] == ["'self'", "data:"]
    assert "script-src" not in directives
    assert "style-src" not in directives


def test_the_admin_alone_allows_inline_scripts(client):
    directives = policy(client.get("/admin/login/"))

    assert directives["script-src"] == ["'self'", "'unsafe-inline'"]
    assert directives["style-src"] == ["'self'", "'unsafe-inline'"]
    assert directives["default-src"] == ["'self'"]


@pytest.mark.parametrize("address", [*PUBLIC, "/admin/login/"])
def test_headers_that_are_everywhere(client, address):
    response = client.get(address)

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_set_no_cookie_and_do_not_vary_by_one(client, address):
    response = client.get(address)

    assert not response.cookies
    if response.status_code != 302:  # Django's choice of a language
        assert "Cookie" not in response.get("Vary", "")


def test_too_many_wrong_passwords_wait(client, settings, django_user_model):
    settings.AXES_ENABLED = True
    person = {"email": "autrice@example.org", "password": "une phrase de passe"}
    django_user_model.objects.create_user(**person, display_name="Autrice")
    login = {"username": person["email"], "password": "autre chose"}

    answers = [client.post("/admin/login/", login) for _ in range(settings.AXES_FAILURE_LIMIT)]
    locked = client.post("/admin/login/", login | {"password": person["password"]})

    assert answers[0].status_code == 200
    assert locked.status_code == 429


def test_behind_a_proxy_a_stranger_locks_out_only_himself(client, settings, django_user_model):
    settings.AXES_ENABLED = True
    settings.AXES_CLIENT_IP_CALLABLE = "accounts.login.visitors_address"
    person = {"email": "autrice@example.org", "password": "une phrase de passe"}
    django_user_model.objects.create_user(**person, display_name="Autrice")
    login = {"username": person["email"], "password": "autre chose"}

    for n in range(settings.AXES_FAILURE_LIMIT):
        # What the stranger says of himself comes before what the proxy adds.
        client.post("/admin/login/", login, headers={"X-Forwarded-For": f"10.0.0.{n}, 192.0.2.7"})
    login["password"] = person["password"]

    stranger = client.post("/admin/login/", login, headers={"X-Forwarded-For": "192.0.2.7"})
    assert stranger.status_code == 429
    owner = client.post("/admin/login/", login, headers={"X-Forwarded-For": "198.51.100.1"})
    assert owner.status_code == 302


@pytest.mark.parametrize("header", [None, "", "unknown", "203.0.113.9:4711"])
def test_without_a_readable_address_from_the_proxy_the_connection_counts(rf, header):
    request = rf.get("/", headers={"X-Forwarded-For": header} if header is not None else {})
    assert visitors_address(request) == "127.0.0.1"
