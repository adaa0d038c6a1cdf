"""Professionals before they have an entry, with a browser of their own; and moderators."""

import re
from types import SimpleNamespace

import pytest

from professionals.models import EligibilityGround, Kind, Priority
from tests.factories.accounts import UserFactory

FROM_HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
START = "/fr/professionnels/inscription/"


@pytest.fixture
def visitor(client, django_capture_on_commit_callbacks, mailoutbox):
    """Somebody with a browser: `get`; `send` a form (no redirect is followed); `begin` sends the
    first step, `through` all but the last; `mailed` is the address to which the last mail leads,
    and `errors` the fields at which a page says that something is wrong."""
    sent_by_the_form = {
        "who": {
            "name": "Awa Diallo, sage-femme",
            "is_natural_person": "yes",
            "email": "awa@exemple.invalid",
            "kind": Kind.objects.get(slug="sante").pk,
        },
        "place": {"address": "12 rue des Lilas", "postal_code": "69007"},
        "offer": {"priorities": [Priority.objects.get(number=2).pk], "hours_mo": "9h-12h"},
        "reasons": {
            "grounds": [EligibilityGround.objects.get(slug="conventionne").pk],
            "public_body": "Assurance maladie du Rhône",
            "evidence_text": "Convention du 3 mai 2021",
            "listing": "on",
        },
        "contact": {"contact_name": "Awa Diallo"},
    }
    steps = SimpleNamespace(**sent_by_the_form)

    def send(address, data=(), **headers):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, dict(data), headers=FROM_HERE | headers)

    def begin(**changes):
        number = re.search(r'name="number" value="([^"]+)"', client.get(START).content.decode())[1]
        return send(START, steps.who | {"number": number} | changes)

    def through():
        here = begin().url
        for data in (steps.place, steps.offer, steps.reasons):
            here = send(here, data).url
        return here

    return SimpleNamespace(
        get=client.get,
        send=send,
        begin=begin,
        through=through,
        steps=steps,
        mails=mailoutbox,
        mailed=lambda: re.search(r"http://localhost:8000(/\S+)", mailoutbox[-1].body)[1],
        errors=lambda page: set(re.findall(r'id="id_(\w+)_error"', page.content.decode())),
    )


@pytest.fixture
def moderator(client):
    """A directory moderator, logged in with `client`."""
    user = UserFactory(roles=["directory_moderator"])
    client.force_login(user)
    return user
