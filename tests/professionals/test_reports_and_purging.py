"""Three reports put an entry in the queue; what is over loses its personal data."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Revision

from media.models import Illustration
from professionals import links, pictures, states
from professionals.changes import apply_change, refuse_change
from professionals.models import (
    Contact,
    Draft,
    EntryEvent,
    Evidence,
    Professional,
    PurgedSource,
    SourceRecord,
)
from professionals.models.choices import State
from professionals.purging import Purged, purge, to_purge
from professionals.reports import close_reports, report, sender_of
from professionals.states import By
from professionals.versions import version_before
from tests.factories.accounts import UserFactory
from tests.factories.media import picture_upload
from tests.factories.professionals import ProfessionalFactory
from tests.professionals.test_import import csv_of, imported

pytestmark = pytest.mark.django_db


def test_three_senders_put_it_in_the_queue_one_sender_does_not():
    entry = ProfessionalFactory(published=True)
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        report(entry, "gone", sender_of(address))
    assert not Professional.objects.queue().exists()
    assert report(entry, "gone", sender_of("192.0.2.3")).changed
    assert list(Professional.objects.queue()) == [entry]
    assert close_reports(entry, UserFactory()).changed
    assert not Professional.objects.queue().exists()


def test_what_was_withdrawn_a_year_ago_is_counted_then_deleted(
    visitor, time_machine, django_capture_on_commit_callbacks
):
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    time_machine.move_to(start)
    entry = ProfessionalFactory(published=True, name="Odile Marchand", telephone="+33472123456")
    entry.picture = pictures.keep(picture_upload(), entry)
    entry.picture_text = "Odile"
    entry.save()
    stays = ProfessionalFactory(published=True)
    Contact.objects.create(professional=entry, name="Odile Marchand")
    evidence = Evidence.objects.create(professional=entry, text="Agrément d'Odile Marchand")
    evidence.file.save("odile.pdf", ContentFile(b"%PDF-1.4"))
    apply_change(entry, {"name": "Odile Martin"}, By.MAIL)
    Draft.objects.create(professional=entry, typed={"offre": {"description": ["Odile aime"]}})
    links.create(entry, links.Purpose.EDIT)
    signed = links.signed_address(entry, links.Purpose.EDIT)
    states.withdraw(entry, By.MAIL, "Odile part en retraite.")
    time_machine.move_to(start + timedelta(days=366))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("purge_personal_data", stdout=StringIO())
    assert Professional.objects.get(pk=entry.pk).name == "Odile Marchand"
    out = StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("purge_personal_data", "--delete", stdout=out)
    assert [line.split()[-1] for line in out.getvalue().splitlines()[1:9]] == list("11101101")
    kept = Professional.objects.get(pk=entry.pk)
    said = str(Professional.objects.filter(pk=entry.pk).values().get())
    said += str(list(EntryEvent.objects.filter(professional=entry).values()))
    assert "odile" not in said.lower()
    assert (kept.state, kept.telephone) == (State.WITHDRAWN, "")
    assert not Draft.objects.exists()
    assert not default_storage.exists(evidence.file.name)
    assert not Illustration.objects.exists()
    assert not Professional.objects.with_data_to_purge().exists()
    assert Professional.objects.get(pk=stays.pk).name == stays.name
    with pytest.raises(states.WrongStateError):
        states.submit(entry)
    # A form that was open since then keeps nothing of her.
    response = visitor.send(reverse("change_section", args=[signed, "qui"]), {"name": "Odile"})
    assert response.status_code == 410
    assert not Draft.objects.exists()


def test_what_a_source_said_goes_too_and_no_import_brings_it_back(time_machine):
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    time_machine.move_to(start)
    row = "caf,17,Maison d'Odile,laep,69387,,,,,"
    imported(csv_of(row))
    own = ProfessionalFactory(published=True, name="Chez Odile")
    exported = f"mes-infos-bebe,{own.slug},Chez Odile,laep,69387,,,,,"
    for entry in Professional.objects.all():
        states.withdraw(entry, By.MAIL)
    time_machine.move_to(start + timedelta(days=366))
    purge()
    assert not SourceRecord.objects.exists()
    dry, reports = imported(csv_of(row, exported), write=False)
    assert imported(csv_of(row, exported))[0] == dry == {"left": 2}
    assert all(report.reasons for report in reports)
    assert not Professional.objects.public().exists()
    said = str([*PurgedSource.objects.values(), *Professional.objects.values()])
    assert "Odile" not in said
    assert own.slug not in said


def test_a_change_that_was_refused_a_year_ago_is_kept_nowhere(time_machine):
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    time_machine.move_to(start)
    entry, moderator = ProfessionalFactory(published=True), UserFactory()
    apply_change(entry, {"name": "Chez Odile"}, By.MAIL)
    refuse_change(entry, moderator, "Odile ne travaille pas là.")
    time_machine.move_to(start + timedelta(days=300))
    apply_change(entry, {"ages": "0-3 ans", "name": "Les Lucioles"}, By.MAIL)
    assert (to_purge().versions, to_purge().reasons) == (0, 0)
    time_machine.move_to(start + timedelta(days=366))
    assert (to_purge().entries, to_purge().versions, to_purge().reasons) == (0, 1, 1)
    assert purge() == Purged(versions=1, reasons=1)
    assert to_purge() == Purged()
    kept = [*Revision.objects.values_list("content", flat=True), *EntryEvent.objects.values()]
    assert "Odile" not in str(kept)
    # What moderators still compare with, and what waits, stays.
    entry.refresh_from_db()
    assert entry.waiting_change().name == "Les Lucioles"
    assert version_before(entry).ages == ""
