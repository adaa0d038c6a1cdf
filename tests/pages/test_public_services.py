"""Public services: two people put one on the list, somebody answers for it, its address is
asked at night, and a dead one shows to those who can mend it."""

import socket
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from time_machine import travel
from wagtail.admin.views.generic import EditView

from pages import destinations
from pages.blocks.next_steps import public_service_choices
from pages.models import PublicService
from pages.models.help_number import UnconfirmedChangeError
from tests.factories.pages import stream
from tests.factories.services import URL, service
from tests.factories.workgroups import person, publish


@pytest.fixture
def coordinators(db):
    return person("coordinator"), person("coordinator")


def leading_to(slug):
    return stream(
        ("text", "<p>Des aides existent.</p>"),
        ("public_service", {"service": slug, "text": "Demandez vos droits."}),
    )


# Two people


def test_parents_are_led_where_a_second_person_confirmed_what_she_saw(client, site, coordinators):
    proposer, other = coordinators
    client.force_login(proposer)
    values = {"name": "Caf", "url": "https://typo.example/", "purpose": "Aides."}
    client.post(reverse("public_service:add"), {**values, "owner": proposer.pk})
    made = PublicService.objects.get()
    assert (made.slug, made.url, made.proposed_url) == ("caf", "", "https://typo.example/")
    topic = site.draft(body=leading_to("caf"))
    assert [p.details for p in topic.readiness_problems("draft")] == [{"name": "Caf"}]

    decide = reverse("public_service:decide", args=[made.pk])
    client.post(decide, {"decision": "confirm", "seen": made.proposal})
    assert PublicService.objects.get().url == ""
    client.force_login(other)
    assert decide in client.get(reverse("wagtailadmin_home")).content.decode()
    opened = hidden(client.get(decide))
    # Meanwhile, another address: nobody confirms what she has not seen.
    PublicService.objects.get().propose(proposer, "Caf", URL)
    for decision in ("confirm", "refuse"):
        response = client.post(decide, {"decision": decision, **opened})
        assert response.url == decide
        assert PublicService.objects.get().url == ""
    assert client.post(decide, {"decision": "confirm"}).url == decide
    seen = hidden(client.get(decide))
    client.post(decide, {"decision": "confirm", **seen})
    topic = publish(topic, site.author, site.signatory)
    html = client.get(topic.get_url()).content.decode()
    assert f'href="{URL}"' in html
    assert "Demandez vos droits." in html
    # Twice does nothing twice.
    again = client.post(decide, {"decision": "confirm", **seen}, follow=True)
    assert again.status_code == 200


def hidden(response):
    return {"seen": response.context["service"].proposal}


def test_who_answers_is_changed_without_touching_what_waits(client, coordinators, monkeypatch):
    proposer, other = coordinators
    caf = service(coordinators)
    new = "https://www.caf.fr/allocataires"
    caf.propose(proposer, "Caf", new)
    stale = PublicService.objects.get()
    PublicService.objects.update(state="dead", answer="404")
    client.force_login(other)
    values = {"name": "Caf", "url": URL, "purpose": "Les aides.", "owner": other.pk}
    monkeypatch.setattr(EditView, "get_object", lambda view, queryset=None: stale)
    client.post(reverse("public_service:edit", args=[caf.pk]), values)
    caf.refresh_from_db()
    assert (caf.owner, caf.proposed_url, caf.proposed_by) == (other, new, proposer)
    assert (caf.state, caf.answer) == ("dead", "404")


def test_topics_are_led_to_what_two_people_know_and_never_to_a_namesake(site, coordinators):
    proposer, _other = coordinators
    service(coordinators)
    waiting = PublicService(purpose="Garde.", owner=proposer)
    waiting.propose(proposer, "Monenfant", "https://monenfant.fr/")
    assert [slug for slug, _label in public_service_choices()] == ["caf"]
    site.draft(body=leading_to("monenfant"))
    assert [slug for slug, _label in public_service_choices()] == ["monenfant", "caf"]
    waiting.refuse(proposer)
    namesake = PublicService(purpose="Autre.", owner=proposer)
    namesake.propose(proposer, "Monenfant", "https://elsewhere.example/")
    assert namesake.slug == "monenfant-2"


@pytest.mark.any_database
def test_the_report_asks_as_little_for_many_topics(site, django_assert_num_queries):
    for number in range(3):
        site.draft(title=f"Sujet {number}", body=leading_to("caf"))
    with django_assert_num_queries(1):
        assert len(destinations.topics_by_service()["caf"]) == 3


def test_a_changed_address_waits_and_changes_nothing_that_is_signed(client, site, coordinators):
    proposer, other = coordinators
    caf = service(coordinators)
    topic = site.live(body=leading_to("caf"))
    client.force_login(other)
    new = "https://www.caf.fr/allocataires"
    values = {"name": "Caf", "url": new, "purpose": "Autre chose.", "owner": other.pk}
    client.post(reverse("public_service:edit", args=[caf.pk]), values)
    caf.refresh_from_db()
    assert (caf.url, caf.proposed_url, caf.owner) == (URL, new, other)
    caf.confirm(proposer)
    assert new in client.get(topic.get_url()).content.decode()
    call_command("verify_signoffs")


def test_no_code_goes_round_the_second_person(coordinators):
    caf = service(coordinators)
    caf.url = "https://elsewhere.example/"
    with pytest.raises(UnconfirmedChangeError):
        caf.save()
    with pytest.raises(UnconfirmedChangeError):
        PublicService.objects.update(url="https://elsewhere.example/")
    with pytest.raises(PermissionDenied):
        PublicService.objects.get().confirm(coordinators[1])


def test_somebody_answers_for_each_one_person_or_one_group(client, site, coordinators):
    client.force_login(coordinators[0])
    values = {"name": "Caf", "url": URL, "purpose": "Les aides."}
    both = {"owner": coordinators[0].pk, "workgroup": site.group.pk}
    for more in ({}, both):
        client.post(reverse("public_service:add"), {**values, **more})
    assert not PublicService.objects.exists()
    client.post(reverse("public_service:add"), {**values, "workgroup": site.group.pk})
    assert PublicService.objects.get().who_answers == site.group


def test_authors_choose_and_do_not_change_the_list(client, site):
    client.force_login(site.author)
    for name in ("public_service:index", "public_service:add", "pages_services_report"):
        assert client.get(reverse(name)).status_code == 302


def test_one_that_a_topic_leads_to_stays(site, coordinators):
    caf = service(coordinators)
    site.draft(body=leading_to("caf"))
    with pytest.raises(ValidationError):
        caf.delete()
    with pytest.raises(ValidationError):
        PublicService.objects.all().delete()


# Asking


class Site(BaseHTTPRequestHandler):
    """Answers by its path: /200, /404, /get-only, /accent, /to/<path>, /moved/<path>."""

    asked = []

    def do_HEAD(self):
        self.answer("HEAD")

    def do_GET(self):
        self.answer("GET")

    def answer(self, method):
        self.asked.append((method, self.path))
        _, what, *rest = self.path.split("/")
        if what in ("to", "moved"):
            self.send_response(301 if what == "moved" else 302)
            self.send_header("Location", "/" + "/".join(rest))
        elif what == "accent":
            self.send_response(302)
            self.send_header("Location", "/200/aid\u00c3\u00a9")  # "é", in bytes of UTF-8
        elif what == "get-only":
            self.send_response(405 if method == "HEAD" else 200)
        elif what == "inside":
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/")
        else:
            self.send_response(int(what))
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def served():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def as_if_public(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(destinations, "is_public", lambda address: address == "127.0.0.1")
        yield


@pytest.mark.any_database
def test_what_an_address_answers(served, monkeypatch):
    with as_if_public(monkeypatch):
        states = {
            path: destinations.ask(f"{served}/{path}").state
            for path in ("200", "200/é", "get-only", "accent", "404", "500", "403", "to/200",
                         "moved/200", "moved/404", "inside", "to/" * 9 + "200")
        }  # fmt: skip
        nobody = destinations.ask("http://127.0.0.1:9/").state
        moved = destinations.ask(f"{served}/moved/200")
    assert states == {
        "200": "alive",
        "200/é": "alive",
        "accent": "alive",
        "get-only": "alive",
        "404": "dead",
        "500": "dead",
        "403": "unsure",
        "to/200": "alive",
        "moved/200": "moved",
        "moved/404": "dead",
        "inside": "dead",
        "to/" * 9 + "200": "dead",
    }
    assert nobody == "dead"
    assert moved.proof == f"{served}/200"


@pytest.mark.any_database
def test_a_site_lives_if_any_of_its_addresses_answers(served, monkeypatch):
    port = int(served.rpartition(":")[2])
    # The first one refuses: nobody listens there, as with an IPv6 that leads nowhere.
    found = [(2, 1, 6, "", (address, port)) for address in ("10.0.0.9", "127.0.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: found)
    monkeypatch.setattr(destinations, "is_public", lambda address: True)

    def refusing(address, **kwargs):
        if address[0] == "10.0.0.9":
            raise ConnectionRefusedError
        sock = socket.socket()
        sock.connect(address)
        return sock

    monkeypatch.setattr("socket.create_connection", refusing)
    assert destinations.ask(f"{served}/200").state == "alive"


@pytest.mark.any_database
@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://[::1]/", "http://10.1.2.3/", "http://169.254.169.254/latest/",
     "http://[fd00::1]/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "ftp://example.org/",
     "file:///etc/passwd", "http:///", "http://[x/"],
)  # fmt: skip
def test_nothing_is_asked_inside(address, monkeypatch):
    monkeypatch.setattr("socket.create_connection", lambda *a, **k: pytest.fail("asked"))
    assert destinations.ask(address).state == "dead"


def test_the_night_tells_who_can_mend_it(client, site, coordinators, served, monkeypatch, capsys):
    proposer, _other = coordinators
    alive = service(coordinators, f"{served}/200", "Vivant")
    dead = service(coordinators, f"{served}/404", "Perdu", owner=None, workgroup=site.group)
    topic = site.draft(body=leading_to(dead.slug))
    with as_if_public(monkeypatch):
        for _twice in range(2):
            call_command("check_destinations")
            # One bad night is no proof.
            assert capsys.readouterr().out == ""
        dead.refresh_from_db()
        assert (dead.state, dead.answer) == ("unsure", "404")
        with travel(timezone.now() + timedelta(days=1), tick=False):
            call_command("check_destinations")
    assert capsys.readouterr().out == f"{dead.url}: dead 404\n"
    alive.refresh_from_db()
    assert (alive.state, bool(alive.checked_at)) == ("alive", True)

    client.force_login(site.author)
    assert "Perdu" in client.get(reverse("wagtailadmin_home")).content.decode()
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[topic.pk]))
    assert any("Perdu" in str(message) for message in editor.context["messages"])
    client.force_login(proposer)
    assert "Perdu" not in client.get(reverse("wagtailadmin_home")).content.decode()
    report = client.get(reverse("pages_services_report")).content.decode()
    assert report.index("Perdu") < report.index("Vivant")
    assert reverse("wagtailadmin_pages:edit", args=[topic.pk]) in report
    assert "404" in client.get(reverse("public_service:index")).content.decode()


def test_no_request_of_the_site_asks(client, site, coordinators, monkeypatch):
    monkeypatch.setattr(destinations, "ask", lambda url: pytest.fail("asked"))
    caf = service(coordinators)
    topic = site.live(body=leading_to(caf.slug))
    assert client.get(topic.get_url()).status_code == 200
