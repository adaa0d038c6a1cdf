"""What limits remember: how often something came, which places are taken; counted for all
processes together.

In a cache of its own: nothing that is only kept for speed may push a limit out, nor the other
way round.
"""

import secrets
import time

from django.conf import settings
from django.core.cache import caches
from django.db import connections, router
from django.utils import timezone
from django.utils.connection import ConnectionProxy
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

CACHE = "limits"
cache = ConnectionProxy(caches, CACHE)

MINUTE, HOUR = 60, 60 * 60  # seconds
FEW, TRIES = 30, 3


def visitors_address(request):
    """The address that counts, as for the login: the one that the proxy in front saw."""
    name = getattr(settings, "AXES_CLIENT_IP_CALLABLE", None)
    return import_string(name)(request) if name else request.META.get("REMOTE_ADDR", "")


def has_room(what, who, places, seconds=HOUR):
    """Whether *who* (any text: an address, visitors_address()) may do *what* (a short name)
    once more: at most *places* times in so many *seconds*; takes one of the places. What is
    kept is a hash. Of very many places it looks at few, since add() writes: whoever has taken
    nearly all is sometimes sent away early."""
    window = int(time.time() // seconds)
    text = f"{what}:{window}:{who}"
    key = salted_hmac("accounts.limits", text, algorithm="sha256").hexdigest()[:32]
    tried = range(places)
    if places > FEW:
        tried = {secrets.randbelow(places) for _try in range(TRIES)}
    # add() is one step: of two at the same moment, one takes the place.
    return any(cache.add(f"limit:{key}:{place}", 1, seconds) for place in tried)


def forget_past():
    """Delete what no limit asks for any longer: the cache's own way leaves it until it is
    full. Returns how many rows went."""
    connection = connections[router.db_for_write(cache.cache_model_class)]
    table = connection.ops.quote_name(cache._table)
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - quoted
        return cursor.rowcount
