"""Health checks for whatever runs the site: alive, and ready to serve."""

import subprocess

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def _running_commit():
    """The commit of the code that this process loaded, or None where git does not tell it."""
    try:
        answer = subprocess.run(
            ["git", "rev-parse", "HEAD"],
            cwd=settings.ROOT,
            capture_output=True,
            text=True,
            timeout=5,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()


# Asked once, at the start: the work tree may move on under a running server.
COMMIT = _running_commit()


def _answer(status, http_status=200):
    body = {"status": status} | ({"commit": COMMIT} if COMMIT else {})
    return JsonResponse(body, status=http_status)


@never_cache
@require_safe
def live(request):
    """200 as long as the process answers at all."""
    return _answer("live")


@never_cache
@require_safe
def ready(request):
    """200 when the database answers too, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _answer("database unavailable", 503)
    return _answer("ready")
