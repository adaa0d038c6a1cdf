"""An institution asks to become a partner."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.limits import has_room, visitors_address
from accounts.mailed_links import LinkError, UsedLink
from partners import requests
from partners.links import CONFIRM, to_requests
from partners.public_forms import PartnerRequestForm

from .private import TOO_MANY, link_problem, private_form

NEW_AN_HOUR = 10  # from one place
MAILS_AN_HOUR = 5  # to one address


@private_form
def partner_request(request):
    """The form. What is wrong stands at its field, with all that was typed."""
    if request.method != "POST":
        return _form(request, PartnerRequestForm(label_suffix=""))
    form = PartnerRequestForm(request.POST, label_suffix="")
    number = request.POST.get("number", "")
    if not form.is_valid():
        return _form(request, form, number)
    if not _has_room(request, form):
        text = _("So many requests came from here that we wait for an hour. "
                 "What you typed still stands below.")  # fmt: skip
        form.add_error(None, text)
        return _form(request, form, number, status=TOO_MANY)
    try:
        requests.begin(number, get_language(), **form.cleaned_data)
    except requests.NumberError:
        form.add_error(None, _("This page was open for a long time. Please send it once more."))
        return _form(request, form)
    except requests.ConfirmedError:
        text = _("You have confirmed this request already, and we answer it as it was. If you "
                 "send this once more, it is a second request.")  # fmt: skip
        form.add_error(None, text)
        return _form(request, form)
    return HttpResponseRedirect(f"{reverse('partner_request')}?envoyee", status=303)


def _has_room(request, form):
    email = form.cleaned_data["contact_email"].lower()
    return has_room("partner-request", visitors_address(request), NEW_AN_HOUR) and has_room(
        "partner-request-mail", email, MAILS_AN_HOUR
    )


def _form(request, form, number="", status=200):
    context = {
        "form": form,
        "number": number or requests.number_of_form(),
        "sent": "envoyee" in request.GET and not form.is_bound,
        "confirm_days": CONFIRM.days,
    }
    return render(request, "partners/request.html", context, status=status)


@private_form
def partner_confirm(request, token):
    """What the mailed link opens: a button, which confirms the request."""
    try:
        if request.method == "POST":
            return _confirmed(request, requests.confirm(token))
        asked = requests.behind(to_requests.all().working(token))
    except UsedLink as error:
        asked = to_requests.all().genuine(token).request
        if asked is None or asked.state == requests.State.UNCONFIRMED:
            return link_problem(request, error, "partner_request")
        return _confirmed(request, asked, again=True)
    except LinkError as error:
        return link_problem(request, error, "partner_request")
    return render(request, "partners/request_link.html", {"asked": asked})


def _confirmed(request, asked, again=False):
    context = {"asked": asked, "again": again}
    return render(request, "partners/request_confirmed.html", context)
