"""The demo's partners: three invented institutions, the last on a page of this very machine."""

from urllib.parse import urlsplit

from django.conf import settings

from demo.clock import at
from partners.models import Partner
from partners.origins import parse

from .content import read
from .people import account


def load_partners(now):
    """Make the partners that lack; whoever is there stays as people left it, but for the port
    of the local page, which follows that of the demo."""
    known = {partner.name: partner for partner in Partner.objects.all()}
    for row in read("partners")["partners"]:
        partner = known.get(row["name"])
        if partner is None:
            fields = {name: row[name] for name in row if name != "origins"}
            with at(now):
                partner = Partner.objects.create(**fields)
                origins = [parse(typed) for typed in row["origins"]]
                partner.set_origins(origins, account("partenaires"))
        if not row["origins"]:
            _let_local_page(partner)


def local_page():
    """The address of the page that stands for a partner's site, one port after the demo's."""
    port = urlsplit(settings.WAGTAILADMIN_BASE_URL).port or 80
    return f"http://localhost:{port + 1}"


def _let_local_page(partner):
    origins = partner.allowed_origins
    others = [origin for origin in origins if origin.host != "localhost"]
    partner.set_origins([*others, parse(local_page())])
