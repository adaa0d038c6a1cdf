"""A translation is asked for, written text by text, and signed like any topic."""

import json
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from pages.models import TopicPage
from tests.factories.media import RecordingFactory
from tests.factories.translations import (
    asked,
    desk,
    in_words,
    published,
    reading_signatory,
    shelves,
    translated,
    translator,
)
from tests.factories.workgroups import hand_over, illustration, publish, signature_for
from tests.workgroups.conftest import ready_body
from tests.workgroups.doors import assert_parents_read_only, page_url, told
from workgroups import signing, translations, workflow
from workgroups.board import Tally, cards
from workgroups.due import publish_due
from workgroups.models import EditorialRecord, LockedAtThisStageError
from workgroups.signing import CannotGoOnlineError


@pytest.fixture
def live(live_topic):
    return live_topic


@pytest.fixture
def people(db):
    return SimpleNamespace(
        translator=translator("en"),
        other=translator("ar"),
        reader=reading_signatory("en"),
        french_reader=reading_signatory(),
    )


def record_of(page):
    return EditorialRecord.objects.get(page_id=page.pk)


def revise(world, page, **changes):
    """Publish a second version of the French topic."""
    workflow.start_round(page, world.author)
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(user=world.author)
    return publish(page, world.author, world.signatory)


def test_from_the_request_to_the_signature(
    world, login, live, people, django_capture_on_commit_callbacks
):
    address = reverse("editorial_translations", args=[live.pk])
    with django_capture_on_commit_callbacks(execute=True):
        login(world.author).post(address, {"language": "en"})
    page = TopicPage.objects.get(locale__language_code="en")
    record = record_of(page)
    assert (record.stage, record.source_id, record.workgroup) == ("draft", live.pk, world.group)
    assert {m.to[0] for m in mail.outbox} == {people.translator.email}
    assert record in EditorialRecord.objects.awaiting(people.translator)
    assert record not in EditorialRecord.objects.awaiting(people.other)
    assert record not in EditorialRecord.objects.awaiting(world.author)

    client = login(people.translator)
    shown = client.get(desk(page))
    assert len(shown.context["shown"]) == shown.context["lacking"] > 4
    texts = in_words(page)
    client.post(desk(page), {**texts, "do": "keep"})
    assert not TopicPage.objects.get(pk=page.pk).live
    client.post(desk(page), {**texts, "do": "hand_on"})
    record.refresh_from_db()
    assert record.stage == "sign_off"
    # Whoever reads English, and nobody who does not.
    assert set(record.asked.all()) == {
        people.reader,
        world.signatory,
        world.second_signatory,
    }

    sign_off = reverse("editorial_sign_off", args=[page.pk])
    for user in (people.french_reader, people.translator, world.author):
        with pytest.raises(PermissionDenied):
            signing.sign(page.pk, user, signature_for(page))
    with pytest.raises(CannotGoOnlineError):
        signing.sign(page.pk, people.reader, signature_for(page))
    assert login(people.reader).get(sign_off).context["why_not"]
    shelves("en")
    assert not login(people.reader).get(sign_off).context["why_not"]
    signing.sign(page.pk, people.reader, signature_for(page))
    page.refresh_from_db()
    assert page.live
    assert page.key_message.startswith("EN ")
    assert page.body[0].value.source == "<p>EN Il se réveille entre deux cycles.</p>"
    assert list(page.stages.all()) == [world.stage]
    assert page.slug == live.slug
    assert_parents_read_only(live, page)


def test_asking_twice_makes_one_and_says_so(world, login, live):
    client = login(world.coordinator)
    address = reverse("editorial_translations", args=[live.pk])
    client.post(address, {"language": "ar"})
    again = client.post(address, {"language": "ar"})
    assert told(again)
    assert TopicPage.objects.filter(locale__language_code="ar").count() == 1
    assert client.get(address).status_code == 200
    for unknown in ("xx", "fr", ""):
        assert client.post(address, {"language": unknown}, follow=True).status_code == 404


def test_who_may_ask(world, login, live, people):
    address = reverse("editorial_translations", args=[live.pk])
    for user in (people.translator, people.reader):
        login(user).post(address, {"language": "en"})
        assert not TopicPage.objects.filter(locale__language_code="en").exists()


def test_a_draft_is_not_translated(world):
    with pytest.raises(PermissionDenied):
        translations.ask_for(world.make_topic(), "en", world.author)


def test_a_text_without_translation_stops_it(world, login, live, people):
    page = asked(live, "en", world.author)
    texts = in_words(page)
    missing = next(iter(texts))
    client = login(people.translator)
    client.post(desk(page), {**texts, missing: " ", "do": "hand_on"})
    assert record_of(page).stage == "draft"
    # Kept all the same; and not handed on from its card either.
    assert translations.lacking(page) == 1
    client.post(reverse("editorial_hand_on", args=[page.pk]), {"stage": "draft"})
    assert record_of(page).stage == "draft"
    client.post(desk(page), {missing: "The last one", "do": "hand_on"})
    assert record_of(page).stage == "sign_off"


def test_what_belongs_to_one_language_does_not_reach_another(world, people):
    sound = RecordingFactory(type="audio")
    near = {"text": "Une voisine.", "kinds": [], "speciality": "sage-femme"}
    body = json.dumps(
        [*json.loads(ready_body(illustration())), {"type": "near_you", "value": near}]
    )
    understood = {"understood_by": "Un groupe", "understood_on": "2026-01-02"}
    live = world.make_topic(recording=sound, body=body, **understood)
    live = publish(live, world.author, world.signatory)
    page = asked(live, "en", world.author)
    translations.write(page, in_words(page), people.translator)
    draft = TopicPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert live.recording == sound
    assert draft.body[-1].value["text"] == "EN Une voisine."
    assert draft.body[-1].value["speciality"] == "sage-femme"
    for version in (TopicPage.objects.get(pk=page.pk), draft):
        assert (version.recording, version.understood_by, version.understood_on) == (None, "", None)


def test_only_who_translates_into_the_language_writes(world, login, live, people):
    page = asked(live, "en", world.author)
    texts = in_words(page)
    for user in (people.other, people.reader, world.author, world.second_author):
        login(user).post(desk(page), {**texts, "do": "keep"})
        assert translations.lacking(page) == len(texts)
    login(world.coordinator).post(desk(page), {**texts, "do": "keep"})
    assert translations.lacking(page) == 0


def test_the_ordinary_editor_leads_to_the_translators_desk(world, login, live, people):
    page = asked(live, "en", world.author)
    client = login(people.translator)
    assert client.get(page_url("edit", page)).url == desk(page)
    response = client.post(page_url("edit", page), {"action": "publish"})
    assert response.url == desk(page)
    assert told(response)
    assert client.get(page_url("edit", live)).status_code == 302


def test_a_live_translation_is_never_written_to_by_a_draft(world, live, people):
    page = published(
        translated(live, "en", world.author, people.translator), people.translator, people.reader
    )
    live = revise(world, live, key_message="Il se réveille : c'est normal.")
    before = TopicPage.objects.filter(pk=page.pk).values().get()
    translations.write(page, in_words(page, "NEW"), people.translator)
    source = TranslationSource.objects.get(object_id=live.translation_key)
    translation = Translation.objects.get(source=source)
    for publishes in (False, True):
        with pytest.raises(PermissionDenied):
            translation.save_target(user=people.translator, publish=publishes)
    after = TopicPage.objects.filter(pk=page.pk).values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {
        "latest_revision_id",
        "latest_revision_created_at",
        "has_unpublished_changes",
    }
    page = TopicPage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().key_message.startswith("NEW")
    assert_parents_read_only(live, page)


def test_when_the_source_changes(world, login, live, people, django_capture_on_commit_callbacks):
    page = published(
        translated(live, "en", world.author, people.translator), people.translator, people.reader
    )
    assert record_of(page).behind_since is None
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        live = revise(world, live, key_message="Il se réveille : c'est normal.")
    record = record_of(page)
    assert record.behind_since
    assert record.stage == "draft"
    assert people.translator.email in {to for m in mail.outbox for to in m.to}
    shown = login(people.translator).get(desk(page)).context["shown"]
    open_pieces = [row["piece"] for row in shown if not row["piece"].is_confirmed]
    assert [p.source for p in open_pieces] == ["Il se réveille : c'est normal."]
    assert open_pieces[0].before.startswith("EN ")
    found = EditorialRecord.objects.with_column()
    assert ("English", "en", 1, 1) in Tally.of(found).by_language
    french = next(c for c in cards(found, world.coordinator) if c.record.page_id == live.pk)
    assert french.languages == ["fr", "en"]
    assert french.states["en"]

    translations.write(page, in_words(page, "NEW"), people.translator)
    published(page, people.translator, people.reader)
    assert record_of(page).behind_since is None


def test_a_source_that_is_signed_again_unchanged_leaves_nothing_behind(world, live, people):
    page = published(
        translated(live, "en", world.author, people.translator), people.translator, people.reader
    )
    revise(world, live)
    record = record_of(page)
    assert (record.behind_since, record.stage) == (None, "published")


def test_a_withdrawn_topic_does_not_go_online_in_another_language(
    world, login, live, people, django_capture_on_commit_callbacks
):
    page = translated(live, "en", world.author, people.translator)
    shelves("en")
    signing.withdraw(live, world.coordinator, "Un conseil est faux.")
    hand_over(page, people.translator)
    signature = signature_for(page)
    with pytest.raises(CannotGoOnlineError):
        signing.sign(page.pk, people.reader, signature)
    # Even where nobody asked beforehand, and whatever puts it online.
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TopicPage, "why_not_online", lambda self: None)
        moment = timezone.now() + timedelta(days=1)
        signing.sign(page.pk, people.reader, replace(signature, publish_at=moment))
    assert record_of(page).stage == "scheduled"
    EditorialRecord.objects.filter(page_id=page.pk).update(publish_at=timezone.now())
    assert publish_due() == (0, 1)
    assert_parents_read_only()

    # The topic comes back, put right: what waits says the earlier version.
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        live = revise(world, live, key_message="Il se réveille : c'est normal.")
    assert record_of(page).stage == "draft"
    said = next(m.body for m in mail.outbox if m.to == [people.translator.email])
    reason = page.workflow_states.last().task_states.get(status="rejected").comment
    assert reason in said
    translations.write(page, in_words(page, "NEW"), people.translator)
    page = published(page, people.translator, people.reader)
    assert_parents_read_only(live, page)


def test_a_correction_takes_back_what_waits_for_its_day(world, live, people):
    page = translated(live, "en", world.author, people.translator)
    shelves("en")
    hand_over(page, people.translator)
    moment = timezone.now() + timedelta(days=1)
    signing.sign(page.pk, people.reader, signature_for(page, publish_at=moment))
    revise(world, live)
    assert record_of(page).stage == "scheduled"
    live = revise(world, live, key_message="Il se réveille : c'est normal.")
    assert record_of(page).stage == "draft"
    assert translations.lacking(page) == 1
    assert_parents_read_only(live)


def test_a_translation_that_is_sent_back_goes_to_its_translators(world, live, people):
    page = translated(live, "en", world.author, people.translator)
    workflow_page = TopicPage.objects.get(pk=page.pk)
    workflow_page.current_workflow_task.on_action(
        workflow_page.current_workflow_task_state, people.translator, "approve"
    )
    record = record_of(page)
    revision = signing.revision_to_sign(record)
    signing.return_page(page.pk, people.reader, revision.pk, "illustration", "Un mot manque.")
    assert record_of(page).stage == "draft"
    assert record_of(page) in EditorialRecord.objects.awaiting(people.translator)


def test_a_machine_proposes_and_a_person_confirms(world, login, live, people, settings):
    page = asked(live, "en", world.author)
    client = login(people.translator)
    assert translations.machine_for(page) is None
    assert client.get(desk(page)).context["machine"] in (None, False)
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    client.post(desk(page), {"do": "propose"})
    pieces = translations.pieces(page)
    assert all(piece.text for piece in pieces)
    assert translations.lacking(page) == len(pieces)
    client.post(desk(page), {p.key: p.text for p in pieces} | {"do": "hand_on"})
    assert record_of(page).stage == "sign_off"


def test_nobodys_words_go_over_anothers_and_none_is_lost(world, login, live, people):
    page = asked(live, "en", world.author)
    client = login(people.translator)

    def form():
        rows = client.get(desk(page)).context["shown"]
        sent = {row["piece"].key: row["text"] for row in rows}
        return sent | {f"was-{row['piece'].key}": row["was"] for row in rows}

    def stored():
        return {piece.key: piece.text for piece in translations.pieces(page)}

    opened = form()
    first, second, third, *_more = (key for key in opened if key.startswith("text-"))
    translations.write(page, {first: "Hers", second: "Hers too"}, world.coordinator)
    sent = {second: "Mine", third: "Mine\r\nas well", "text-0-0": "For what is gone"}
    response = client.post(desk(page), opened | sent | {"do": "hand_on"})
    assert stored() | {first: "Hers", second: "Hers too", third: "Mine\nas well"} == stored()
    assert told(response)
    html = response.content.decode()
    assert "Mine</bdi>" in html
    assert "For what is gone" in html
    rows = {row["piece"].key: row for row in response.context["shown"]}
    assert (rows[second]["text"], rows[second]["yours"]) == ("Hers too", "Mine")
    assert rows[first]["yours"] is None

    # Handed on while she types.
    opened = form()
    translations.write(page, in_words(page), world.coordinator)
    hand_over(page, world.coordinator)
    response = client.post(desk(page), opened | {first: "Too late", "do": "keep"})
    assert told(response)
    assert "Too late" in response.content.decode()
    assert "Too late" not in stored().values()
    with pytest.raises(LockedAtThisStageError):
        translations.write(page, {first: "Too late"}, people.translator)


def test_markup_that_browsers_read_otherwise_goes_and_words_stay(world, login, live, people):
    page = asked(live, "en", world.author)
    first, second = (p for p in translations.pieces(page) if p.is_rich or p.source == live.title)
    key, rich = (first, second) if second.is_rich else (second, first)
    for sent, kept in (
        ("<!--><img src=x onerror=a()>--><b>now</b>", "<b>now</b>"),
        ("<![CDATA[ ><img src=x onerror=a()> ]]>sleep", "sleep"),
        ("<?x><!DOCTYPE x><strong>he</strong> <i>sleeps</i>", "<b>he</b> sleeps"),
        ("a <![ b", "a &lt;![ b"),
        ("a </ <!-- b", "a &lt;/ &lt;!-- b"),
        ("a\x00 & <b>b</b>", "a &amp; <b>b</b>"),
    ):
        texts = {key.key: "a\x00b <![ c", rich.key: sent, "do": "keep"}
        assert login(people.translator).post(desk(page), texts).status_code == 302
        texts = {piece.key: piece for piece in translations.pieces(page)}
        assert (texts[rich.key].text, texts[rich.key].is_confirmed) == (kept, True)
        assert texts[key.key].text == "ab <![ c"
    draft = TopicPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.body[0].value.source == "<p>a &amp; <b>b</b></p>"
    # By wagtail-localize's own doors as well.
    made = StringTranslation.objects.get(data=kept)
    made.data = "<!--x-->mine"
    made.save()
    assert StringTranslation.objects.get(pk=made.pk).data == "mine"


def test_too_long_a_text_is_refused_with_a_sentence(world, login, live, people):
    page = asked(live, "en", world.author)
    key = next(p.key for p in translations.pieces(page) if p.source == live.key_message)
    response = login(people.translator).post(desk(page), {key: "x" * 161, "do": "keep"})
    assert response.status_code == 200
    assert told(response)
    assert "x" * 161 in response.content.decode()
    assert translations.lacking(page) == len(translations.pieces(page))
