"""Links in mails to partners and to institutions that ask to be one, without an account (how
they work: accounts/mailed_links.py), and the address of the page that one opens."""

from datetime import timedelta

from django.core import signing

from accounts.mailed_links import OldLink, UnknownLink
from partners.models import Partner, PartnerLink

# To the page of a partner that asks for it; to that of one which was accepted, whenever she
# reads her mail; to confirm a request.
PAGE = timedelta(minutes=30)
FIRST_PAGE = timedelta(days=14)
CONFIRM = timedelta(days=14)
SALT = "partners.links"

# Each kind of link by itself: one is never taken for the other.
to_pages = PartnerLink.objects.filter(partner__isnull=False).select_related("partner")
# That of a request that is deleted by now says that it is too old.
to_requests = PartnerLink.objects.filter(partner__isnull=True).select_related("request")


def page_token(partner, lifetime=PAGE):
    """A new link's token to the page of a stored Partner."""
    return PartnerLink.objects.make(lifetime, partner=partner)


def confirm_token(request):
    """A new link's token that confirms a stored PartnerRequest."""
    return PartnerLink.objects.make(CONFIRM, request=request)


def signed_page(partner):
    """What stands in the address of a partner's page that a used link opened."""
    return signing.dumps([partner.pk, partner.contact_email], salt=SALT)


def partner_behind(text):
    """The Partner of signed_page(), within half an hour. Raises UnknownLink or OldLink; the
    last, too, where another person is its contact by now."""
    try:
        pk, email = signing.loads(text, salt=SALT, max_age=PAGE)
    except signing.SignatureExpired as error:
        raise OldLink from error
    except (signing.BadSignature, ValueError) as error:
        raise UnknownLink from error
    partner = Partner.objects.prefetch_related("origins").filter(pk=pk).first()
    if partner is None:
        raise UnknownLink
    if partner.contact_email != email:
        raise OldLink
    return partner
