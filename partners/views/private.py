"""What the pages of partners without an account have in common."""

from functools import wraps

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.mailed_links import OldLink, UnknownLink, UsedLink
from accounts.public_forms import form_without_cookie

TOO_MANY = 429
LONGEST_TYPED = 20_000  # characters
STATUS = {UnknownLink: 404, UsedLink: 410, OldLink: 410}


def private_form(view):
    """Decorator of a view with a form that needs no cookie and whose address may be a
    secret."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    methods = require_http_methods(["GET", "HEAD", "POST"])
    return form_without_cookie(methods(never_cache(answer)))


def link_problem(request, error, again="partner_page_request"):
    """The page for a link that does not work, with what was typed meanwhile. *again*: the URL
    name of where a new one is asked for."""
    typed = "\n".join(text for text in request.POST.values() if text.strip())
    context = {"sentence": str(error), "problem": type(error).__name__, "again": again}
    context["typed"] = typed[:LONGEST_TYPED]
    return render(request, "partners/link_problem.html", context, status=STATUS[type(error)])
