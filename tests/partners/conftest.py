import re
from types import SimpleNamespace

import pytest

from partners import counting
from partners.models import Partner
from partners.origins import parse

from .consumers import HERE

FROM_HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


@pytest.fixture
def caf(db):
    """An active partner that may show topics at https://www.caf.example."""
    return partner_at("https://www.caf.example", name="Caf de l’Exemple")


@pytest.fixture
def at_hand():
    """The views that this process has not written yet: none at first, none in the end."""
    counting.at_hand.take()
    yield counting.at_hand
    counting.at_hand.take()


def partner_at(*origins, **fields):
    """A partner with these origins, as typed."""
    values = {"name": "Mairie", "kind": "commune", "contact_email": "com@mairie.example"}
    partner = Partner.objects.create(**values | fields)
    partner.set_origins([parse(typed) for typed in origins])
    return partner


@pytest.fixture
def visitor(client, django_capture_on_commit_callbacks, mailoutbox):
    """Somebody without an account: `get`; `send` a form (no redirect is followed); `mails`, and
    the address to which the last one leads, `mailed`."""

    def send(address, data=(), **headers):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, dict(data), headers=FROM_HERE | headers)

    def mailed():
        return re.search(r"http://localhost:8000(/\S+)", mailoutbox[-1].body)[1]

    return SimpleNamespace(get=client.get, send=send, mails=mailoutbox, mailed=mailed)


@pytest.fixture
def ask(client):
    """Ask about an address, a path of this site for short, with further parameters."""

    def ask(address, **parameters):
        url = HERE + address if address.startswith("/") else address
        return client.get("/oembed", {"url": url, **parameters})

    return ask
