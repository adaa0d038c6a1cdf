"""The demo's directory: published entries, and some in every state for its moderators."""

import pytest
from django.utils import timezone

from demo.loading.people import load_people
from demo.loading.professionals import load_professionals
from professionals.models import EntryReport, Evidence, MapCell, Professional, PublicPoint
from professionals.models.choices import State

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_entries_of_every_state_once(settings):
    settings.DEMO_PASSWORD = "dodo-panier-lune-42"
    settings.DEMO_PROFESSIONALS = 60
    load_people()
    load_professionals(timezone.now())
    entries = Professional.objects.all()
    assert set(entries.values_list("state", flat=True)) == set(State.values)
    document = Evidence.objects.exclude(file="").get()
    with document.file.open() as file:
        assert file.read(4) == b"%PDF"
    assert document.professional.state == State.IN_REVIEW
    public = Professional.objects.public()
    assert public.count() >= 60
    assert PublicPoint.objects.count() == public.count()
    assert sum(MapCell.objects.filter(zoom=3, by_priorities=False).values_list("count", flat=True))
    people = public.filter(is_natural_person=True)
    assert {one.shows_details for one in people} == {True, False}
    for entry in public.with_details():
        entry.clean()
        assert entry.priorities.all()
    assert Professional.objects.filter(change_asked_at__isnull=False).exists()
    assert Professional.objects.of_source("annuaire-demo").get().is_verified is False
    assert EntryReport.objects.count() == 3
    assert entries.get(moderators_asked_at__isnull=False).email == ""
    before = entries.count()
    load_professionals(timezone.now())  # what is there stays
    assert entries.count() == before
