"""How often one visitor may ask something in a while: counted in the cache, so by all
processes together, and never by who it is."""

import secrets
import time

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

MINUTE, HOUR = 60, 60 * 60  # seconds
FEW, TRIES = 30, 3


def visitors_address(request):
    """The address that counts, as for the login: the one that the proxy in front saw."""
    name = getattr(settings, "AXES_CLIENT_IP_CALLABLE", None)
    return import_string(name)(request) if name else request.META.get("REMOTE_ADDR", "")


def has_room(what, request, places, seconds):
    """Whether this visitor may do *what* (a word) once more: at most *places* times in so many
    *seconds*; takes one of the places. Of very many places it looks at few, since add() writes:
    whoever has taken nearly all is sometimes sent away early."""
    window = int(time.time() // seconds)
    text = f"{what}:{window}:{visitors_address(request)}"
    key = salted_hmac("professionals.limits", text, algorithm="sha256").hexdigest()[:32]
    tried = range(places)
    if places > FEW:
        tried = {secrets.randbelow(places) for _try in range(TRIES)}
    return any(cache.add(f"limit:{key}:{place}", 1, seconds) for place in tried)
