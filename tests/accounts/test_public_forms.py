"""A public form takes what a page of this site sends, and nothing that another one makes a
browser send; no cookie is needed for that."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.public_forms import form_without_cookie

pytestmark = pytest.mark.any_database

HERE = "http://testserver"


@form_without_cookie
def view(request):
    return HttpResponse("kept")


def status(method="post", secure=False, **headers):
    send = getattr(RequestFactory(), method)
    return view(send("/avis/", headers=headers, secure=secure)).status_code


def test_a_page_of_this_site_may_send():
    assert status(origin=HERE, sec_fetch_site="same-origin") == 200
    assert status(origin="https://testserver", sec_fetch_site="same-origin", secure=True) == 200
    # Browsers that know only one of them.
    assert status(origin=HERE) == 200
    assert status(referer=f"{HERE}/fr/sommeil/") == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec_fetch_site": "same-origin"},
        {"origin": "https://elsewhere.example"},
        {"origin": "https://elsewhere.example", "sec_fetch_site": "same-origin"},
        {"origin": "https://elsewhere.example", "referer": f"{HERE}/fr/"},
        {"origin": HERE, "sec_fetch_site": "cross-site"},
        {"origin": HERE, "sec_fetch_site": "same-site"},
        {"origin": HERE, "sec_fetch_site": "none"},
        {"origin": "null", "referer": f"{HERE}/fr/"},
        {"origin": "null", "sec_fetch_site": "same-origin"},
        {"origin": "https://testserver"},
        {"origin": f"{HERE}:8080"},
        {"origin": f"{HERE}.elsewhere.example"},
        {"origin": f"{HERE}@elsewhere.example"},
        {"referer": "https://elsewhere.example/?http://testserver/"},
        {"referer": "http://elsewhere.example@testserver.example/"},
        {"referer": "http://[testserver/"},
    ],
    ids=str,
)
def test_nobody_else_may(headers):
    assert status(**headers) == 403


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_whatever_changes_something_is_asked(method):
    assert status(method) == 403
    assert status(method, origin=HERE) == 200


def test_whoever_reads_is_not_asked():
    assert status("get") == status("head") == 200


def test_the_refusal_is_a_decent_page_without_a_cookie():
    answer = view(RequestFactory().post("/avis/"))
    assert b"<h1>" in answer.content
    assert not answer.cookies
