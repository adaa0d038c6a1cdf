"""A signature stands under one exact content, is written once, and says when
what parents read is something else."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from pages.models import ThemePage, TopicPage
from tests.factories.media import CaptionTrackFactory, RecordingFactory, picture_upload
from tests.factories.workgroups import bring_to_sign_off, illustration, publish, signature_for
from tests.workgroups.doors import assert_parents_read_only, told
from tests.workgroups.test_story import edit_url, editor_data
from workgroups import signing, triggers
from workgroups.models import EditorialRecord, SignedFile, SignOff, Withdrawal
from workgroups.models.editorial_page import LockedAtThisStageError, hash_of

APPEND_ONLY = [SignOff, SignedFile, Withdrawal]


@pytest.fixture
def live(live_topic):
    return live_topic


@pytest.fixture
def written(world, live_topic):
    """One row of each: the topic was published, then withdrawn."""
    signing.withdraw(live_topic, world.coordinator, "Une source a changé.")
    return live_topic


def everything(model):
    return list(model.objects.order_by("pk").values())


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_it_is_written_once_in_code(written, model):
    before = everything(model)
    row = model.objects.first()
    field = {SignOff: "statement", SignedFile: "sign_off_id", Withdrawal: "reason"}[model]
    value = getattr(row, field)
    rows = model.objects.all()
    again = [model(**values) for values in before]
    attempts = [
        row.save,
        lambda: row.save(update_fields=[field]),
        lambda: row.save(force_update=True),
        lambda: model(**before[0]).save(),
        row.delete,
        lambda: rows.update(**{field: value}),
        lambda: rows.filter(pk=row.pk).delete(),
        lambda: rows.bulk_update([row], [field]),
        lambda: model._base_manager.all().delete(),
        lambda: model._base_manager.update(**{field: value}),
        lambda: rows.bulk_create(
            again, update_conflicts=True, update_fields=[field], unique_fields=["id"]
        ),
        lambda: rows.update_or_create(pk=row.pk, defaults={field: value}),
        lambda: rows._raw_delete("default"),
    ]
    for attempt in attempts:
        with pytest.raises((PermissionDenied, IntegrityError)), transaction.atomic():
            attempt()
        assert everything(model) == before


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_it_is_written_once_in_the_database(written, model):
    before = everything(model)
    table = model._meta.db_table
    statements = [f"UPDATE {table} SET id = id", f"DELETE FROM {table}"]  # noqa: S608
    connection.check_constraints()  # or PostgreSQL would first wait for them
    if connection.vendor == "postgresql":
        statements += [f"TRUNCATE {table} CASCADE"]
    for statement in statements:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert everything(model) == before


def test_what_it_refers_to_stays(world, written):
    sign_off = SignOff.objects.get()
    for referred in (sign_off.revision, sign_off.signatory, sign_off.locale, sign_off.page):
        with pytest.raises((PermissionDenied, IntegrityError)), transaction.atomic():
            referred.delete()
    call_command("purge_revisions", verbosity=0)
    assert SignOff.objects.get().revision.as_object().content_hash() == sign_off.content_hash


def test_it_keeps_the_content_and_a_copy_of_the_signatory(world, live):
    sign_off = SignOff.objects.get()
    assert sign_off.content == json.loads(json.dumps(live.canonical_content()))
    assert sign_off.content_hash == hash_of(sign_off.content) == live.content_hash()
    user = world.signatory
    user.display_name, user.profession, user.is_active = "Anne Autrement", "retraitée", False
    user.save()
    user.groups.clear()
    sign_off.refresh_from_db()
    assert (sign_off.signatory_name, sign_off.profession) == ("Anne Validé", "puéricultrice")
    assert live.live
    assert "Anne Validé" in {s.signatory_name for s in live.valid_sign_offs}
    assert_parents_read_only(live)


@pytest.mark.parametrize("stage", ["sign_off", "scheduled", "published"])
def test_no_saving_overwrites_what_is_signed(world, draft_topic, login, stage):
    page = draft_topic
    bring_to_sign_off(page, world.author)
    if stage != "sign_off":
        day = timezone.now() + timedelta(days=3) if stage == "scheduled" else None
        signing.sign(page.pk, world.signatory, signature_for(page, publish_at=day))
    page = TopicPage.objects.get(pk=page.pk)
    revision, before = page.latest_revision, page.latest_revision.content
    page.key_message = "Écrasé."
    if stage == "published":
        page.live = True
        page.save_revision(user=world.author, overwrite_revision=revision)
    else:
        with pytest.raises(LockedAtThisStageError), transaction.atomic():
            page.save_revision(user=world.author, overwrite_revision=revision)
    data = editor_data(world, illustration(world.group), key_message="Écrasé.")
    token = {"overwrite_revision_id": revision.pk, "loaded_revision_id": revision.pk}
    for who in (world.author, world.coordinator, world.superuser):
        response = login(who).post(
            edit_url(page), {**data, **token}, headers={"accept": "application/json"}
        )
        assert response.status_code in (200, 302, 400, 403)
    revision.refresh_from_db()
    assert revision.content == before


def sign_off_url(page):
    return reverse("editorial_sign_off", args=[page.pk])


def sign_data(page, **changes):
    signature = signature_for(page)
    return {
        "action": "sign", "revision": signature.revision_id, "statement": "on",
        "content_hash": signature.content_hash,
        "review_due_on": signature.review_due_on.isoformat(), "publish_at": "", **changes,
    }  # fmt: skip


@pytest.fixture
def waiting(world, draft_topic):
    bring_to_sign_off(draft_topic, world.author)
    return draft_topic


@pytest.mark.parametrize(
    "edits",
    [{"title": "Autre"}, {"body-count": "0"}, {"action-publish": "1"}, {"comment": "x"}],
)
@pytest.mark.parametrize("action", ["sign", "return"])
def test_an_approval_that_carries_edits_is_refused_whole(world, login, waiting, edits, action):
    data = sign_data(waiting)
    if action == "return":
        data = {"action": "return", "revision": data["revision"], "to": "draft", "reason": "Non."}
    response = login(world.signatory).post(sign_off_url(waiting), {**data, **edits})
    form = response.context["return_form" if action == "return" else "sign_form"]
    assert next(iter(edits)) in " ".join(form.non_field_errors())
    assert not SignOff.objects.exists()
    assert waiting.get_record().stage == "sign_off"


@pytest.mark.parametrize("action", ["sign", "return"])
def test_an_approval_that_carries_a_file_is_refused(world, login, waiting, action):
    data = sign_data(waiting)
    if action == "return":
        data = {
            "action": action, "revision": data["revision"], "to": "draft", "reason": "Une source",
        }  # fmt: skip
    data["lead_illustration"] = picture_upload()
    response = login(world.signatory).post(sign_off_url(waiting), data)
    assert response.status_code == 200
    assert not SignOff.objects.exists()
    assert waiting.get_record().stage == "sign_off"


def test_without_the_statement_nothing_is_signed(world, login, waiting):
    response = login(world.signatory).post(sign_off_url(waiting), sign_data(waiting, statement=""))
    assert response.context["sign_form"].errors["statement"]
    assert not SignOff.objects.exists()


@pytest.mark.parametrize(
    "stale", [{"content_hash": "0" * 64}, {"revision": "999999"}, {"content_hash": "x" * 5000}]
)
def test_a_stale_page_signs_nothing_and_says_so(world, login, waiting, stale):
    data = sign_data(waiting, **stale)
    response = login(world.signatory).post(sign_off_url(waiting), data)
    assert response.status_code == 302
    assert told(response)
    assert not SignOff.objects.exists()


def test_a_page_that_went_back_and_came_again_is_signed_as_it_is_now(world, login, waiting):
    old = sign_data(waiting)
    record = waiting.get_record()
    signing.return_page(
        waiting.pk, world.signatory, int(old["revision"]), "draft", "Citez la source."
    )
    page = TopicPage.objects.get(pk=waiting.pk).get_latest_revision_as_object()
    page.key_message = "Une autre phrase."
    page.save_revision(user=world.author)
    bring_to_sign_off(page, world.author)
    assert record.required_signatures == 1
    response = login(world.signatory).post(sign_off_url(waiting), old)
    assert told(response)
    assert not SignOff.objects.exists()
    login(world.signatory).post(sign_off_url(waiting), sign_data(waiting))
    assert TopicPage.objects.get(pk=waiting.pk).key_message == "Une autre phrase."


def test_a_double_click_signs_once(world, login, waiting):
    data = sign_data(waiting)
    client = login(world.signatory)
    for _click in range(2):
        response = client.post(sign_off_url(waiting), data)
        assert response.status_code == 302
        assert told(response)
    assert SignOff.objects.count() == 1
    assert_parents_read_only(waiting)


def verify():
    """(exit status, lines) of the command."""
    out = io.StringIO()
    try:
        call_command("verify_signoffs", stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


class TestVerifySignoffs:
    def test_nothing_to_say(self, live):
        status, lines = verify()
        assert status == 0
        assert "1" in lines[0]

    @pytest.mark.parametrize(
        ("table", "change"),
        [
            ("wagtailcore_page", "title = 'Autre' WHERE live AND depth = 4"),
            ("wagtailcore_page", "search_description = 'Autre' WHERE live AND depth = 4"),
            ("pages_topicpage", "key_message = 'Autre'"),
            ("pages_topicpage", "lead_alt_text = 'Autre'"),
            ("media_illustration", "credit_name = 'Autre'"),
            ("workgroups_signoff", "content_hash = 'x'"),
            ("workgroups_signoff", "content = '{}'"),
            ("workgroups_signoff", "signatory_name = 'Autre'"),
            ("workgroups_signoff", "profession = 'Autre'"),
            ("workgroups_signoff", "written_by = 'Autre'"),
            ("workgroups_signoff", "statement = 'Autre'"),
            ("workgroups_signoff", "review_due_on = '2099-01-01'"),
            ("wagtailcore_pagelogentry", "action = 'x' WHERE action = 'editorial.sign'"),
        ],
    )
    def test_a_change_behind_the_triggers_back(self, live, table, change):
        triggers.drop_triggers()
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608 our own words
        triggers.make_triggers()
        status, lines = verify()
        assert status == 1
        assert len(lines) >= 1
        assert all(str(live.pk) in line or "sign-off" in line for line in lines)

    @pytest.fixture
    def lifted(self, live):
        triggers.drop_triggers()
        yield live
        triggers.make_triggers()

    def test_a_content_changed_together_with_its_hash(self, lifted):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE workgroups_signoff SET content = '{}', content_hash = %s", [hash_of({})]
            )
        assert any("log" in line for line in verify()[1])

    def test_a_live_page_that_nobody_signed(self, world, lifted):
        other = world.make_topic("Autre", slug="autre")
        TopicPage.objects.filter(pk=other.pk).update(live=True)
        status, lines = verify()
        assert (status, len(lines)) == (1, 1)
        assert str(other.pk) in lines[0]

    def test_a_revision_that_says_something_else(self, lifted):
        content = lifted.live_revision.content | {"key_message": "Autre"}
        Revision.objects.filter(pk=lifted.live_revision_id).update(content=content)
        status, lines = verify()
        assert (status, len(lines)) == (1, 1)
        assert str(lifted.live_revision_id) in lines[0]

    def test_a_live_page_without_its_text_record_or_kind(self, lifted):
        for change in (
            lambda: TopicPage.objects.filter(pk=lifted.pk)._raw_delete("default"),
            lambda: EditorialRecord.objects.filter(page_id=lifted.pk)._raw_delete("default"),
            lambda: Page.objects.filter(pk=lifted.pk).update(
                content_type=ContentType.objects.get_for_model(ThemePage)
            ),
        ):
            with transaction.atomic():
                change()
                status, lines = verify()
                transaction.set_rollback(True)
            assert (status, len(lines)) == (1, 1)
            assert str(lifted.pk) in lines[0]
        assert verify()[0] == 0

    def test_a_signature_that_is_gone(self, lifted):
        for model in (SignedFile, SignOff):
            model.objects.all()._raw_delete("default")
        assert any("gone" in line for line in verify()[1])

    def test_another_withdrawn_text_brought_back(self, world, live):
        revision = live.live_revision_id
        signing.withdraw(live, world.coordinator, "Une source a changé.")
        triggers.drop_triggers()
        TopicPage.objects.filter(pk=live.pk).update(live=True, live_revision_id=revision)
        triggers.make_triggers()
        status, lines = verify()
        assert (status, len(lines)) == (1, 1)

    def test_a_file_replaced_or_missing_on_the_disk(self, live):
        path = Path(live.lead_illustration.file.path)
        path.write_bytes(path.read_bytes() + b"\0")
        status, lines = verify()
        assert (status, len(lines)) == (1, 1)
        path.unlink()
        status, lines = verify()
        assert (status, len(lines)) == (1, 1)
        assert path.name in lines[0]

    def test_a_rendition_replaced_or_missing_on_the_disk(self, live):
        """Parents load these alone."""
        made = live.lead_illustration.get_rendition("width-40|format-webp")
        assert verify()[0] == 0
        path = Path(made.file.path)
        path.write_bytes(b"autre chose")
        status, lines = verify()
        assert (status, len(lines)) == (1, 1)
        path.unlink()
        status, lines = verify()
        assert (status, len(lines)) == (1, 1)
        assert path.name in lines[0]

    @pytest.mark.parametrize("part", ["file", "thumbnail", "captions"])
    def test_every_file_of_a_film_replaced_on_the_disk(self, world, part):
        film = RecordingFactory(thumbnail=picture_upload())
        captions = CaptionTrackFactory(recording=film).file
        body = [{"type": "recording", "value": {"heading": "Le rituel", "recording": film.pk}}]
        topic = world.make_topic(body=json.dumps(body))
        publish(topic, world.author, world.signatory)
        assert verify()[0] == 0
        path = Path((captions if part == "captions" else getattr(film, part)).path)
        path.write_bytes(path.read_bytes() + b"\0")
        status, lines = verify()
        assert status == 1
        assert [path.name in line for line in lines] == [True]
