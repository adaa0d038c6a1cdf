"""Moderators: what waits, who has it, what they decide, and what the professional reads."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from professionals import states
from professionals.changes import apply_change
from professionals.models import DecisionMail, EntryEvent, Evidence, Professional
from professionals.models.choices import State
from professionals.reports import report, sender_of
from professionals.states import By, claim, submit, withdraw
from tests.factories.accounts import UserFactory
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db
QUEUE = "/admin/annuaire/"


def in_review(**fields):
    return submit(ProfessionalFactory(state=State.CONFIRMED, **fields)).entry


def desk(entry):
    return reverse("directory_desk", args=[entry.pk])


def press(client, entry, decision, **typed):
    """Open the page of a decision and send it as it is shown, but for what is *typed*: the
    response, and after it the stored entry."""
    address = reverse("directory_decide", args=[entry.pk, decision])
    page = client.get(address)
    form = page.context["form"] if page.status_code == 200 else None
    sent = dict(form.initial) | {"send": "on"} if form else {}
    response = client.post(address, sent | typed)
    return response, Professional.objects.get(pk=entry.pk)


def said(response):
    return [(message.level_tag, str(message)) for message in response.wsgi_request._messages]


def names(response):
    return [entry.name for entry, _words in response.context["rows"]]


def test_the_queue_is_the_oldest_first_and_tells_what_waits(client, moderator):
    changed = ProfessionalFactory(published=True, name="Change")
    apply_change(changed, {"name": "Autre nom"}, By.MAIL)
    small = ProfessionalFactory(published=True, name="Petit")
    apply_change(small, {"ages": "0–3 ans"}, By.MAIL)
    new = in_review(name="Nouveau")
    for days, entry, field in ((3, small, "needs_look_at"), (2, new, "queued_at")):
        moment = timezone.now() - timedelta(days=days)
        Professional.objects.filter(pk=entry.pk).update(**{field: moment})
    reported = ProfessionalFactory(published=True, name="Signalé")
    for number in (1, 2):
        report(reported, "gone", sender_of(f"192.0.2.{number}"))
    response = client.get(QUEUE)
    assert names(response) == ["Petit", "Nouveau", "Change"]
    report(reported, "gone", sender_of("192.0.2.3"))
    assert names(client.get(QUEUE)) == ["Petit", "Nouveau", "Change", "Signalé"]
    for part, expected in (
        ("inscriptions", "Nouveau"),
        ("modifications", "Change"),
        ("petites", "Petit"),
        ("signalements", "Signalé"),
    ):
        assert names(client.get(QUEUE, {"quoi": part})) == [expected]
    home = client.get("/admin/").content.decode()
    assert f'href="{QUEUE}">' in home
    # An arrondissement as people say it.
    assert "· 69007 Lyon 7e</p>" in response.content.decode()


def test_one_takes_it_on_and_gives_it_back(client, moderator):
    entry = in_review()
    address = reverse("directory_claim", args=[entry.pk])
    assert said(client.post(address))[-1][0] == "success"
    assert said(client.post(address))[-1][0] == "info"
    other = UserFactory(roles=["directory_moderator"])
    client.force_login(other)
    level, sentence = said(client.post(address))[-1]
    assert level == "error"
    assert moderator.display_name in sentence
    _response, entry = press(client, entry, "accept")
    assert entry.state == State.IN_REVIEW
    # Nobody goes on with it: another one gives it back, and takes it on.
    client.post(address, {"give_back": "1"})
    client.post(address)
    assert Professional.objects.get().claimed_by == other
    # Once nothing of it waits it is nobody's: whoever comes next may take the next change on.
    press(client, entry, "accept")
    apply_change(entry, {"ages": "0–3 ans"}, By.MAIL)
    client.post(address)
    _response, entry = press(client, entry, "look")
    assert entry.claimed_by is None


def test_accepted_it_is_public_at_once_and_the_edited_mail_goes(
    client, moderator, django_capture_on_commit_callbacks
):
    second = in_review(name="Après")
    first = in_review(name="Les Lucioles")
    Professional.objects.filter(pk=first.pk).update(queued_at=timezone.now() - timedelta(days=1))
    assert client.get(desk(first)).status_code == 200
    page = client.get(reverse("directory_decide", args=[first.pk, "accept"]))
    assert "Les Lucioles" in page.context["form"].initial["text"]
    with django_capture_on_commit_callbacks(execute=True):
        response, entry = press(client, first, "accept", text="Bravo {reason}!")
    assert entry.is_public
    assert response.url == desk(second)  # the next one follows
    [sent] = mail.outbox
    assert (sent.to, sent.body) == ([entry.email], "Bravo !\n")
    # Pressed twice: once.
    response, _entry = press(client, first, "accept")
    assert said(response)[-1][0] == "info"
    assert len(mail.outbox) == 1
    assert entry.events.filter(what=EntryEvent.What.ACCEPTED).count() == 1


def test_a_refusal_says_why_in_the_mail(client, moderator, django_capture_on_commit_callbacks):
    entry = in_review()
    response, entry = press(client, entry, "refuse")
    assert "reason" in response.context["form"].errors
    assert entry.state == State.IN_REVIEW
    with django_capture_on_commit_callbacks(execute=True):
        response, entry = press(client, entry, "refuse", reason="Il manque la convention.")
    assert (entry.state, entry.refusal_reason) == (State.REFUSED, "Il manque la convention.")
    assert "Il manque la convention." in mail.outbox[0].body
    # It changes something and comes again: what changed is shown beside what it was.
    apply_change(entry, {"public_body": "Ville de Lyon"}, By.MAIL)
    submit(entry)
    [one] = client.get(desk(entry)).context["since"]
    assert (one.name, one.old, one.new) == ("public_body", "Caf du Rhône", "Ville de Lyon")


def test_a_change_is_compared_then_accepted_or_refused(client, moderator):
    entry = ProfessionalFactory(published=True, name="Les Lucioles")
    apply_change(entry, {"name": "Les Grillons", "ages": "0–3 ans"}, By.MAIL)
    page = client.get(desk(entry))
    assert [(one.old, one.new) for one in page.context["waiting"]] == [
        ("Les Lucioles", "Les Grillons")
    ]
    assert [(one.old, one.new) for one in page.context["since"]] == [("", "0–3 ans")]
    _response, entry = press(client, entry, "refuse_change", reason="Un autre nom est déclaré.")
    assert (entry.name, entry.state) == ("Les Lucioles", State.PUBLISHED)
    apply_change(entry, {"name": "Les Grillons"}, By.MAIL)
    _response, entry = press(client, entry, "accept_change")
    assert entry.name == "Les Grillons"
    _response, entry = press(client, entry, "look")
    assert entry.needs_look_at is None
    assert client.get(desk(entry)).context["since"] == []


def test_a_page_that_was_opened_before_decides_nothing(client, moderator):
    entry = ProfessionalFactory(published=True, name="Les Lucioles")
    apply_change(entry, {"name": "Les Grillons"}, By.MAIL)
    address = reverse("directory_decide", args=[entry.pk, "accept_change"])
    seen = client.get(desk(entry)).context["seen"]
    apply_change(entry, {"name": "Les Cigales"}, By.MAIL)
    shown = client.get(address, {"seen": seen}).context["form"].initial
    assert said(client.post(address, shown))[-1][0] == "warning"
    assert Professional.objects.get().name == "Les Lucioles"
    # Whoever has written why not has her words still, and may press again after a look.
    refusal = {
        "reason": "Il manque l’agrément.",
        "send": "on",
        "subject": "Non",
        "text": "{reason}",
    }
    address = reverse("directory_decide", args=[entry.pk, "refuse_change"])
    page = client.post(address, refusal | {"seen": seen})
    assert page.context["form"]["reason"].value() == refusal["reason"]
    assert entry.events.latest("pk").what == "change_asked"
    client.post(address, refusal | {"seen": page.context["form"]["seen"].value()})
    assert entry.events.latest("pk").what == "change_refused"
    withdraw(entry, By.MAIL)
    assert said(client.post(address, shown | refusal))[-1][0] == "info"
    assert Professional.objects.get().state == State.WITHDRAWN


def test_withdrawn_and_back_again(client, moderator, django_capture_on_commit_callbacks):
    entry = ProfessionalFactory(published=True, email="")
    with django_capture_on_commit_callbacks(execute=True):
        _response, entry = press(client, entry, "withdraw", reason="Fermé.")
    assert (entry.state, mail.outbox) == (State.WITHDRAWN, [])  # there is no address
    Professional.objects.filter(pk=entry.pk).update(email="a@exemple.invalid")
    _response, entry = press(client, entry, "publish_again")
    assert entry.is_public


def test_a_person_who_withdrew_is_asked_anew_before_she_is_public_again(client, moderator):
    now = timezone.now()
    agreed = ("listing_agreed_at", "details_agreed_at", "open_data_agreed_at")
    entry = ProfessionalFactory(
        published=True, is_natural_person=True, **dict.fromkeys(agreed, now)
    )
    withdraw(entry, By.MAIL)
    response, entry = press(client, entry, "publish_again")
    assert (entry.state, entry.is_public) == (State.ACCEPTED, False)
    assert [getattr(entry, name) for name in agreed] == [None] * 3
    assert said(response)[-1][0] == "success"
    entry = states.consent(entry, listing=True).entry
    assert entry.is_public
    assert not entry.shows_details
    assert not entry.is_in_open_data


def test_what_was_changed_while_it_was_withdrawn_is_compared_when_it_comes_again(client, moderator):
    entry = states.accept(in_review(), moderator).entry
    apply_change(entry, {"ages": "0–3 ans"}, By.MAIL)
    withdraw(entry, By.MAIL)
    apply_change(entry, {"name": "Les Grillons"}, By.MAIL)
    submit(entry)
    since = client.get(desk(entry)).context["since"]
    assert [(one.name, one.old) for one in since] == [("ages", ""), ("name", entry.name)]


def test_answered_reports_leave_the_queue(client, moderator):
    entry = ProfessionalFactory(published=True)
    for number in range(3):
        report(entry, "gone", sender_of(f"192.0.2.{number}"))
    press(client, entry, "close_reports")
    assert not Professional.objects.awaiting_moderators().exists()


def test_moderators_write_the_mail_of_a_decision_for_good(client, moderator):
    address = reverse("directory_mail", args=["accept", "fr"])
    client.post(address, {"subject": "Oui à {name}", "text": "Voir {address}"})
    entry = in_review(name="Les Lucioles")
    page = client.get(reverse("directory_decide", args=[entry.pk, "accept"]))
    assert page.context["form"].initial["subject"] == "Oui à Les Lucioles"
    client.post(address, {"reset": "1"})
    assert not DecisionMail.objects.exists()
    # No reason is lost on the way.
    refusal = reverse("directory_mail", args=["refuse", "fr"])
    page = client.post(refusal, {"subject": "Non", "text": "Nous ne pouvons pas."})
    assert page.context["form"].errors.keys() == {"text"}
    client.post(refusal, {"subject": "Non", "text": "Pas encore : {reason}"})
    assert DecisionMail.objects.get().about == "refuse"
    assert client.get(reverse("directory_mails")).status_code == 200


def test_nobody_else_sees_entries_queue_or_evidence(client):
    entry = in_review()
    file = ContentFile(b"%PDF-1.4 secret", "preuve.pdf")
    evidence = Evidence.objects.create(professional=entry, text="Convention", file=file)
    document = reverse("directory_evidence", args=[entry.pk, evidence.pk])
    edit = reverse(Professional.snippet_viewset.get_url_name("edit"), args=[entry.pk])
    addresses = [QUEUE, desk(entry), document, edit, reverse("directory_mails")]
    for role in ("author", "coordinator", "partner_manager"):
        client.force_login(UserFactory(roles=[role]))
        assert [client.get(address).status_code for address in addresses] == [302] * 5
        assert f'href="{QUEUE}"' not in client.get("/admin/").content.decode()
    decide = reverse("directory_decide", args=[entry.pk, "accept"])
    client.post(decide, {"send": "on"})
    assert Professional.objects.get().state == State.IN_REVIEW
    client.force_login(UserFactory(roles=["directory_moderator"]))
    assert b"".join(client.get(document)) == b"%PDF-1.4 secret"
    others = [address for address in addresses if address != document]
    assert [client.get(address).status_code for address in others] == [200] * 4
    assert client.get(f"/media/{evidence.file.name}").status_code == 404


def test_the_desk_shows_where_it_is_and_what_may_be_the_same(client, moderator):
    entry = in_review(name="La Bulle", latitude=45.7485, longitude=4.8412)
    twin = ProfessionalFactory(published=True, name="La bulle.")
    other = ProfessionalFactory(published=True, name="Le Nid")
    page = client.get(desk(entry)).content.decode()
    assert 'class="moderation__map"' in page
    assert "<circle" in page
    assert "mlat=45.7485&amp;mlon=4.8412" in page
    assert (desk(twin) in page, desk(other) in page) == (True, False)
    # A change that would move it says where to.
    apply_change(twin, {"latitude": 45.75, "longitude": 4.85}, By.MAIL)
    page = client.get(desk(twin)).content.decode()
    assert "mlat=45.75&amp;mlon=4.85" in page


@pytest.mark.any_database
def test_fifty_entries_take_no_more_queries_than_one(client, moderator):
    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    listing = reverse(Professional.snippet_viewset.get_url_name("list"))
    claim(in_review(), moderator)
    before = [queries(QUEUE), queries(listing)]
    for _ in range(49):
        entry = ProfessionalFactory(state=State.IN_REVIEW, queued_at=timezone.now())
        states.record(entry, EntryEvent.What.SUBMITTED, By.MAIL)
    assert [queries(QUEUE), queries(listing)] == before
