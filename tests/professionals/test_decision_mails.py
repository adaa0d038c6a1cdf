"""The mails about decisions as they ship: what they say is true, and their addresses work."""

import re

import pytest
from django.urls import reverse

from professionals import links
from professionals.changes import apply_change
from professionals.models import Professional
from professionals.models.choices import State
from professionals.states import By
from tests.factories.professionals import ProfessionalFactory

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


def test_a_mail_in_another_language_can_be_read_over(visitor, moderator):
    """She may be written to in Arabic; the moderator reads beside it what it says."""
    entry = ProfessionalFactory(state=State.IN_REVIEW, mail_language="ar")
    address = reverse("directory_decide", args=[entry.pk, "accept"])
    context = visitor.get(address).context
    in_arabic, beside = context["form"].initial["text"], context["read_over"]
    assert addresses(in_arabic)[0].startswith("/ar/")
    assert in_arabic != beside
    assert addresses(beside)[0].startswith("/fr/")
    Professional.objects.filter(pk=entry.pk).update(mail_language="fr")
    assert visitor.get(address).context["read_over"] == ""


def test_who_opens_an_address_too_early_or_a_made_up_link_is_told_what_is_so(visitor):
    entry = ProfessionalFactory(state=State.IN_REVIEW)
    page = visitor.get(f"/fr/professionnels/{entry.slug}/")
    assert page.status_code == 404
    assert ASK in page.content.decode()
    made_up = visitor.get(f"{ASK}lien/rien.du-tout/")
    assert not made_up.context["is_ours"]
    token = links.create(entry, links.Purpose.EDIT)
    links.use(token, links.Purpose.EDIT)
    assert visitor.get(f"{ASK}lien/{token}/").context["is_ours"]


def test_of_what_is_off_no_change_is_said_to_be_seen_by_families(visitor, decide):
    entry = ProfessionalFactory(published=True, state=State.EXPIRED)
    apply_change(entry, {"name": "Les Grillons"}, By.MAIL)
    body = decide(entry, "accept_change")
    assert Professional.objects.get().name == "Les Grillons"
    [link] = addresses(body)
    assert "fiche=" in link
