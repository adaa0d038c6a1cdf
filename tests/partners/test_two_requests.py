"""Two managers accept two requests for one name at the very same moment."""

import pytest
from django.core.exceptions import ValidationError

from partners import requests
from partners.models import Partner, PartnerRequest
from tests.factories.workgroups import person
from tests.workgroups.conftest import lifted_triggers  # noqa: F401
from tests.workgroups.test_two_at_the_same_moment import together

pytestmark = pytest.mark.postgresql  # SQLite has one writer at a time anyway


@pytest.fixture
def db(lifted_triggers):  # noqa: F811
    """What this test does is committed: each thread has a connection of its own."""


def waiting(number):
    return PartnerRequest.objects.create(
        number=number,
        name="Ville de Brume",
        kind="commune",
        contact_name="Zoé",
        contact_email="zoe@brume.example",
        origins=f"https://{number}.example",
        purpose="Nos pages",
        state="waiting",
        language="fr",
    )


def test_one_becomes_a_partner_and_the_other_is_told_that_the_name_is_taken(db):
    manager = person("partner_manager")
    asked = [waiting("un"), waiting("deux")]
    results = together(*[lambda one=one: requests.accept(one, manager) for one in asked])
    assert {type(result) for result in results} == {Partner, ValidationError}
    assert sorted(one.state for one in PartnerRequest.objects.all()) == ["accepted", "waiting"]
