"""A request of an institution from its form to a partner, or to a refusal with its reason. Each
step is taken once, whatever is sent twice."""

import hashlib
import secrets
from contextlib import suppress
from datetime import timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.log_actions import log

from accounts.mailed_links import OldLink
from partners.links import to_requests
from partners.mails import mail_about, tell_managers
from partners.models import Partner, PartnerLink, PartnerRequest
from partners.origins import parse

State = PartnerRequest.State
SALT = "partners.requests"
# How long an empty form may stay open.
FORM_LIFETIME = timedelta(days=2)
# Links that nobody can use any more are kept so long, to say that they are too old.
LINKS_KEPT = timedelta(days=30)


class NumberError(Exception):
    """The form has no number of ours, or an old one."""


class ConfirmedError(Exception):
    """The request of this form was confirmed by now: it is not changed any more."""


def number_of_form():
    """What stands hidden in an empty form, so that it makes one request however often it is
    sent."""
    return signing.dumps(secrets.token_urlsafe(16), salt=SALT)


def begin(number, language, **fields):
    """The PartnerRequest that a form with this number makes, or has made before. Sent again as
    it was, it changes nothing and mails nothing; sent with something corrected, it is corrected,
    and the link is mailed anew, the former one being void. *fields*: those of the model, and
    *origins*, a list of Origins. Returns (request, whether a mail was sent). Raises NumberError;
    ConfirmedError where somebody corrects what is confirmed."""
    try:
        secret = signing.loads(number, salt=SALT, max_age=FORM_LIFETIME)
    except signing.BadSignature as error:
        raise NumberError from error
    key = hashlib.sha256(str(secret).encode()).hexdigest()
    fields["origins"] = "\n".join(origin.source for origin in fields["origins"])
    fields["language"] = language
    request, is_new = PartnerRequest.objects.get_or_create(number=key, defaults=fields)
    is_mailed = is_new or _correct(request.pk, fields)
    if is_mailed:
        mail_about(request, "confirm")
    return request, is_mailed


@transaction.atomic
def _correct(pk, fields):
    """Give a request other fields; whether there were any."""
    links = PartnerLink.objects.filter(request=pk)
    # Before the request, as confirm() does: neither waits for the other for good.
    list(links.select_for_update())
    request = PartnerRequest.objects.select_for_update().get(pk=pk)
    changed = [name for name, value in fields.items() if getattr(request, name) != value]
    if not set(changed) - {"language"}:
        return False
    if request.state != State.UNCONFIRMED:
        raise ConfirmedError
    for name in changed:
        setattr(request, name, fields[name])
    request.created_at = timezone.now()
    request.save()
    # Whoever got the first mail never confirms what is another request by now.
    links.update(expires_at=timezone.now())
    return True


@transaction.atomic
def confirm(token):
    """Confirm the request of a mailed link, which then waits for a decision. Raises a
    LinkError."""
    request = behind(to_requests.use(token))
    waits = PartnerRequest.objects.filter(pk=request.pk, state=State.UNCONFIRMED)
    if waits.update(state=State.WAITING, confirmed_at=timezone.now()):
        request.refresh_from_db()
        tell_managers("new_request", "partner_request_admin", request.pk, asked=request)
    return request


def behind(link):
    """The PartnerRequest of a link. Raises OldLink where it is deleted by now."""
    if link.request is None:
        raise OldLink
    return link.request


def accept(request, user, name=None):
    """Make a Partner of a request, under *name* if that is another. Returns the Partner, or
    None where the request was decided on before. Raises a ValidationError where it cannot be."""
    with transaction.atomic():
        # One after the other: another that waits may be about to take the same name.
        waiting = PartnerRequest.objects.waiting().order_by("pk").select_for_update()
        request = {one.pk: one for one in waiting}.get(request.pk)
        if request is None:
            return None
        partner = Partner(
            name=(name or request.name).strip(),
            kind=request.kind,
            departement=request.departement,
            contact_name=request.contact_name,
            contact_email=request.contact_email,
        )
        partner.full_clean()
        partner.save()
        log(partner, "wagtail.create", user=user)
        partner.set_origins(origins_of(request), user)
        _decide(request, State.ACCEPTED, user, partner=partner)
    return partner


def refuse(request, user, reason):
    """Refuse a request with a reason, which is mailed. Returns whether that was done now."""
    if not reason.strip():
        raise ValidationError(_("Say why: the institution reads it."))
    with transaction.atomic():
        request = PartnerRequest.objects.select_for_update().get(pk=request.pk)
        if request.state != State.WAITING:
            return False
        _decide(request, State.REFUSED, user, reason=reason.strip())
    return True


def _decide(request, state, user, **fields):
    values = {"state": state, "decided_by": user, "decided_at": timezone.now()} | fields
    for name, value in values.items():
        setattr(request, name, value)
    request.save()
    mail_about(request, str(state))


def origins_of(request):
    """The Origins that a request asks for. Raises a ValidationError where one would not be
    taken any more."""
    return [parse(line) for line in request.origins.splitlines()]


def similar_partners(request):
    """The Partners to whom we write at the same address, or who have one of the same sites."""
    hosts = []
    for line in request.origins.splitlines():
        with suppress(ValidationError):
            hosts.append(parse(line).host)
    same_contact = Q(contact_email__iexact=request.contact_email)
    return Partner.objects.filter(same_contact | Q(origins__host__in=hosts)).distinct()


def sites_of(request):
    """[(the address of a site as people read it, why it cannot be taken or "")]."""
    sites = []
    for line in request.origins.splitlines():
        try:
            sites.append((str(parse(line)), ""))
        except ValidationError as error:
            sites.append((line, error.messages[0]))
    return sites


def purge(delete):
    """Delete the requests that were never confirmed, that nobody decided on, or on which
    somebody did long ago, links that are past, and the contacts of partners that were closed
    long ago; where *delete* is false only count. {what, in English: how many}."""
    old = timezone.now() - LINKS_KEPT
    requests = PartnerRequest.objects.to_purge()
    past = PartnerLink.objects.filter(expires_at__lt=old)
    closed = Partner.objects.with_contacts_to_purge()
    counts = {
        gettext_noop("requests of institutions"): requests.count(),
        gettext_noop("links to partners"): past.count(),
        gettext_noop("contacts of closed partners"): closed.count(),
    }
    if delete:
        closed.update(contact_name="", contact_email="")
        past.delete()
        requests.delete()
    return counts
