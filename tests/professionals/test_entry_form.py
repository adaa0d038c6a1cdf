"""The entries in the admin: the list with its filters, and the form by which moderators change
one."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from professionals.changes import apply_change
from professionals.models import EntryEvent, Evidence, Professional, PublicPoint
from professionals.models.choices import State
from professionals.states import By
from tests.factories.accounts import UserFactory
from tests.factories.media import IllustrationFactory
from tests.factories.professionals import PARIS_18, ProfessionalFactory

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(Professional.snippet_viewset.get_url_name(name), args=args)


def shown(form):
    """What a browser sends of a form that nobody touched."""
    sent = {}
    forms = [form, *(row for rows in form.private.values() for row in rows)]
    for one in [*forms, *(rows.management_form for rows in form.private.values())]:
        for field in one:
            value = field.value()
            if isinstance(value, (list, tuple)):
                sent[field.html_name] = [getattr(item, "pk", item) for item in value]
            elif value is not None and value is not False and not hasattr(value, "storage"):
                sent[field.html_name] = value
    return sent


def opened(client, entry):
    response = client.get(address("edit", entry.pk))
    assert response.status_code == 200
    return shown(response.context["form"])


def test_a_change_of_moderators_is_online_at_once_and_kept_in_the_history(client, moderator):
    entry = ProfessionalFactory(published=True, name="Les Lucioles", languages=["fr"])
    sent = opened(client, entry) | {
        "name": "Les Grillons",
        "commune": "75018 Paris",
        "postal_code": "75018",
        "languages": ["fr", "ar"],
        "state": State.REFUSED,
        "contacts-0-name": "Odile",
        "evidence-0-text": "Convention",
        "evidence-0-file": ContentFile(b"%PDF-1.4", "preuve.pdf"),
        "notes-0-text": "Vue au téléphone.",
    }
    response = client.post(address("edit", entry.pk), sent)
    assert response.status_code == 302, response.context["form"].errors
    entry = Professional.objects.get()
    assert (entry.name, entry.commune_id, entry.languages) == (
        "Les Grillons",
        PARIS_18,
        ["fr", "ar"],
    )
    assert entry.state == State.PUBLISHED  # no field of a form
    assert PublicPoint.objects.get().latitude == pytest.approx(entry.commune.latitude, abs=0.01)
    event = entry.events.get()
    assert (event.what, event.user) == (EntryEvent.What.CHANGED, moderator)
    assert event.details["fields"] == ["commune", "languages", "name", "postal_code"]
    assert entry.notes.get().author == moderator
    assert entry.contacts.get().name == "Odile"
    kind = ContentType.objects.get_for_model(Professional)
    assert ModelLogEntry.objects.get(content_type=kind, object_id=entry.pk).revision
    for name in ("history", "list"):
        assert (
            client.get(address(name, *([entry.pk] if name == "history" else []))).status_code == 200
        )
    # Sent once more as it is, nothing changes.
    client.post(address("edit", entry.pk), opened(client, entry))
    assert entry.events.count() == 1


def test_what_cannot_be_true_is_said_at_its_field_and_nothing_is_lost(client, moderator):
    entry = ProfessionalFactory(published=True)
    wrong = {"name": "Les Grillons", "siret": "12345678901234", "commune": "Nulle Part"}
    response = client.post(address("edit", entry.pk), opened(client, entry) | wrong)
    form = response.context["form"]
    assert {"siret", "commune"} <= form.errors.keys()
    assert form["name"].value() == "Les Grillons"
    assert Professional.objects.get().name != "Les Grillons"


def test_a_form_that_was_opened_before_undoes_nothing(client, moderator):
    entry = ProfessionalFactory(published=True, ages="0–3 ans")
    sent = opened(client, entry)
    apply_change(entry, {"ages": "0–6 ans"}, By.MAIL)
    response = client.post(address("edit", entry.pk), sent | {"name": "Les Grillons"})
    assert response.context["form"].non_field_errors()
    assert Professional.objects.get().ages == "0–6 ans"


def test_the_list_is_narrowed(client, moderator):
    here = ProfessionalFactory(published=True, name="Ici", is_verified=False)
    ProfessionalFactory(published=True, name="Ailleurs", commune_code=PARIS_18)
    person = ProfessionalFactory(state=State.REFUSED, name="Elle", kind_slug="pmi")

    def found(**asked):
        return list(client.get(address("list"), asked).context["object_list"])

    assert found(departement="69", state="published") == [here]
    assert found(is_verified="false", departement="69", state="published") == [here]
    assert found(kind=person.kind_id) == [person]
    assert found(q="Elle") == [person]


def test_nothing_of_wagtail_deletes_or_unpublishes_an_entry(client):
    entry = ProfessionalFactory(published=True)
    Evidence.objects.create(professional=entry, text="Convention")
    client.force_login(UserFactory(is_superuser=True))
    bulk = reverse("wagtail_bulk_action", args=["professionals", "professional", "delete"])
    client.post(address("delete", entry.pk))
    client.post(address("unpublish", entry.pk))
    client.post(f"{bulk}?id={entry.pk}")
    client.post(address("edit", entry.pk), opened(client, entry) | {"action-publish": "1"})
    assert client.get(address("add")).status_code == 302
    entry = Professional.objects.get()
    assert (entry.live, entry.state, entry.revisions.count()) == (True, State.PUBLISHED, 0)


def test_nothing_is_written_on_an_entry_whose_data_was_deleted(client, moderator):
    entry = ProfessionalFactory(state=State.REFUSED, purged_at=timezone.now(), name="")
    response = client.post(address("edit", entry.pk), opened(client, entry) | {"name": "Elle"})
    assert response.context["form"].non_field_errors()
    assert Professional.objects.get().name == ""


def test_a_picture_that_she_may_not_choose_is_none_of_an_entry(client, moderator):
    entry = ProfessionalFactory(published=True)
    hidden = IllustrationFactory()
    sent = opened(client, entry) | {"picture": hidden.pk, "picture_text": "La salle de jeux"}
    response = client.post(address("edit", entry.pk), sent)
    assert list(response.context["form"].errors) == ["picture"]
    assert Professional.objects.get().picture is None
    # One that stands there may stay.
    Professional.objects.filter(pk=entry.pk).update(picture=hidden, picture_text="La salle")
    assert client.post(address("edit", entry.pk), opened(client, entry)).status_code == 302
    assert Professional.objects.get().picture == hidden
