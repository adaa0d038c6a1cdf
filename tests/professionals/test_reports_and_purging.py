"""Three reports put an entry in the queue; what is over loses its personal data."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from media.models import Illustration
from professionals import links, pictures, states
from professionals.changes import apply_change
from professionals.models import Contact, Draft, EntryEvent, Evidence, Professional
from professionals.models.choices import State
from professionals.reports import close_reports, report, sender_of
from professionals.states import By
from tests.factories.accounts import UserFactory
from tests.factories.media import picture_upload
from tests.factories.professionals import ProfessionalFactory

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
    time_machine, django_capture_on_commit_callbacks
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
