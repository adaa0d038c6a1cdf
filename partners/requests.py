"""A request of an institution from its form to a partner, or to a refusal with its reason. Each
step is taken once, whatever is sent twice."""

import hashlib
import secrets
from datetime import timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.log_actions import log

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


def number_of_form():
    """What stands hidden in an empty form, so that it makes one request however often it is
    sent."""
    return signing.dumps(secrets.token_urlsafe(16), salt=SALT)


def begin(number, language, **fields):
    """The PartnerRequest that a form with this number makes, or has made before: then nothing
    is changed and no mail is sent. *fields*: those of the model, and *origins*, a list of
    Origins. Returns (request, whether it is new). Raises NumberError."""
    try:
        secret = signing.loads(number, salt=SALT, max_age=FORM_LIFETIME)
    except signing.BadSignature as error:
        raise NumberError from error
    key = hashlib.sha256(str(secret).encode()).hexdigest()
    known = PartnerRequest.objects.filter(number=key).first()
    if known:
        return known, False
    origins = "\n".join(origin.source for origin in fields.pop("origins"))
    try:
        with transaction.atomic():
            request = PartnerRequest.objects.create(
                number=key, language=language, origins=origins, **fields
            )
    except IntegrityError:  # the same form, at the same moment
        return PartnerRequest.objects.get(number=key), False
    mail_about(request, "confirm")
    return request, True


@transaction.atomic
def confirm(token):
    """Confirm the request of a mailed link, which then waits for a decision. Raises a
    LinkError."""
    request = to_requests.use(token).request
    waits = PartnerRequest.objects.filter(pk=request.pk, state=State.UNCONFIRMED)
    if waits.update(state=State.WAITING, confirmed_at=timezone.now()):
        request.refresh_from_db()
        tell_managers("new_request", "partner_request_admin", request.pk, asked=request)
    return request


def accept(request, user, name=None):
    """Make a Partner of a request, under *name* if that is another. Returns the Partner, or
    None where the request was decided on before. Raises a ValidationError where it cannot be."""
    with transaction.atomic():
        request = PartnerRequest.objects.select_for_update().get(pk=request.pk)
        if request.state != State.WAITING:
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
    """The Origins that a request asks for."""
    return [parse(line) for line in request.origins.splitlines()]


def purge(delete):
    """Delete the requests that were never confirmed, or were decided on long ago, and links that
    are past; where *delete* is false only count. {what, in English: how many}."""
    old = timezone.now() - LINKS_KEPT
    requests = PartnerRequest.objects.to_purge()
    past = PartnerLink.objects.filter(expires_at__lt=old)
    counts = {
        gettext_noop("requests of institutions"): requests.count(),
        gettext_noop("links to partners"): past.count(),
    }
    if delete:
        past.delete()
        requests.delete()
    return counts
