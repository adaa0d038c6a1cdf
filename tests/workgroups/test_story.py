"""From a blank page to a signed topic, through the admin's own forms."""

import json

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from pages.models import TopicPage
from tests.factories.workgroups import bring_to_sign_off, illustration, signature_for
from workgroups.models import EditorialRecord, SignOff


def editor_data(world, picture=None, **changes):
    """What the editor's form sends for a complete topic."""
    data = {
        "title": "Mon bébé se réveille la nuit",
        "slug": "mon-bebe-se-reveille-la-nuit",
        "workgroup": world.group.pk,
        "key_message": "Se réveiller la nuit est normal.",
        "lead_illustration": picture.pk if picture else "",
        "lead_alt_text": "Un père près d'un berceau" if picture else "",
        "in_brief": streamfield([("point", "Il dort par cycles."), ("point", "Attendez.")]),
        "body": streamfield([("text", rich_text("<p>Il se réveille entre deux cycles.</p>"))]),
        "help_block": streamfield([]),
        "next_topics": streamfield([]),
        "sources": streamfield(
            [
                (
                    "source",
                    {
                        "title": "Le sommeil",
                        "publisher": "Ameli",
                        "url": "https://www.ameli.fr/",
                        "read_on": "2026-10-01",
                    },
                )
            ]
        ),
        "comments": {
            "TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": "",
        },
        "seo_title": "",
        "search_description": "",
    }  # fmt: skip
    stages = changes.pop("stages", [world.stage.pk])
    return {**nested_form_data({**data, **changes}), "stages": stages}


def hand_on(data):
    return {**data, "action-workflow-action": "true", "workflow-action-name": "approve"}


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def latest(page):
    return TopicPage.objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.fixture
def login(client):
    def as_user(user):
        client.force_login(user)
        return client

    return as_user


def test_from_a_blank_page_to_parents(world, login, django_capture_on_commit_callbacks):
    client = login(world.author)
    add = reverse("wagtailadmin_pages:add", args=["pages", "topicpage", world.theme.pk])
    assert client.get(add).status_code == 200
    response = client.post(add, editor_data(world))
    page = TopicPage.objects.get()
    assert response.status_code == 302
    record = EditorialRecord.objects.get(page_id=page.pk)
    assert (record.stage, record.workgroup) == ("draft", world.group)

    client = login(world.second_author)
    client.post(edit_url(page), editor_data(world, key_message="C'est normal jusqu'à un an."))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit_url(page), hand_on(editor_data(world)))
    assert [m.to for m in mail.outbox] == [[world.illustrator.email]]
    assert edit_url(page) in mail.outbox[0].body

    client = login(world.illustrator)
    picture = illustration(world.group)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit_url(page), hand_on(editor_data(world, picture)))
    record.refresh_from_db()
    assert record.stage == "sign_off"
    asked = {m.to[0] for m in mail.outbox[1:]}
    assert asked == {world.signatory.email, world.second_signatory.email}

    client = login(world.signatory)
    sign_off = reverse("editorial_sign_off", args=[page.pk])
    screen = client.get(sign_off)
    assert screen.status_code == 200
    preview = client.get(screen.context["preview_url"])
    assert "Il se réveille entre deux cycles." in preview.content.decode()
    form = screen.context["sign_form"]
    data = {name: form.get_initial_for_field(f, name) for name, f in form.fields.items()}
    response = client.post(
        sign_off, {**{k: v for k, v in data.items() if v is not None}, "statement": "on"}
    )
    assert response.status_code == 302
    record.refresh_from_db()
    assert record.stage == "published"

    client.logout()
    public = client.get(TopicPage.objects.get(pk=page.pk).url)
    assert public.status_code == 200
    assert "Anne Validé" in public.content.decode()


def test_a_draft_is_always_saved_and_the_hand_over_names_what_is_missing(world, draft_topic, login):
    client = login(world.author)
    empty = editor_data(
        world, key_message="", stages=[], in_brief=streamfield([]), body=streamfield([]),
        sources=streamfield([]),
    )  # fmt: skip
    assert client.post(edit_url(draft_topic), empty).status_code == 302
    assert latest(draft_topic).key_message == ""

    refused = client.post(edit_url(draft_topic), hand_on(empty))
    assert refused.status_code == 200
    errors = refused.context["form"].errors
    assert {"key_message", "stages", "in_brief", "body", "sources"} <= set(errors)
    assert EditorialRecord.objects.get(page_id=draft_topic.pk).stage == "draft"


def test_illustration_is_refused_without_picture_text_credit_and_licence(world, draft_topic, login):
    client = login(world.author)
    client.post(edit_url(draft_topic), hand_on(editor_data(world)))
    assert EditorialRecord.objects.get(page_id=draft_topic.pk).stage == "illustration"

    client = login(world.illustrator)
    refused = client.post(edit_url(draft_topic), hand_on(editor_data(world)))
    assert "lead_illustration" in refused.context["form"].errors
    bare = illustration(world.group)
    type(bare).objects.filter(pk=bare.pk).update(credit_name="", licence="")
    refused = client.post(
        edit_url(draft_topic), hand_on(editor_data(world, bare, lead_alt_text=""))
    )
    assert {"lead_illustration", "lead_alt_text"} <= set(refused.context["form"].errors)
    assert EditorialRecord.objects.get(page_id=draft_topic.pk).stage == "illustration"


def test_sent_back_with_a_reason_the_group_goes_on(
    world, draft_topic, login, django_capture_on_commit_callbacks
):
    bring_to_sign_off(draft_topic, world.author)
    client = login(world.signatory)
    url = reverse("editorial_sign_off", args=[draft_topic.pk])
    revision = signature_for(draft_topic).revision_id
    without = client.post(url, {"action": "return", "revision": revision, "to": "draft"})
    assert without.context["return_form"].errors["reason"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            url,
            {"action": "return", "revision": revision, "to": "draft", "reason": "Citez la HAS."},
        )
    assert EditorialRecord.objects.get(page_id=draft_topic.pk).stage == "draft"
    assert {m.to[0] for m in mail.outbox if "Citez la HAS." in m.body} == {
        world.author.email,
        world.second_author.email,
    }
    client = login(world.author)
    changed = editor_data(
        world, illustration(world.group), key_message="D'après la HAS, c'est normal."
    )
    client.post(edit_url(draft_topic), hand_on(changed))
    client.post(edit_url(draft_topic), hand_on(changed))
    assert EditorialRecord.objects.get(page_id=draft_topic.pk).stage == "sign_off"


def test_parents_read_the_signed_text_while_a_new_round_runs(world, login):
    from tests.factories.workgroups import publish

    page = publish(world.make_topic(), world.author, world.signatory)
    client = login(world.author)
    locked = client.post(edit_url(page), editor_data(world, key_message="Nouveau."))
    assert locked.status_code == 200
    assert page.get_latest_revision().pk == page.live_revision_id

    assert client.post(reverse("editorial_revise", args=[page.pk])).status_code == 302
    client.post(
        edit_url(page), editor_data(world, illustration(world.group), key_message="Nouveau.")
    )
    page.refresh_from_db()
    assert page.live
    assert page.key_message == "Se réveiller la nuit est normal."
    assert latest(page).key_message == "Nouveau."
    client.logout()
    assert "Se réveiller la nuit est normal." in client.get(page.url).content.decode()


def test_autosave_does_not_overwrite_a_signed_revision(world, login):
    from tests.factories.workgroups import publish

    page = publish(world.make_topic(), world.author, world.signatory)
    signed = SignOff.objects.get()
    client = login(world.author)
    client.post(reverse("editorial_revise", args=[page.pk]))
    response = client.post(
        edit_url(page),
        {
            **editor_data(world, illustration(world.group), key_message="Autre."),
            "overwrite_revision_id": signed.revision_id,
            "loaded_revision_id": signed.revision_id,
        },
        headers={"accept": "application/json"},
    )
    assert json.loads(response.content)["success"]
    signed.revision.refresh_from_db()
    assert signed.revision.as_object().content_hash() == signed.content_hash


def first_button(client, page):
    """What the button says that shows without opening the menu."""
    return client.get(edit_url(page)).context["action_menu"].default_item


def test_handing_on_is_the_first_button_once_nothing_is_missing(world, draft_topic, login):
    client = login(world.author)
    assert first_button(client, draft_topic).name == "approve"
    client.post(edit_url(draft_topic), editor_data(world, key_message=""))
    assert first_button(client, draft_topic).name == "action-save-draft"
    other = client.get(edit_url(draft_topic)).context["action_menu"].menu_items
    assert {item.name for item in other} == {"approve"}


def test_a_new_topic_is_not_submitted_to_any_other_workflow(world, login):
    client = login(world.coordinator)
    add = reverse("wagtailadmin_pages:add", args=["pages", "topicpage", world.theme.pk])
    response = client.post(add, {**editor_data(world), "action-submit": "true"})
    assert response.status_code == 302
    assert EditorialRecord.objects.get().stage == "draft"
    assert TopicPage.objects.get().workflow_states.count() == 1
