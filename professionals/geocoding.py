"""The point of an address, from the public address service where GEOCODER=ban is set.

It waits for GEOCODER_SECONDS in all, and whatever goes wrong there is no point: the entry then
stands at its commune's, and says so.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from geopy.geocoders import BANFrance

from .places import Point, check_point

logger = logging.getLogger(__name__)

# What of the service's answers is a place in a commune, and not the commune itself.
EXACT = frozenset({"housenumber", "street", "locality"})
UNSURE = 0.4  # the service's own score, from 0 to 1, below which it has guessed


def is_asked():
    """Whether the service is asked for addresses here."""
    return settings.GEOCODER == "ban"


def point_of(address, postal_code, commune):
    """The Point of an *address* ("12 rue des Lilas") in a Commune, or None where it is not
    known there, nobody may be asked, or there is no answer in time."""
    if not is_asked() or not address.strip():
        return None
    # In a thread: a time limit of sockets knows neither names nor slow drops.
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        asked = pool.submit(_ask, f"{address.strip()} {postal_code} {commune.name}")
        return _checked(asked.result(timeout=settings.GEOCODER_SECONDS), commune)
    except Exception as error:  # whatever it answers
        # Not the address: nothing about a person is in a log.
        logger.warning("the address service did not help: %s", type(error).__name__)
        return None
    finally:
        pool.shutdown(wait=False)


def _ask(query):
    parts = urlsplit(settings.GEOCODER_ADDRESS)
    service = BANFrance(
        domain=f"{parts.netloc}{parts.path}",
        scheme=parts.scheme,
        timeout=settings.GEOCODER_SECONDS,
        user_agent="mes-infos-bebe",
    )
    return service.geocode(query[:200])


def _checked(found, commune):
    if found is None:
        return None
    said = found.raw["properties"]
    is_there = said.get("citycode") in (None, commune.code)
    if said.get("type") not in EXACT or not is_there or float(said.get("score", 1)) < UNSURE:
        return None
    try:
        check_point(found.latitude, found.longitude, commune)
    except ValidationError:
        return None
    return Point(found.latitude, found.longitude)
