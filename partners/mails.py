"""Mails to partners and to institutions that ask to be one. Links are made when a mail is
written: no queue of tasks holds one that opens something."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django_tasks import task

from partners import links
from partners.models import Partner, PartnerRequest
from partners.permissions import CHANGE_PARTNERS
from workgroups import notifications

# More partners than that of one address are asked for one by one.
MOST_PARTNERS = 20


def managers():
    """Those who keep the partners."""
    return get_user_model().objects.active().with_permission(CHANGE_PARTNERS)


def tell_managers(template, place, pk, **context):
    """Send one of templates/partners/mails/ to each of them, in her own language. *place*: the
    URL name of the screen that is about it, *pk*: of what."""
    url = notifications.absolute(reverse(place, args=[pk]))
    notifications.mail(managers(), template, {**context, "url": url}, app="partners")


def mail_pages(email):
    """Mail the links to the pages of the partners of an address, whether there are any or none:
    the request itself never knows."""
    send_pages.enqueue(email=email, language=get_language())


@task(backend="slow")
def send_pages(email, language):
    """Send the mail of mail_pages()."""
    partners = list(Partner.objects.filter(contact_email__iexact=email)[:MOST_PARTNERS])
    if not partners:
        return
    with override(language):
        rows = [(partner, _page_url(partner, links.PAGE)) for partner in partners]
        _send(partners[0].contact_email, "pages", {"rows": rows})


def mail_about(request, template):
    """Send one of templates/partners/mails/ about a stored PartnerRequest to whoever sent it,
    once the present transaction is through."""
    asked = {"pk": request.pk, "template": template}
    transaction.on_commit(lambda: send_about.enqueue(**asked))


@task(backend="slow")
def send_about(pk, template):
    """Send the mail of mail_about(): "confirm", "accepted" or "refused"."""
    url = ""
    with transaction.atomic():
        # Whoever corrects the address now makes void the link to the wrong one, too.
        rows = PartnerRequest.objects.select_related("partner").select_for_update(of=("self",))
        request = rows.filter(pk=pk).first()
        if request is None:
            return
        with override(request.language):
            if template == "confirm":
                url = _absolute("partner_confirm", links.confirm_token(request))
            elif request.partner:
                url = _page_url(request.partner, links.FIRST_PAGE)
    with override(request.language):
        _send(request.contact_email, template, {"asked": request, "url": url})


def _page_url(partner, lifetime):
    return _absolute("partner_link", links.page_token(partner, lifetime))


def _absolute(name, *args):
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=args)


def _send(to, template, context):
    lifetimes = {
        "page_minutes": links.PAGE.seconds // 60,
        "first_page_days": links.FIRST_PAGE.days,
        "confirm_days": links.CONFIRM.days,
        "ask_url": _absolute("partner_page_request"),
    }
    text = render_to_string(f"partners/mails/{template}.txt", lifetimes | context)
    subject, _sep, body = text.strip().partition("\n\n")
    EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[to]).send()
