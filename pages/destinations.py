"""Whether the public services that topics lead to still answer at their addresses.

Asked at night by `manage.py check_destinations`, one address after the other, never in a
request of the site. An address that leads inside a private network is refused, so that
nobody makes this server look around where it stands.
"""

import http.client
import json
import socket
import ssl
import time
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from pages.models import PublicService, TopicPage
from pages.stored import stored_references

SECONDS = 10  # to connect, and for each answer
REDIRECTS = 5
MOVED_FOR_GOOD = {301, 308}
# What sites answer that turn away machines, or are busy: no proof that they are gone.
TURNED_AWAY = {401, 403, 406, 429, 503}
# The characters of an address that stand for themselves, and those that were quoted already.
WRITTEN = "/#%[]=:;$&()+,!?*@'~"
State = PublicService.State


class RefusedAddressError(OSError):
    """An address at which nothing is asked: a private one, or no web address."""


@dataclass(frozen=True)
class Answer:
    """What an address said: a State, and the proof of it in few characters."""

    state: str
    proof: str = ""


def is_public(address):
    """Whether an IP address (text) is one of the open Internet."""
    return ip_address(address).is_global


def public_addresses(host, port):
    """The IP addresses of `host`, each once, those first that this machine reaches best.
    Raises RefusedAddressError where one of them is private."""
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = list(dict.fromkeys(info[4][0] for info in infos))
    if not all(is_public(address) for address in found):
        raise RefusedAddressError("private")
    return found


def _connected(host, port):
    """A socket to the first address of `host` that answers. Raises OSError."""
    for address in (addresses := public_addresses(host, port)):
        try:
            return socket.create_connection((address, port), timeout=SECONDS)
        except OSError:
            if address == addresses[-1]:
                raise
    raise OSError(f"{host} has no address.")


def _connection(parts):
    """A connection to the very IP address that was looked at: the name is not asked
    again, since it could answer something else the second time."""
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    sock = _connected(parts.hostname, port)
    if secure:
        context = ssl.create_default_context()
        sock = context.wrap_socket(sock, server_hostname=parts.hostname)
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname, port, timeout=SECONDS)
    connection.sock = sock
    return connection


def request(method, url):
    """(status, the address that it leads on to or "") of one request."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RefusedAddressError("no web address")
    connection = _connection(parts)
    try:
        path = iri_to_uri((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        headers = {"User-Agent": f"{settings.WAGTAILADMIN_BASE_URL} check_destinations"}
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        onward = response.headers.get("Location", "") if 300 <= response.status < 400 else ""
        # Letters as they are, which some sites send: the bytes that came, each quoted.
        onward = quote(onward.encode("latin-1"), safe=WRITTEN)
        return response.status, urljoin(url, onward) if onward else ""
    finally:
        connection.close()


def ask(url):
    """Ask an address whether it is still there: HEAD, and GET where that is not
    understood. An Answer, whatever happens."""
    moved_to, asked = "", url
    try:
        for _hop in range(REDIRECTS + 1):
            status, onward = request("HEAD", asked)
            if status >= 400:
                status, onward = request("GET", asked)
            if not onward:
                return _judged(status, moved_to)
            if status in MOVED_FOR_GOOD and asked in (url, moved_to):
                moved_to = onward
            asked = onward
    except RefusedAddressError as refusal:
        return Answer(State.DEAD, str(refusal))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(State.DEAD, type(error).__name__)
    return Answer(State.DEAD, f"{REDIRECTS} redirects")


def _judged(status, moved_to):
    if status in TURNED_AWAY:
        return Answer(State.UNSURE, str(status))
    if status >= 400:
        return Answer(State.DEAD, str(status))
    return Answer(State.MOVED, moved_to) if moved_to else Answer(State.ALIVE, str(status))


def check(service, now=None):
    """Ask the address of one PublicService and keep the answer. Returns it. One that does not
    answer as it should is DEAD from the second night on: most are back by then."""
    answer = ask(service.url)
    now = now or timezone.now()
    if answer.state == State.DEAD and not _is_bad_since_before(service, now):
        answer = Answer(State.UNSURE, answer.proof)
    kept = {"state": answer.state, "answer": answer.proof[:255], "checked_at": now}
    if answer.state != service.state:
        kept["state_since"] = now
    # Only if it still has the address that was asked.
    PublicService.objects.filter(pk=service.pk, url=service.url).update(**kept)
    return answer


def _is_bad_since_before(service, now):
    """Whether the last answer was a bad one already, on another day than `now`."""
    if service.state == State.DEAD:
        return True
    was_turned_away = service.answer in {str(status) for status in TURNED_AWAY}
    was_bad = service.state == State.UNSURE and not was_turned_away
    return was_bad and timezone.localdate(service.checked_at) < timezone.localdate(now)


def check_all():
    """Ask every service, one after the other, with a pause between. Yields (service, Answer)."""
    for number, service in enumerate(PublicService.objects.confirmed()):
        if number:
            time.sleep(settings.DESTINATION_PAUSE)
        yield service, check(service)


# Where services stand

BLOCK = "public_service"


def services_in(page):
    """The slugs of the services to which this version of a topic leads."""
    return _services_under(page.body.raw_data)


def _services_under(raw):
    found = stored_references(TopicPage._meta.get_field("body").stream_block, list(raw))
    return {slug for kind, slug in found if kind == "service"}


def topics_by_service():
    """{slug: [TopicPage]}: the topics that lead to each service, as parents read them
    or in their latest draft; one query."""
    topics = TopicPage.objects.annotate(
        text=Cast("body", TextField()), draft=Cast("latest_revision__content", TextField())
    )
    topics = topics.filter(Q(text__contains=BLOCK) | Q(draft__contains=BLOCK))
    found = {}
    for topic in topics.select_related("latest_revision").order_by("draft_title"):
        slugs = services_in(topic)
        if draft := topic.latest_revision:
            # As stored: a page made of it would ask the database for all that it holds.
            slugs |= _services_under(json.loads(draft.content.get("body") or "[]"))
        for slug in slugs:
            found.setdefault(slug, []).append(topic)
    return found
