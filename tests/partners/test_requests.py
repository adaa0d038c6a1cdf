"""An institution asks to become a partner: from the form to a decision."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from partners.models import Partner, PartnerLink, PartnerRequest
from tests.factories.workgroups import person

from .conftest import partner_at

pytestmark = pytest.mark.django_db
ASK = "/fr/partenaires/demande/"
QUEUE = reverse("partner_requests")


def typed(visitor, **changes):
    page = visitor.get(ASK).content.decode()
    number = re.search(r'name="number" value="([^"]+)"', page)[1]
    return {
        "number": number,
        "name": "Ville de Brume",
        "kind": "commune",
        "departement": "69",
        "contact_name": "Zoé",
        "contact_email": "zoe@brume.example",
        "origins": "https://www.brume.example",
        "purpose": "La page des jeunes parents",
    } | changes


@pytest.fixture
def asked(visitor):
    """A confirmed request."""
    visitor.send(ASK, typed(visitor))
    visitor.send(visitor.mailed())
    return PartnerRequest.objects.get()


def test_a_request_is_sent_once_confirmed_once_and_then_waits(visitor):
    manager = person("partner_manager")
    data = typed(visitor)
    for _twice in range(2):
        assert visitor.send(ASK, data).url == f"{ASK}?envoyee"
    assert "data-sent" in visitor.get(f"{ASK}?envoyee").content.decode()
    [mail] = visitor.mails
    assert mail.to == ["zoe@brume.example"]
    link = visitor.mailed()
    assert "<button" in visitor.get(link).content.decode()
    assert PartnerRequest.objects.get().state == "unconfirmed"
    assert not PartnerRequest.objects.waiting()
    pages = [visitor.send(link), visitor.send(link), visitor.get(link)]
    assert [re.search(r'data-again="(\w*)"', page.content.decode())[1] for page in pages] == [
        *("", "yes", "yes")
    ]
    assert [mail.to for mail in visitor.mails[1:]] == [[manager.email]]
    assert [one.name for one in PartnerRequest.objects.waiting()] == ["Ville de Brume"]
    assert visitor.get(f"{link[:-3]}xx/").status_code == 404


def test_what_was_mistyped_is_corrected_and_mailed_anew(visitor):
    data = typed(visitor, contact_email="zoe@brune.example")
    visitor.send(ASK, data)
    wrong = visitor.mailed()
    # Back, corrected, sent: the same number.
    right = data | {"contact_email": "zoe@brume.example"}
    for _twice in range(2):
        assert visitor.send(ASK, right).url == f"{ASK}?envoyee"
    assert [mail.to for mail in visitor.mails] == [["zoe@brune.example"], ["zoe@brume.example"]]
    assert PartnerRequest.objects.get().contact_email == "zoe@brume.example"
    # Whoever got the first mail confirms nothing.
    assert visitor.send(wrong).status_code == visitor.get(wrong).status_code == 410
    assert PartnerRequest.objects.get().state == "unconfirmed"
    visitor.send(visitor.mailed())
    assert PartnerRequest.objects.get().state == "waiting"

    late = visitor.send(ASK, right | {"origins": "https://autre.example"})
    assert late.context["form"].non_field_errors()
    assert "https://autre.example" in late.content.decode()
    assert PartnerRequest.objects.get().origins == "https://www.brume.example"
    assert late.context["number"] != data["number"]  # once more, it is another request
    assert visitor.send(ASK, right).status_code == 303
    assert len(visitor.mails) == 2


def test_a_site_that_cannot_be_taken_any_more_is_told_to_the_manager(visitor, client, asked):
    PartnerRequest.objects.update(origins="https://ma\u0131rie.fr\nhttps://www.brume.example")
    client.force_login(person("partner_manager"))
    address = reverse("partner_request_admin", args=[asked.pk])
    known = [partner_at("https://autre.example", name="Voisine", contact_email="ZOE@brume.example")]
    known.append(partner_at("https://*.brume.example", "https://www.brume.example", name="Brume 2"))
    page = client.get(address)
    assert set(page.context["similar"]) == set(known)  # who is a partner already, maybe
    sites = page.context["origins"]
    assert [bool(problem) for _site, problem in sites] == [True, False]
    refused = visitor.send(address, {"accept": "1", "name": "Brume"})
    assert refused.context["accept_form"].non_field_errors()
    assert Partner.objects.count() == 2


def test_what_is_wrong_is_said_and_all_that_was_typed_stays(visitor):
    wrong = typed(
        visitor, name="", kind="x", contact_email="zoe", origins="http://a.example", purpose=""
    )
    page = visitor.send(ASK, wrong)
    errors = {"name", "kind", "contact_email", "origins", "purpose"}
    assert set(page.context["form"].errors) == errors
    assert "http://a.example" in page.content.decode()
    for number in ("", "forged:number:x"):
        page = visitor.send(ASK, typed(visitor, number=number))
        assert page.context["form"].non_field_errors()
        assert "Ville de Brume" in page.content.decode()
    for odd in ({"name": "a\x00b"}, {"name": "x" * 500}, {"purpose": "x" * 5000}):
        assert visitor.send(ASK, typed(visitor, **odd)).status_code == 200
    assert visitor.send(ASK, typed(visitor), origin="https://x.example").status_code == 403
    assert not PartnerRequest.objects.exists()
    assert not visitor.mails


def test_requests_are_limited(visitor, monkeypatch):
    monkeypatch.setattr("partners.views.requests.NEW_AN_HOUR", 1)
    assert visitor.send(ASK, typed(visitor)).status_code == 303
    page = visitor.send(ASK, typed(visitor, name="Autre"))
    assert page.status_code == 429
    assert 'value="Autre"' in page.content.decode()


def test_a_manager_accepts_it_and_the_partner_gets_its_page(visitor, client, asked):
    partner_at("https://x.example", name=asked.name)
    client.force_login(person("coordinator"))
    address = reverse("partner_request_admin", args=[asked.pk])
    assert client.get(QUEUE).status_code == client.get(address).status_code == 302
    client.force_login(person("partner_manager"))
    assert QUEUE in client.get("/admin/").content.decode()
    assert asked.name in client.get(QUEUE).content.decode()
    assert "https://www.brume.example" in client.get(address).content.decode()
    sent = len(visitor.mails)
    taken = visitor.send(address, {"accept": "1", "name": asked.name})
    assert taken.context["accept_form"].errors  # another partner has this name
    assert PartnerRequest.objects.get().state == "waiting"
    done = visitor.send(address, {"accept": "1", "name": "Brume"})
    partner = Partner.objects.get(name="Brume")
    assert done.url == reverse("partner:edit", args=[partner.pk])
    assert [origin.source for origin in partner.allowed_origins] == ["https://www.brume.example"]
    for again in ({"accept": "1", "name": "Encore"}, {"refuse": "1", "reason": "Non."}):
        assert visitor.send(address, again).url == address
    assert Partner.objects.count() == 2
    assert PartnerRequest.objects.get().state == "accepted"
    assert len(visitor.mails) == sent + 1
    assert partner.key in visitor.mails[-1].body
    link = visitor.mailed()
    client.logout()
    assert visitor.get(visitor.send(link).url).status_code == 200


def test_a_refusal_says_why(visitor, client, asked):
    client.force_login(person("partner_manager"))
    address = reverse("partner_request_admin", args=[asked.pk])
    assert visitor.send(address, {"refuse": "1", "reason": " "}).context["refuse_form"].errors
    assert visitor.send(address, {"refuse": "1", "reason": "Un site commercial."}).url == QUEUE
    assert "Un site commercial." in visitor.mails[-1].body
    assert not Partner.objects.exists()
    assert client.get(address).status_code == 200
    visitor.send(ASK, typed(visitor))
    unconfirmed = PartnerRequest.objects.get(state="unconfirmed")
    address = reverse("partner_request_admin", args=[unconfirmed.pk])
    assert client.get(address, follow=True).status_code == 404


def test_personal_data_goes_in_time(visitor, asked):
    visitor.send(ASK, typed(visitor, name="Jamais confirmée"))
    link = visitor.mailed()
    requests = PartnerRequest.objects.order_by("pk")
    now = timezone.now()
    requests.filter(pk=asked.pk).update(state="refused", decided_at=now - timedelta(days=364))
    requests.exclude(pk=asked.pk).update(created_at=now - timedelta(days=15))
    call_command("purge_personal_data", stdout=StringIO())
    assert requests.count() == 2
    call_command("purge_personal_data", "--delete", stdout=StringIO())
    assert [one.name for one in requests] == [asked.name]
    # Its link says what is the matter, and where to go on.
    assert visitor.get(link).status_code == visitor.send(link).status_code == 410
    assert reverse("partner_request") in visitor.get(link).content.decode()
    for state, day in (("refused", "decided_at"), ("waiting", "confirmed_at")):
        requests.update(state=state, decided_at=now, confirmed_at=now)
        for age, kept in ((364, True), (366, False)):
            requests.update(**{day: now - timedelta(days=age)})
            assert requests.to_purge().exists() != kept
    call_command("purge_personal_data", "--delete", stdout=StringIO())
    assert not requests.exists()
    PartnerLink.objects.update(expires_at=now - timedelta(days=31))
    call_command("purge_personal_data", "--delete", stdout=StringIO())
    assert not PartnerLink.objects.exists()
