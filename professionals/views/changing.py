"""Changing an entry: asking for a link, and what it opens for half an hour."""

import re

from django import forms
from django.core import signing
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.limits import has_room, visitors_address
from professionals import links, new_email, registering, states
from professionals.badges.signing import badge_of
from professionals.changes import waiting_fields
from professionals.drafts import keep_typed, typed
from professionals.forms import (
    ConsentForm,
    ContactForm,
    OfferForm,
    PlaceForm,
    ReasonsForm,
    WhoForm,
)
from professionals.links import LinkError, OldLink, Purpose
from professionals.mails import mail, mail_links
from professionals.missing import missing
from professionals.models import Professional
from professionals.models.choices import State
from professionals.reviewed import CHANGEABLE
from professionals.states import By, StepError
from professionals.summary import labels_of, lacking, summary

from .pages import TOO_MANY, link_problem, private_form
from .registering import HERE, KNOWN_SALT

SECTIONS = {
    form.slug: form
    for form in (WhoForm, PlaceForm, OfferForm, ReasonsForm, ConsentForm, ContactForm)
}
# Those who may send it for review once more.
AGAIN = (State.CONFIRMED, State.REFUSED, State.WITHDRAWN)
ASKED_AN_HOUR = 20  # from one place
MAILS_AN_HOUR = 3  # to one entry or address


class AskForm(forms.Form):
    """Which entry: by its e-mail address, or by the address of its page."""

    use_required_attribute = False
    who = forms.CharField(
        label=gettext_lazy("Your e-mail address, or the address of your page here"),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Write your e-mail address, or the address of your page.")
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "spellcheck": "false", "dir": "auto"}
        ),
    )

    def clean_who(self):
        """An e-mail address in small letters, or the slug of an entry."""
        text = self.cleaned_data["who"].strip()
        if re.fullmatch(r"[^@\s/]+@[^@\s/]+\.[^@\s/]+", text):
            return text.lower()
        slug = text.split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2]
        if re.fullmatch(r"[a-z0-9-]{1,80}", slug):
            return slug
        raise forms.ValidationError(_("Write your e-mail address, or the address of your page."))


@private_form
def change_request(request):
    """Ask for a link. The answer says the same whether we know the address or not."""
    if request.method != "POST":
        form = AskForm(initial={"who": request.GET.get("fiche", "")[:300].replace("\0", "")})
        return _ask(request, form)
    meant = _meant(request.POST)
    form = AskForm({"who": meant} if meant is not None else request.POST, label_suffix="")
    if not form.is_valid():
        return _ask(request, form)
    if not has_room("change-request", visitors_address(request), ASKED_AN_HOUR):
        form.add_error(None, _("So many links were asked for from here that we wait for an hour."))
        return _ask(request, form, status=TOO_MANY)
    who = form.cleaned_data["who"]
    # Known or not, the answer is the same: the limit is that of what was typed.
    answer = "demande" if _mails_links(who) else "attendre"
    return HttpResponseRedirect(f"{reverse('change_request')}?{answer}", status=303)


def _mails_links(who):
    """Mail the links of an e-mail address or slug, unless that was done often in this hour:
    whether it was."""
    goes = has_room("change-mail", who, MAILS_AN_HOUR)
    if goes:
        mail_links(who, get_language())
    return goes


def _meant(data):
    """The slug of the entry that a button of ours stands for, by an old link or as a double of
    a registration; "" where it stands for none, None where no button was pressed."""
    if token := data.get("token"):
        purpose = data.get("purpose")
        known = purpose in Purpose.values and links.owner(token, purpose)
        return known.slug if known else ""
    if known := data.get("known"):
        try:
            pk = signing.loads(known, salt=KNOWN_SALT)
        except signing.BadSignature:
            return ""
        return Professional.objects.filter(pk=pk).values_list("slug", flat=True).first() or ""
    return None


def _ask(request, form, status=200):
    waits = "attendre" in request.GET and not form.is_bound
    asked = ("demande" in request.GET and not form.is_bound) or waits
    context = {"form": form, "asked": asked, "waits": waits}
    return render(request, "professionals/change_request.html", context, status=status)


def _behind(signed):
    entry = links.behind_address(signed, Purpose.EDIT)
    if entry.purged_at:
        raise OldLink
    return entry


@private_form
def change(request, signed):
    """All that an entry says, with a way to change each part. POST: send it for review again."""
    try:
        entry = _behind(signed)
        if request.method == "POST":
            return _sent_again(request, entry, signed)
    except (LinkError, StepError) as error:
        return link_problem(request, error)
    return _overview(request, entry, signed)


def _sent_again(request, entry, signed):
    if "confirm" in request.POST:
        states.confirm_yearly(entry)
        return _back_to(signed)
    if "keep_email" in request.POST:
        new_email.forget(entry)
        return _back_to(signed)
    if "mail_again" in request.POST:
        goes = has_room("change-mail", new_email.waiting(entry), MAILS_AN_HOUR)
        if goes:
            new_email.send_again(entry)
        return _back_to(signed, "?parti" if goes else "?attendre")
    if missing(entry):
        return _overview(request, entry, signed, shows_lacks=True)
    if entry.state in AGAIN:
        outcome = states.submit(entry)
        if outcome.changed:
            mail(outcome.entry, "received")
    return _back_to(signed)


def _back_to(signed, answer=""):
    return HttpResponseRedirect(reverse("change", args=[signed]) + answer, status=303)


def _overview(request, entry, signed, shows_lacks=False):
    version = entry.waiting_change() or entry

    def told(name):
        return labels_of(n for n in request.GET.get(name, "").split(",") if n in CHANGEABLE)

    sections = summary(version)
    context = {
        "entry": entry,
        "signed": signed,
        "sections": sections,
        "at_once": told("fait"),
        "for_review": told("attend"),
        "nothing": request.GET.get("fait") == request.GET.get("attend") == "",
        "waits": labels_of(waiting_fields(entry)) if entry.change_asked_at else (),
        # A person may say yes while a change to a place waits.
        "asks_consents": version.is_natural_person or entry.is_natural_person,
        "is_checked": entry.state in states.CHECKED_STATES,
        "may_send_again": entry.state in AGAIN,
        "lacks": lacking(entry, registers=False) if shows_lacks else (),
        "new_email": new_email.waiting(entry),
        "mailed": next((word for word in ("parti", "attendre") if word in request.GET), ""),
        "badge": badge_of(entry),
    }
    return render(request, "professionals/change.html", context)


@private_form
def change_section(request, signed, slug):
    """Change one part of an entry."""
    if slug not in SECTIONS:
        raise Http404
    try:
        entry = _behind(signed)
    except OldLink as error:
        return _too_late(request, signed, slug) or link_problem(request, error)
    except LinkError as error:
        return link_problem(request, error)
    version = entry.waiting_change() or entry
    step = SECTIONS[slug]
    if request.POST.get("go") == HERE:
        # In another language; nothing is changed yet.
        keep_typed(entry, slug, request.POST, step(version=version).fields)
        return HttpResponseRedirect(request.path, status=303)
    if request.method != "POST":
        form = step(typed(entry, slug), version=version)
        form.try_out(entry, By.MAIL)
        return _section(request, form, entry, signed)
    form = step(request.POST, request.FILES, version=version)
    if not _may_mail(entry, form):
        form.add_error(None, _("So many mails went to this address that we wait for an hour."))
        return _section(request, form, entry, signed, status=TOO_MANY)
    try:
        done = registering.take(entry, form, By.MAIL) if form.is_valid() else None
    except StepError as error:
        return link_problem(request, error)
    if done is None:
        keep_typed(entry, slug, request.POST, form.fields)
        if form.keep_files(entry):
            form = step(request.POST, version=version)
            form.try_out(entry, By.MAIL)
        return _section(request, form, entry, signed)
    if done.entry.email != entry.email:
        signed = links.signed_address(done.entry, Purpose.EDIT)
    told = {"fait": ",".join(done.at_once), "attend": ",".join(done.for_review)}
    return HttpResponseRedirect(f"{reverse('change', args=[signed])}?{urlencode(told)}", status=303)


def _may_mail(entry, form):
    """Whether a mail may go to the new address that a section has, if it has one."""
    email = form.is_valid() and form.cleaned_data.get("email")
    if not email or email in (entry.email, new_email.waiting(entry)):
        return True
    return has_room("change-mail", email.lower(), MAILS_AN_HOUR)


def _section(request, form, entry, signed, status=200):
    context = {
        "form": form,
        "entry": entry,
        "back_url": reverse("change", args=[signed]),
        "is_checked": entry.state in states.CHECKED_STATES,
        "is_online": entry.state in (State.PUBLISHED, State.EXPIRED),
    }
    return render(request, "professionals/change_section.html", context, status=status)


def _too_late(request, signed, slug):
    """The half hour is over: what was typed and chosen is kept, and a new link is on its way."""
    if request.method != "POST":
        return None
    try:
        entry = links.behind_address(signed, Purpose.EDIT, even_old=True)
    except LinkError:
        return None  # it belongs to another address now
    if entry.purged_at:
        return None
    form = SECTIONS[slug](request.POST, request.FILES, version=entry.waiting_change() or entry)
    form.is_valid()
    keep_typed(entry, slug, request.POST, form.fields)
    form.keep_files(entry)
    context = {"entry": entry, "mail_goes": _mails_links(entry.slug)}
    return render(request, "professionals/change_too_late.html", context, status=410)


@private_form
def withdraw(request, signed):
    """Take an entry off: GET asks once more, POST does it."""
    try:
        entry = _behind(signed)
        if request.method == "POST":
            outcome = states.withdraw(entry, By.MAIL)
            if outcome.changed:
                mail(outcome.entry, "withdrawn")
            entry = outcome.entry
    except LinkError as error:
        return link_problem(request, error)
    context = {
        "entry": entry,
        "is_done": entry.state == State.WITHDRAWN,
        "back_url": reverse("change", args=[signed]),
    }
    return render(request, "professionals/withdraw.html", context)
