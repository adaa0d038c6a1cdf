"""What the pages of a registration have in common: nobody else keeps or finds them."""

from functools import wraps

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.public_forms import form_without_cookie
from professionals.links import OldLink, UnknownLink, UsedLink

TOO_MANY = 429


def private_form(view):
    """Decorator of a view with a form that needs no cookie and whose address may be a
    secret."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if args or kwargs:
            response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    methods = require_http_methods(["GET", "HEAD", "POST"])
    return form_without_cookie(methods(never_cache(answer)))


def link_problem(request, error, token="", purpose=""):
    """The page for a link that does not work; with the *token* of a genuine one, a button asks
    for a new one."""
    status = {UnknownLink: 404, UsedLink: 410, OldLink: 410}.get(type(error), 409)
    context = {
        "sentence": str(error),
        "problem": type(error).__name__,
        "is_ours": not isinstance(error, UnknownLink),
        "token": token if status == 410 else "",
        "purpose": purpose,
    }
    return render(request, "professionals/link_problem.html", context, status=status)
