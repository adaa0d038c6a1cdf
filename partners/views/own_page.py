"""A partner's own page, behind a mailed link: its sites, its lines, its numbers."""

import csv

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.limits import has_room, visitors_address
from accounts.mailed_links import LinkError
from media.spreadsheets import as_text
from partners import links
from partners.addresses import preview_path
from partners.mails import mail_pages, tell_managers
from partners.numbers import FEWEST, TENS, Kind, numbers_of
from partners.offered import offers
from partners.public_forms import AskForPageForm, WishForm

from .private import TOO_MANY, link_problem, private_form

ASKED_AN_HOUR = 20  # from one place
MAILS_AN_HOUR = 3  # to one address
WISHES_AN_HOUR = 5  # of one partner
# In the table, whatever the language.
KINDS = dict(zip(Kind.values, ("sujet", "liste", "carte"), strict=True))


@private_form
def page_request(request):
    """Ask for a link. The answer says the same whether we know the address or not."""
    form = AskForPageForm(request.POST if request.method == "POST" else None, label_suffix="")
    if not form.is_bound or not form.is_valid():
        return _ask(request, form)
    if not has_room("partner-page", visitors_address(request), ASKED_AN_HOUR):
        form.add_error(None, _("So many links were asked for from here that we wait for an hour."))
        return _ask(request, form, status=TOO_MANY)
    email = form.cleaned_data["email"]
    if has_room("partner-page-mail", email, MAILS_AN_HOUR):
        mail_pages(email)
    return HttpResponseRedirect(f"{reverse('partner_page_request')}?demande", status=303)


def _ask(request, form, status=200):
    context = {"form": form, "asked": "demande" in request.GET and not form.is_bound}
    return render(request, "partners/page_request.html", context, status=status)


@private_form
def page_link(request, token):
    """What a mailed link opens: a button, which opens the page for half an hour."""
    try:
        if request.method == "POST":
            signed = links.signed_page(links.to_pages.all().use(token).partner)
            return HttpResponseRedirect(reverse("partner_page", args=[signed]), status=303)
        partner = links.to_pages.all().working(token).partner
    except LinkError as error:
        return link_problem(request, error)
    return render(request, "partners/page_link.html", {"partner": partner})


@private_form
def page(request, signed):
    """The page; `quoi` chooses what its lines show. POST: ask the managers for other sites,
    which they alone can add, or tell them something."""
    try:
        partner = links.partner_behind(signed)
    except LinkError as error:
        return link_problem(request, error)
    form = WishForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_bound and form.is_valid():
        if said := _wish(partner, **form.cleaned_data):
            url = f"{reverse('partner_page', args=[signed])}?sites={said}"
            return HttpResponseRedirect(f"{url}#sites", status=303)
        form.add_error(None, _("You have asked several times: we answer those first."))
    return _page(request, partner, signed, form)


def _wish(partner, origins, message):
    """Tell the managers what a partner wishes: "demandes", or "connus" where it has all of that;
    "" where it asks too often. The same wish is told once in an hour."""
    new = sorted(set(origins) - set(partner.allowed_origins))
    if not (new or message):
        return "connus"
    sources = [origin.source for origin in new]
    # First: a wish that is sent away was told to nobody, and may be sent again.
    if not has_room("partner-wishes", str(partner.pk), WISHES_AN_HOUR):
        return ""
    if not has_room("partner-wish", f"{partner.pk} {sources} {message}", 1):
        return "demandes"
    names = [str(origin) for origin in new]
    said = {"partner": partner, "origins": names, "message": message}
    tell_managers("wish", "partner:edit", partner.pk, **said)
    return "demandes"


def _page(request, partner, signed, form):
    offered = offers(partner)
    asked = request.GET.get("quoi", "")
    every = [offer for of_kind in offered.values() for offer in of_kind]
    chosen = next((one for one in every if one.value == asked), next(iter(every), None))
    lines = chosen and chosen.lines
    context = {
        "partner": partner,
        "signed": signed,
        "form": form,
        "wish": request.GET.get("sites", ""),
        "offered": offered,
        "chosen": chosen,
        "lines": lines,
        "preview": lines and preview_path(lines.path, partner),
        "numbers": numbers_of(partner),
        "fewest": FEWEST,
    }
    return render(request, "partners/page.html", context)


@private_form
def page_csv(request, signed):
    """What the page tells of numbers, as a table."""
    try:
        partner = links.partner_behind(signed)
    except LinkError as error:
        return link_problem(request, error)
    return numbers_as_csv(numbers_of(partner))


def numbers_as_csv(numbers, names=None):
    """The answer with the Numbers as CSV; *names*: {partner's pk, or None: name}, where they are
    of several."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="vues.csv"'
    response.write("\ufeff")  # so that spreadsheets read the accents
    table = csv.writer(response)
    first = ["partenaire"] if names else []
    table.writerow([*first, "mois", "sujet", "langue", "vues", "mois_en_cours", "genre"])
    for cell in numbers.cells:
        number = cell.number or f"moins de {TENS if cell.goes_on else FEWEST}"
        row = [f"{cell.month:%Y-%m}", as_text(cell.topic), cell.language, number]
        first = [as_text(names[cell.partner])] if names else []
        table.writerow([*first, *row, "oui" if cell.goes_on else "non", KINDS[cell.kind]])
    return response
