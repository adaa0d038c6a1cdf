"""The point of an address: asked for where GEOCODER=ban is set, and the commune's without it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils.translation import gettext, override

from professionals import geocoding
from professionals.models import Commune, Professional
from professionals.places import Point
from professionals.weekly_hours import days_of, hours_of, times_of

pytestmark = pytest.mark.django_db

THERE = Point(45.7485, 4.8467)


@pytest.fixture
def service(settings):
    """A public address service on this machine: `answer` is what it says, `asked` what it was
    asked; with the answer None it says nothing."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append(self.path)
            if server.answer is None:
                server.leave.wait(5)
                return
            self.send_response(server.status)
            self.end_headers()
            self.wfile.write(server.answer)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.leave, server.status = [], threading.Event(), 200
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.GEOCODER = "ban"
    settings.GEOCODER_ADDRESS = f"http://127.0.0.1:{server.server_port}/geocodage"
    yield server
    server.leave.set()
    server.shutdown()
    thread.join()
    server.server_close()


def found(latitude=THERE.latitude, longitude=THERE.longitude, **said):
    said = {"label": "x", "type": "housenumber", "citycode": "69387", "score": 0.9} | said
    geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    feature = {"type": "Feature", "geometry": geometry, "properties": said}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_an_address_is_found_and_a_typed_point_stays(visitor, service):
    service.answer = found()
    where = visitor.begin(is_natural_person="no").url
    visitor.send(where, visitor.steps.place)
    entry = Professional.objects.get()
    assert entry.point == THERE
    assert service.asked[0].startswith("/geocodage/search?q=12+rue+des+Lilas+69007+Lyon")
    typed = visitor.steps.place | {"latitude": "45,75", "longitude": "4,85"}
    visitor.send(where, typed)
    visitor.send(where, typed)
    entry.refresh_from_db()
    assert entry.point == Point(45.75, 4.85)
    assert len(service.asked) == 1
    # Another street: the point moves with it.
    visitor.send(where, typed | {"address": "1 place Jean Macé"})
    entry.refresh_from_db()
    assert entry.point == THERE


def test_whatever_goes_wrong_the_commune_s_point_is_taken_and_said(visitor, service, settings):
    settings.GEOCODER_SECONDS = 0.2
    lyon = Commune.objects.get(pk="69387")
    for status, answer in (
        (500, b""),
        (200, b"<html>"),
        (200, b'{"features": []}'),
        (200, b'{"features": [{}]}'),
        (200, found(type="municipality")),
        (200, found(citycode="75118")),
        (200, found(score=0.1)),
        (200, found(latitude=48.85, longitude=2.35)),
        (200, None),
    ):
        service.status, service.answer = status, answer
        assert geocoding.point_of("12 rue des Lilas", "69007", lyon) is None
    service.leave.set()
    settings.GEOCODER_ADDRESS = "http://127.0.0.1:1/geocodage"
    here = visitor.through()
    entry = Professional.objects.get()
    assert not entry.point_is_exact
    assert "Lyon 7e" in visitor.get(here).content.decode()


def test_she_reads_that_her_point_can_be_moved_only_where_it_can(visitor, settings):
    """Without her yes her form has no point; without a service nobody has looked for one."""
    here = visitor.through()

    def said():
        section = visitor.get(here).context["sections"][1]
        return dict(section.rows)[gettext("Point on the map")]

    with override("fr"):
        commune = {"commune": "Lyon 7e"}
        hers = gettext(
            "in the middle of %(commune)s: you did not agree to show your exact address."
        )
        free = gettext("in the middle of %(commune)s. You can move the point.")
        failed = gettext(
            "in the middle of %(commune)s: we did not find the address itself. You can move the "
            "point."
        )
        assert said() == hers % commune
        visitor.send(
            here.replace("/contact/", "/critere/"), visitor.steps.reasons | {"details": "on"}
        )
        assert said() == free % commune
        settings.GEOCODER = "ban"
        assert said() == failed % commune


@pytest.mark.any_database
def test_the_service_is_the_countrys_own_and_has_two_seconds(settings):
    assert settings.GEOCODER_ADDRESS == "https://data.geopf.fr/geocodage"
    assert settings.GEOCODER_SECONDS == 2
    assert not settings.GEOCODER


def test_hours_are_written_day_by_day_and_read_back():
    week = {
        "Mo": "9h-12h et 14h-18h30",
        "Tu": "9:00 - 12:00, 14:00–18:30",
        "Sa": "Fermé",
        "Su": "8-9",
    }
    kept = hours_of({day: times_of(text) for day, text in week.items()})
    assert kept == "Mo-Tu 09:00-12:00,14:00-18:30; Su 08:00-09:00"
    assert days_of(kept)["Tu"] == "9:00-12:00, 14:00-18:30"
    assert hours_of({d: times_of(t) for d, t in days_of(kept).items()}) == kept
    for more in ("Mo-Fr 09:00-12:00; PH off", "24/7", "Mo 09:00-12:00; Mo 14:00-16:00"):
        assert days_of(more) is None
