"""Once a year each professional says that the entry is still right, or it comes off."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from professionals import links
from professionals.links import Purpose
from professionals.models import Professional, PublicPoint
from professionals.models.choices import State
from tests.factories.professionals import ProfessionalFactory

pytestmark = pytest.mark.django_db
ASK = "/fr/professionnels/modifier/"


@pytest.fixture
def ask_after(time_machine, django_capture_on_commit_callbacks):
    """ask_after(days): the clock stands so many days after the beginning; the yearly command
    runs, mails and all."""
    begun = timezone.now()

    def run(days):
        time_machine.move_to(begun + timedelta(days=days))
        with django_capture_on_commit_callbacks(execute=True):
            call_command("ask_to_confirm_entries", verbosity=0)

    return run


def of(entry):
    return Professional.objects.get(pk=entry.pk)


def test_long_after_the_link_of_the_mail_it_still_comes_back_with_one_press(
    visitor, ask_after, time_machine
):
    entry = ProfessionalFactory(published=True, confirm_by=timezone.localdate())
    ask_after(1)
    ask_after(31)
    old = visitor.mailed()
    time_machine.move_to(timezone.now() + timedelta(days=61))
    assert visitor.get(old).status_code == 410
    token = old.rstrip("/").rpartition("/")[2]
    visitor.send(ASK, {"token": token, "purpose": "confirm"})
    # The new mail has the press, and the way to change something, with the same press.
    assert 'data-purpose="confirm"' in visitor.get(visitor.mailed()).content.decode()
    edit = visitor.mails[-1].body.split("http://localhost:8000")[2].split()[0]
    here = visitor.send(edit).url
    assert 'name="confirm"' in visitor.get(here).content.decode()
    assert of(entry).state == State.EXPIRED
    visitor.send(here, {"confirm": "1"})
    assert of(entry).is_public
    assert 'name="confirm"' not in visitor.get(here).content.decode()
    assert 'data-again="yes"' not in visitor.send(visitor.mailed()).content.decode()
    assert list(of(entry).events.values_list("what", flat=True)).count("came_back") == 1


def test_what_nobody_can_be_asked_about_by_mail_waits_for_moderators(
    visitor, client, moderator, ask_after
):
    entry = ProfessionalFactory(
        published=True, email="", source="x", confirm_by=timezone.localdate() + timedelta(days=3)
    )
    other = ProfessionalFactory(
        published=True, email="", source="y", confirm_by=timezone.localdate() + timedelta(days=3)
    )
    for days in (0, 0, 4, 5):
        ask_after(days)
    assert not visitor.mails
    whats = list(of(entry).events.values_list("what", flat=True))
    assert whats == ["moderators_asked", "overdue"]
    queue = visitor.get("/admin/annuaire/", {"quoi": "a-confirmer"})
    assert [one for one, _words in queue.context["rows"]] == [entry, other]
    address = reverse("directory_decide", args=[entry.pk, "confirm"])
    for _twice in range(2):
        visitor.send(address)
    assert not of(entry).is_overdue
    assert list(Professional.objects.queue()) == [other]
    ask_after(35)
    assert (of(entry).state, of(other).state) == (State.PUBLISHED, State.EXPIRED)
    client.force_login(moderator)
    visitor.send(reverse("directory_decide", args=[other.pk, "publish_again"]), {"send": ""})
    assert of(other).is_public
    assert not Professional.objects.awaiting_moderators().exists()


def test_once_a_year_an_entry_is_confirmed_or_comes_off_and_comes_back(
    visitor, time_machine, django_capture_on_commit_callbacks
):
    due = timezone.localdate() + timedelta(days=46)
    entry = ProfessionalFactory(published=True, confirm_by=due)
    begun, sent = timezone.now(), []
    for left in (46, 45, 44, 15, 3, 2, 0, -1, -30, -31):
        time_machine.move_to(begun + timedelta(days=46 - left))
        for _again in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                call_command("ask_to_confirm_entries", verbosity=0)
        if len(visitor.mails) > len(sent):
            sent.append(left)
        assert len(visitor.mails) == len(sent)
    assert sent == [45, 15, 3, -1, -31]
    entry.refresh_from_db()
    assert (entry.state, PublicPoint.objects.exists()) == (State.EXPIRED, False)
    link = visitor.mailed()
    assert "<button" in visitor.get(link).content.decode()
    assert 'data-state="published"' in visitor.send(link).content.decode()
    entry.refresh_from_db()
    assert entry.state == State.PUBLISHED
    assert not entry.is_overdue
    assert 'data-again="yes"' in visitor.send(link).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("ask_to_confirm_entries", verbosity=0)
    assert len(visitor.mails) == 5


def test_of_a_person_who_is_not_listed_it_is_not_said_that_parents_see_her(visitor):
    entry = ProfessionalFactory(published=True, is_natural_person=True)
    link = links.create(entry, Purpose.CONFIRM)
    page = visitor.send(reverse("professional_confirm", args=[link]))
    assert "data-unlisted" in page.content.decode()
