"""Who is logged in, for a page that has stood open for long."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache


@never_cache
def session(request):
    """Whose session it is, and its present token: a page that was opened before
    one logged in again holds an older one. Without a session, 403."""
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})
