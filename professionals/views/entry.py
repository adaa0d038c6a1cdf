"""One professional: everything public, a contact for the telephone, and a word if it is wrong."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import has_room, visitors_address
from accounts.public_forms import LinesField, form_without_cookie
from professionals import reports
from professionals.models import EntryReport, Professional
from professionals.outlines import small_map
from professionals.public import public_entry
from professionals.reference_directories import public_directories
from professionals.states import WrongStateError
from professionals.structured_data import structured_data
from professionals.vcards import vcard

LONGEST_WORDS = 600  # characters
# Of one visitor, or of a waiting room behind one address.
REPORTS_AN_HOUR = 20


class ReportForm(forms.Form):
    """What is wrong, and perhaps some words."""

    why = forms.ChoiceField(
        choices=EntryReport.Why.choices,
        error_messages={
            "required": _("Choose what is wrong."),
            "invalid_choice": _("Choose what is wrong."),
        },
    )
    words = LinesField(
        max_length=LONGEST_WORDS,
        required=False,
        error_messages={
            "max_length": _(
                "Your text is too long: %(limit_value)d characters at most, and it has "
                "%(show_value)d."
            )
        },
    )


def _found(slug):
    """(the stored Professional or None, its PublicEntry or None)."""
    entry = Professional.objects.filter(slug=slug).with_details().first()
    return entry, public_entry(entry) if entry else None


def _not_there(request, entry):
    """A kind answer where nothing public is: 410 for what was there once."""
    was_there = entry is not None and entry.first_published_at is not None
    context = {"was_there": was_there, "public_directories": public_directories()}
    status = 410 if was_there else 404
    return render(request, "professionals/not_there.html", context, status=status)


@require_safe
def professional(request, slug):
    """The page of one professional."""
    stored, entry = _found(slug)
    if entry is None:
        return _not_there(request, stored)
    url = request.build_absolute_uri(entry.address_url)
    context = {
        "entry": entry,
        "url": url,
        "open_now": entry.now_in_words(),
        "hours": entry.hours_in_words(),
        "beside_the_hours": entry.beside_the_hours(),
        "small_map": small_map(entry.departement, entry.point),
        "structured_data": structured_data(entry, url),
        "public_directories": public_directories([entry.kind_slug]),
    }
    return render(request, "professionals/professional.html", context)


@require_safe
def contact(request, slug):
    """The professional as a vCard, to keep among one's contacts."""
    stored, entry = _found(slug)
    if entry is None:
        return _not_there(request, stored)
    text = vcard(entry, request.build_absolute_uri(entry.address_url))
    return HttpResponse(
        text,
        content_type="text/vcard; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{entry.slug}.vcf"'},
    )


@form_without_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def report_entry(request, slug):
    """“Something is wrong?”: takes a report, once a day from one place; then thanks."""
    stored, entry = _found(slug)
    if entry is None:
        return _not_there(request, stored)
    here = reverse("professional_report", args=[slug])
    form = ReportForm(request.POST if request.method == "POST" else None)
    too_many = False
    if form.is_bound and form.is_valid():
        if has_room("reports", visitors_address(request), REPORTS_AN_HOUR):
            return _take(request, stored, form, here)
        too_many = True
    said = next((word for word in ("merci", "deja") if word in request.GET), None)
    context = {
        "entry": entry,
        "form": form,
        "whys": EntryReport.Why.choices,
        "said": None if form.is_bound else said,
        "too_many": too_many,
    }
    status = 429 if too_many else 200
    return render(request, "professionals/report.html", context, status=status)


def _take(request, stored, form, here):
    sender = reports.sender_of(visitors_address(request))
    try:
        outcome = reports.report(
            stored, form.cleaned_data["why"], sender, form.cleaned_data["words"]
        )
    except WrongStateError:  # it came off meanwhile
        return _not_there(request, stored)
    # Loading the page anew, or going back, sends nothing again.
    return HttpResponseRedirect(f"{here}?{'merci' if outcome.changed else 'deja'}", status=303)
