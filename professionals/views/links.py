"""What a mailed link opens: a page with a button on GET, which acts on POST."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from professionals import links, new_email, registering
from professionals.badges.signing import badge_of
from professionals.changes import confirm_email
from professionals.links import LinkError, Purpose, UsedLink
from professionals.models.choices import State
from professionals.references import reference_for
from professionals.states import StepError
from professionals.summary import lacking

from .pages import link_problem, private_form
from .registering import SLUGS

DONE = (State.IN_REVIEW, State.ACCEPTED, State.PUBLISHED)


@private_form
def register_go_on(request, token):
    """Go on with a registration, where something still lacks."""

    def act():
        entry = registering.go_on(token)
        signed = links.signed_address(entry, Purpose.REGISTRATION)
        slug = next((slug for slug, _sentence in lacking(entry)), SLUGS[-1])
        return HttpResponseRedirect(reverse("register_step", args=[signed, slug]), status=303)

    return _answer(request, token, Purpose.REGISTRATION, act)


@private_form
def professional_confirm(request, token):
    """Confirm an address, and with it a registration; or an entry, for another year."""

    def act():
        return _confirmed(request, registering.confirm(token))

    def used(error):
        entry = links.owner(token, Purpose.CONFIRM)
        if isinstance(error, UsedLink) and entry is not None and entry.state in DONE:
            return _confirmed(request, entry, again=True)
        return None

    return _answer(request, token, Purpose.CONFIRM, act, used)


def _confirmed(request, entry, again=False):
    signed = links.signed_address(entry, Purpose.REGISTRATION)
    context = {
        "entry": entry,
        "again": again,
        "lacks": lacking(entry) if entry.state == State.CONFIRMED else (),
        "signed": signed,
        "reference": reference_for(entry.kind),
        "badge": badge_of(entry),
    }
    return render(request, "professionals/confirmed.html", context)


@private_form
def change_link(request, token):
    """Change an entry, for half an hour."""

    def act():
        signed = links.signed_address(links.use(token, Purpose.EDIT), Purpose.EDIT)
        return HttpResponseRedirect(reverse("change", args=[signed]), status=303)

    return _answer(request, token, Purpose.EDIT, act)


@private_form
def email_link(request, token):
    """Confirm a new e-mail address; then the entry, for half an hour."""

    def act():
        entry = confirm_email(token)
        signed = links.signed_address(entry, Purpose.EDIT)
        address = reverse("change", args=[signed])
        return HttpResponseRedirect(f"{address}?fait=email", status=303)

    return _answer(request, token, Purpose.EMAIL, act)


def _answer(request, token, purpose, act, otherwise=lambda error: None):
    """A page with the button; once it is pressed, what *act*() answers. *otherwise*(error) may
    answer for a link that does not work."""
    try:
        if request.method == "POST":
            return act()
        entry = links.look(token, purpose)
    except (LinkError, StepError) as error:
        return otherwise(error) or link_problem(request, error, token, purpose)
    context = {
        "entry": entry,
        "purpose": str(purpose),
        "is_new": registering.is_open(entry),
        "new_email": new_email.waiting(entry),
    }
    return render(request, "professionals/mailed_link.html", context)
