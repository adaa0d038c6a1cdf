"""Forms for parents and professionals without an account, and so without a cookie.

Django keeps forged forms out with a cookie, which public pages do not set. Here the
browser itself says from where a form comes.
"""

from functools import wraps
from urllib.parse import urlsplit

from django import forms
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def comes_from_this_site(request):
    """Whether the browser says that ``request`` was sent by a page of this site.

    ``Sec-Fetch-Site``, which no page can forge, has to say so where there is one; so has
    ``Origin``, and in its absence ``Referer``, for browsers that know only these. What
    says nothing at all is no browser, and is refused.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    said = request.headers.get("Origin") or _origin(request.headers.get("Referer", ""))
    return said == f"{request.scheme}://{request.get_host()}"


def _origin(address):
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def form_without_cookie(view):
    """Decorator of a view whose form carries no CSRF token: a POST, or whatever else
    changes something, is answered 403 unless it comes_from_this_site()."""

    @csrf_exempt
    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.method not in READING and not comes_from_this_site(request):
            return render(request, "accounts/form_from_elsewhere.html", status=403)
        return view(request, *args, **kwargs)

    return checked


class LinesField(forms.CharField):
    """Text of several lines, as people count it: a browser sends two characters for the end of a
    line, and counts one. What it let somebody write is not too long here."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")
