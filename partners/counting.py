"""Counting how often topics, lists and the map are seen in partners' pages: what
counts, and when it is written.

Each process keeps its numbers at hand and a thread of its own writes them every few seconds, so
that no answer waits for the database. Of a reader nothing is kept, in no place and for no time.
"""

import logging
import re
import threading
from collections import Counter
from multiprocessing.util import Finalize
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from partners.models import NO_TOPIC, EmbedCount

logger = logging.getLogger(__name__)

# So many views at hand are written without waiting for the time.
MOST_AT_HAND = 500

# What robots call themselves; so does what fetches a page for a preview or to watch over it.
ROBOTS = re.compile(
    r"(?<!cu)bot(?:\b|[/_-])|crawl|spider|slurp|archiver|scrap|preview|monitor|uptime|pingdom|lighthouse"
    r"|pagespeed|headless|phantomjs|selenium|curl|wget|httpie|python|aiohttp|httpx|okhttp|java/"
    r"|libwww|go-http|node-fetch|axios|guzzle|apache-http|ruby|perl|facebookexternalhit|whatsapp"
    r"|embedly|feedfetcher|mediapartners|validator|w3c_|scanner|zgrab|nmap"
    # What fetches a frame to make a page of it, for nobody's eyes yet.
    r"|wordpress|drupal|discourse",
    re.IGNORECASE,
)
# Where a frame is shown. An embed that is opened by itself stands in no partner's page.
FRAMES = frozenset({"iframe", "frame", "embed", "object"})


def is_view(request, asking):
    """Whether somebody looks at what the request asks for, an Asking (partners.frames), in a page
    of somebody else's that may show it: not a robot, not a browser that fetches what may be
    wanted later, none of our own previews, and no page whose browser shows nothing. Browsers that
    do not say (Sec-Fetch-…, Referer) are believed."""
    headers = request.headers
    agent = headers.get("User-Agent", "")
    early = f"{headers.get('Sec-Purpose', '')} {headers.get('Purpose', '')}"
    early += f" {headers.get('X-Moz', '')} {headers.get('X-Purpose', '')}"
    return (
        request.method == "GET"
        and bool(agent)
        and not ROBOTS.search(agent)
        and not re.search("prefetch|prerender|preview", early, re.IGNORECASE)
        and headers.get("Sec-Fetch-Dest", "iframe") in FRAMES
        and asking.is_let_in
        and (not asking.is_from_here or _is_opened(headers, asking))
    )


def _is_opened(headers, asking):
    """Whether the frame held a partner's embed before: a list, in which somebody chose. Our own
    previews of lists hold no key and stand in no page of a partner's."""
    try:
        before = urlsplit(headers.get("Referer", "")).path
    except ValueError:
        return False
    return bool(asking.partner or asking.page) and before.startswith("/embed/")


def count(request, asking, language, kind=EmbedCount.Kind.TOPIC, topic_key=NO_TOPIC):
    """Count a view, if it is one, in the language *language* for the partner of an Asking, or
    none: of the topic of that key, a UUID, or of another *kind* of embed, which has none; takes
    no query."""
    if is_view(request, asking):
        pk = asking.partner and asking.partner.pk
        at_hand.add((pk, kind.value, topic_key, language, timezone.localdate()))


class AtHand:
    """The views of this process that are not written yet."""

    def __init__(self):
        self._lock = threading.Lock()
        self._counted = Counter()
        self._number = 0
        self._full = threading.Event()
        self._is_writing = False

    def add(self, key):
        """One view more of *key*: see EmbedCountQuerySet.add."""
        with self._lock:
            self._counted[key] += 1
            self._number += 1
            is_full = self._number >= MOST_AT_HAND
            starts = not self._is_writing and settings.EMBED_COUNT_SECONDS
            self._is_writing = self._is_writing or bool(starts)
        if starts:
            # After a worker's last answer, however it was begun: multiprocessing runs these at
            # the end of its own processes, where atexit is not asked, and of all others.
            Finalize(None, self.write, exitpriority=1)
            threading.Thread(target=self._write_on, name="embed-counts", daemon=True).start()
        if is_full:
            self._full.set()

    def take(self):
        """All that is at hand, a Counter, which is empty then."""
        with self._lock:
            counted, self._counted, self._number = self._counted, Counter(), 0
        return counted

    def write(self):
        """Write what is at hand; what cannot be written now stays for the next time."""
        counted = self.take()
        if not counted:
            return
        try:
            EmbedCount.objects.add(counted)
        except Error:
            logger.warning("%d views wait to be written", counted.total(), exc_info=True)
            with self._lock:
                self._counted.update(counted)

    def _write_on(self):
        while True:
            self._full.wait(settings.EMBED_COUNT_SECONDS)
            self._full.clear()
            self.write()
            connection.close()


at_hand = AtHand()
