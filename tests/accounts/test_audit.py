"""What stands in Wagtail's log stands on standard output, one JSON line each."""

import json

import pytest
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(written, django_capture_on_commit_callbacks):
    def during(function):
        written.clear()
        with django_capture_on_commit_callbacks(execute=True):
            function()
        return [json.loads(line) for line in written]

    return during


@pytest.fixture
def written(monkeypatch):
    kept = []
    monkeypatch.setattr("accounts.audit.logger.info", kept.append)
    return kept


def test_an_action_on_a_page_is_one_line(lines):
    user = UserFactory()
    page = Page.get_first_root_node()
    data = {"reason": "Une dose à revoir"}
    (line,) = lines(lambda: log(page, "wagtail.edit", user=user, title="Le bain", data=data))
    assert line.pop("when")
    assert line == {
        "action": "wagtail.edit",
        "user": user.pk,
        "object_type": "wagtailcore.page",
        "object_id": str(page.pk),
        "label": "Le bain",
        "data": data,
    }


def test_roles_given_are_a_line_whichever_way_they_come(lines):
    person = UserFactory(roles=["author"])
    roles = person.groups.model.objects
    (given,) = lines(lambda: roles.get(name="signatory").user_set.add(person))
    assert given["action"] == "accounts.roles"
    assert given["data"] == {"roles": ["author", "signatory"]}
    (taken,) = lines(lambda: person.groups.remove(roles.get(name="author")))
    assert taken["data"] == {"roles": ["signatory"]}


def test_what_is_rolled_back_leaves_no_line(lines):
    def undone():
        try:
            with transaction.atomic():
                log(Page.get_first_root_node(), "wagtail.edit", user=UserFactory())
                raise KeyError
        except KeyError:
            pass

    assert lines(undone) == []
