"""What limits remember: how often something came, which places are taken.

In a cache of its own: nothing that is only kept for speed may push a limit out, nor the other
way round.
"""

from django.core.cache import caches
from django.db import connections, router
from django.utils import timezone
from django.utils.connection import ConnectionProxy

CACHE = "limits"
cache = ConnectionProxy(caches, CACHE)


def forget_past():
    """Delete what no limit asks for any longer: the cache's own way leaves it until it is
    full. Returns how many rows went."""
    connection = connections[router.db_for_write(cache.cache_model_class)]
    table = connection.ops.quote_name(cache._table)
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - quoted
        return cursor.rowcount
