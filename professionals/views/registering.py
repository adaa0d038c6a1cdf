"""The five steps of a registration."""

from dataclasses import dataclass

from django.core import signing
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.limits import has_room, visitors_address
from professionals import links, new_email, registering
from professionals.drafts import keep_typed, typed
from professionals.forms import ContactForm, OfferForm, PlaceForm, ReasonsForm, WhoForm
from professionals.links import LinkError, Purpose
from professionals.public import public_entry
from professionals.references import reference_for
from professionals.states import By, IncompleteError
from professionals.summary import lacking, summary

from .pages import TOO_MANY, link_problem, private_form

STEPS = (WhoForm, PlaceForm, OfferForm, ReasonsForm, ContactForm)
SLUGS = [form.slug for form in STEPS]
# What a form that goes on with itself in another language says where it goes (keep-languages.js).
HERE = "here"
# From one place in an hour; a training room registers together.
NEW_AN_HOUR = 20
# To one address in an hour: nobody's letter box is filled by somebody else.
MAILS_AN_HOUR = 5
KNOWN_SALT = "professionals.known"


@dataclass(frozen=True)
class Step:
    """One of the steps, for the line that says where one is; *is_reached*: whether a button
    leads there, and takes along what was typed."""

    number: int
    slug: str
    title: str
    is_reached: bool
    is_here: bool


@private_form
def register(request):
    """The first step, before there is an entry."""
    data = request.POST if request.method == "POST" else None
    if data and data.get("go") == HERE:
        # Only the language changes: it is no time to say what lacks.
        form = WhoForm()
        form.initial = data.dict()
        return _page(request, form, number=data.get("number"))
    form = WhoForm(data)
    if data is None or not form.is_valid():
        return _page(request, form, number=data and data.get("number"))
    number = data.get("number", "")
    try:
        entry = registering.begun(number)
    except registering.NumberError:
        form.add_error(None, _("This page was open for a long time. Please send it once more."))
        return _page(request, form)
    if entry is not None:
        return register_step(request, _signed(entry), WhoForm.slug)
    if not _may_begin(request, form):
        form.add_error(None, _too_many())
        return _page(request, form, number=number, status=TOO_MANY)
    entry = registering.begin(number, form, get_language())
    if entry is None:
        return _page(request, form, number=number)
    return _to(_signed(entry), PlaceForm.slug)


def _may_begin(request, form):
    email = form.cleaned_data["email"].lower()
    return has_room("register", visitors_address(request), NEW_AN_HOUR) and has_room(
        "register-mail", email, MAILS_AN_HOUR
    )


def _too_many():
    return _(
        "So many registrations came from here that we wait for an hour. What you typed still "
        "stands below."
    )


@private_form
def register_step(request, signed, slug):
    """One of the five steps, behind the entry's signed address."""
    if slug not in SLUGS:
        raise Http404
    try:
        entry = links.behind_address(signed, Purpose.REGISTRATION)
    except LinkError as error:
        return link_problem(request, error)
    if not registering.is_open(entry):
        return render(request, "professionals/register_over.html", {"entry": entry})
    place = SLUGS.index(slug)
    if request.method != "POST":
        form = _form(STEPS[place], entry, typed(entry, slug))
        form.try_out(entry, By.MAIL)
        return _page(request, form, entry, signed)
    return _taken(request, entry, signed, place)


def _form(step, entry, data=None, files=None):
    extra = {"registers": True} if step is ReasonsForm else {}
    return step(data, files, version=entry, **extra)


def _taken(request, entry, signed, place):
    """What a sent step leads to: the next one, the one before, or itself with its errors."""
    step = STEPS[place]
    form = _form(step, entry, request.POST, request.FILES)
    leads_to = _leads_to(request.POST.get("go"), place)
    email = str(request.POST.get("email", entry.email)).strip().lower()
    known = (entry.email.lower(), new_email.waiting(entry).lower())
    if email not in known and not has_room("register-mail", email, MAILS_AN_HOUR):
        form.add_error(None, _too_many())
        return _page(request, form, entry, signed, status=TOO_MANY)
    change = registering.take(entry, form) if form.is_valid() else None
    if change and change.entry.email != entry.email:
        signed = _signed(change.entry)
    if change is None:
        keep_typed(entry, step.slug, request.POST, form.fields)
        if form.keep_files(entry):
            form = _form(step, entry, request.POST)
            form.try_out(entry, By.MAIL)
    if leads_to:
        return _to(signed, leads_to)
    if change is None:
        return _page(request, form, entry, signed)
    if place + 1 < len(STEPS):
        return _to(signed, SLUGS[place + 1])
    return _sent(request, change.entry, signed, form)


def _leads_to(go, place):
    """The slug of the step for which somebody leaves this one by another button than that which
    goes on; None by that. What is wrong here is kept, and said when one is back."""
    if go == "back" and place > 0:
        return SLUGS[place - 1]
    if go == HERE:
        return SLUGS[place]
    return go if go in SLUGS else None


def _sent(request, entry, signed, form):
    """Send it, unless something lacks or it may be there already."""
    twins = registering.twins_of(entry)
    if twins and request.POST.get("another") != "yes":
        return _page(request, form, entry, signed, asks_about_twins=True)
    try:
        registering.send(entry, twins)
    except IncompleteError:
        return _page(request, form, entry, signed, shows_lacks=True)
    return HttpResponseRedirect(reverse("register_sent", args=[signed]), status=303)


def _page(request, form, entry=None, signed="", *, number=None, status=200, **flags):
    place = STEPS.index(type(form))
    is_last = place == len(STEPS) - 1
    kind = entry.kind if entry else None
    context = {
        "form": form,
        "entry": entry,
        "number": place + 1,
        "steps": _steps(form, signed),
        "hidden": number or (None if entry else registering.number_of_form()),
        "is_last": is_last,
        "reference": reference_for(kind) if isinstance(form, OfferForm) else None,
        "sections": summary(entry)[:-1] if is_last else (),
        "lacks": lacking(entry) if is_last else (),
        "twins": _twins(entry) if is_last else (),
        "asks_about_twins": False,
        "shows_lacks": False,
        "signed": signed,
        **flags,
    }
    return render(request, "professionals/register.html", context, status=status)


def _steps(form, signed):
    return [
        Step(number, step.slug, str(step.title), bool(signed), isinstance(form, step))
        for number, step in enumerate(STEPS, start=1)
    ]


def _twins(entry):
    """What everybody may know of those that may be the same; of the others only that they are
    there. *known* stands for each in the form that asks for its link."""
    return [
        {"public": public_entry(twin), "known": signing.dumps(twin.pk, salt=KNOWN_SALT)}
        for twin in registering.twins_of(entry)
    ]


def _signed(entry):
    return links.signed_address(entry, Purpose.REGISTRATION)


def _to(signed, slug):
    return HttpResponseRedirect(reverse("register_step", args=[signed, slug]), status=303)


@private_form
def register_sent(request, signed):
    """It was sent: look into your mail. A button sends the mail again."""
    try:
        entry = links.behind_address(signed, Purpose.REGISTRATION)
    except LinkError as error:
        return link_problem(request, error)
    if not registering.is_open(entry):
        return render(request, "professionals/register_over.html", {"entry": entry})
    if not registering.was_sent(entry):
        return _to(signed, ContactForm.slug)
    again = None
    if request.method == "POST":
        may = has_room("register-mail", entry.email.lower(), MAILS_AN_HOUR)
        try:
            again = "sent" if may and registering.send(entry) else "wait"
        except IncompleteError:
            return _to(signed, ContactForm.slug)
    context = {
        "entry": entry,
        "again": again,
        "back_url": reverse("register_step", args=[signed, ContactForm.slug]),
        "reference": reference_for(entry.kind),
    }
    return render(request, "professionals/register_sent.html", context)
