import pytest

from partners import counting
from partners.models import Partner
from partners.origins import parse
from tests.pages.conftest import site  # noqa: F401


@pytest.fixture
def caf(db):
    """An active partner that may show topics at https://www.caf.example."""
    return partner_at("https://www.caf.example", name="Caf de l’Exemple")


@pytest.fixture
def at_hand():
    """The views that this process has not written yet: none at first, none in the end."""
    counting.at_hand.take()
    yield counting.at_hand
    counting.at_hand.take()


def partner_at(*origins, **fields):
    """A partner with these origins, as typed."""
    values = {"name": "Mairie", "kind": "commune", "contact_email": "com@mairie.example"}
    partner = Partner.objects.create(**values | fields)
    partner.set_origins([parse(typed) for typed in origins])
    return partner
