"""The mails about decisions as they ship: what they say is true, and their addresses work."""

import re

import pytest
from django.urls import reverse

from professionals import links
from professionals.models import Professional
from professionals.models.choices import State

pytestmark = pytest.mark.django_db
ASK = "/fr/professionnels/modifier/"


@pytest.fixture
def decide(visitor, moderator):
    """Take a decision as it is shown, mail and all: decide(entry, name, **typed); the text of
    the mail that goes."""

    def take(entry, decision, **typed):
        address = reverse("directory_decide", args=[entry.pk, decision])
        form = visitor.get(address).context["form"]
        visitor.send(address, dict(form.initial) | {"send": "on"} | typed)
        return visitor.mails[-1].body

    return take


def registered(visitor):
    """A registration that was sent and confirmed by its mail."""
    here = visitor.through()
    visitor.send(here, visitor.steps.contact)
    visitor.send(visitor.mailed())
    return Professional.objects.get()


def addresses(text):
    return re.findall(r"http://localhost:8000(\S+)", text)


def test_each_address_of_the_acceptance_of_a_real_registration_works(visitor, decide):
    entry = registered(visitor)
    refused = decide(entry, "refuse", reason="La convention manque.")
    [link] = addresses(refused)
    assert "La convention manque." in refused
    here = reverse("change", args=[links.signed_address(entry, links.Purpose.EDIT)])
    visitor.send(f"{here}qui/", visitor.steps.who | {"name": "Awa Diallo-Ba, sage-femme"})
    visitor.send(here)
    body = decide(entry, "accept")
    entry.refresh_from_db()
    assert (entry.state, entry.name) == (State.PUBLISHED, "Awa Diallo-Ba, sage-femme")
    page, later = addresses(body)
    assert visitor.get(page).status_code == 200
    assert entry.name in body
    assert later == link  # that of the first mail is as good
    asked = visitor.get(link).context["form"].initial["who"]
    before = len(visitor.mails)
    visitor.send(ASK, {"who": asked})
    assert [mail.to for mail in visitor.mails[before:]] == [[entry.email]]
    assert visitor.send(visitor.mailed()).status_code == 303
