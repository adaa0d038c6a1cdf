"""The demo's partners: one of them on a page of this very machine."""

import pytest
from django.utils import timezone

from demo.loading.partners import load_partners
from demo.loading.people import load_people
from partners.models import Partner
from partners.origins import parse

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_three_partners_stay_as_people_left_them_and_one_follows_the_port(settings):
    settings.DEMO_PASSWORD = "dodo-panier-lune-42"
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    load_people()
    load_partners(timezone.now())
    partners = {partner.kind: partner for partner in Partner.objects.all()}
    assert len(partners) == 3
    for partner in partners.values():
        partner.full_clean()
        for origin in partner.origins.all():
            origin.full_clean()
    town = partners["commune"]
    assert [origin.source for origin in town.allowed_origins] == ["http://localhost:8001"]

    keys = set(Partner.objects.values_list("key", flat=True))
    town.set_origins([*town.allowed_origins, parse("https://mairie.example")])
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8400"
    load_partners(timezone.now())
    assert set(Partner.objects.values_list("key", flat=True)) == keys
    town = Partner.objects.get(pk=town.pk)
    expected = ["http://localhost:8401", "https://mairie.example"]
    assert [origin.source for origin in town.allowed_origins] == expected
