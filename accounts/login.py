"""Logging in: the form, and whose failed attempts count together."""

from ipaddress import ip_address

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm

from .models import User


class LoginForm(WagtailLoginForm):
    username = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


def attempted_email(request, credentials=None):
    """The address that a login is tried with, as it is stored, for django-axes.

    *credentials* are those given to authenticate(), where axes has them. Other
    capitals or spaces make no new account to try.
    """
    email = (credentials or {}).get("username") or request.POST.get("username")
    return User.objects.normalize_email(email) or None


def visitors_address(request):
    """The address that the proxy in front saw, for django-axes.

    It is the last one of ``X-Forwarded-For``, the one that the proxy added; those
    before it are whatever the visitor sent. Without the header, or with something
    else in it than an address: who connected.
    """
    last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(last))
    except ValueError:
        return request.META.get("REMOTE_ADDR")
