"""Raw SQL, QuerySet.update and whole chains of them, past the code: nothing goes
live, changes or goes off by them, and what is signed stays.

Each detour is tried whole, in one transaction that ends with the database's own
deferred checks; then parents read what they read before.
"""

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from wagtail.models import Locale, Page, PageViewRestriction

from pages.models import Stage, ThemePage, TopicPage
from tests.factories.media import CaptionTrackFactory, RecordingFactory
from tests.factories.workgroups import publish
from tests.workgroups.doors import assert_parents_read_only, refused
from workgroups import signing, workflow
from workgroups.models import EditorialRecord, SignedFile, SignOff, Withdrawal

UNSIGNED = "Jamais signé."


@pytest.fixture
def live(live_topic):
    return live_topic


@pytest.fixture
def draft(world):
    return world.make_topic("Autre titre", slug="autre", key_message=UNSIGNED)


def rows(page):
    return Page.objects.filter(pk=page.pk)


def kind(model):
    return ContentType.objects.get_for_model(model)


def copy_of(model, where, verb="INSERT", **changes):
    """SQL that writes a row of ``model``'s own table anew, as ``verb`` says, with
    some columns changed to other SQL expressions."""
    table = model._meta.db_table
    columns = [f.column for f in model._meta.local_concrete_fields]
    if changes.get("id") == "new":
        columns.remove("id")
    quoted = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(changes.get(column, f'"{column}"') for column in columns)
    return f"{verb} INTO {table} ({quoted}) SELECT {values} FROM {table} WHERE {where}"


def new_page(world, model, live):
    """SQL for a page of that kind under the theme, a copy of the theme's row."""
    key = "a" * 32 if connection.vendor == "sqlite" else "a" * 8 + "-aaaa" * 3 + "-" + "a" * 12
    return copy_of(
        Page, f"id = {world.theme.pk}", id="new", path=f"'{world.theme.path}0099'", depth="4",
        slug="'neuf'", url_path="'/accueil/sommeil/neuf/'", translation_key=f"'{key}'",
        content_type_id=str(kind(model).pk), live="TRUE" if live else "FALSE", numchild="0",
    )  # fmt: skip


NEW = "(SELECT id FROM wagtailcore_page WHERE slug = 'neuf')"


# Nothing goes live


def test_not_by_a_detour_over_another_kind(draft):
    assert refused(
        lambda: rows(draft).update(live=True, content_type=kind(ThemePage)),
        lambda: rows(draft).update(content_type=kind(TopicPage)),
    )
    assert refused(lambda: rows(draft).update(content_type=kind(ThemePage)))
    assert_parents_read_only()


def test_not_by_a_shelf_that_becomes_a_topic(world, draft):
    assert refused(lambda: rows(world.theme).update(content_type=kind(TopicPage)))
    text = copy_of(TopicPage, f"page_ptr_id = {draft.pk}", page_ptr_id=str(world.theme.pk))
    assert refused((text,))
    assert_parents_read_only()


@pytest.mark.parametrize("model", [ThemePage, TopicPage])
@pytest.mark.parametrize("born_live", [True, False])
@pytest.mark.parametrize("text_first", [True, False])
def test_not_by_a_page_put_together(world, draft, model, born_live, text_first):
    number = "(SELECT MAX(id) + 1 FROM wagtailcore_page)" if text_first else NEW
    steps = [
        (new_page(world, model, born_live),),
        (copy_of(TopicPage, f"page_ptr_id = {draft.pk}", page_ptr_id=number),),
    ]
    assert refused(
        *(reversed(steps) if text_first else steps),
        ("UPDATE wagtailcore_page SET live = TRUE WHERE slug = 'neuf'",),
        (f"UPDATE wagtailcore_page SET content_type_id = {kind(TopicPage).pk} WHERE id = {NEW}",),
    )
    assert_parents_read_only()


@pytest.mark.parametrize("needed", [0, 1])
def test_not_by_a_record_that_asks_for_none(draft, needed):
    records = EditorialRecord.objects.filter(page_id=draft.pk)
    for steps in (
        [lambda: records.update(required_signatures=needed, publishing=True)],
        [lambda: records._raw_delete("default")],
    ):
        assert refused(*steps, lambda: rows(draft).update(live=True))
    assert_parents_read_only()


def test_a_record_never_asks_for_none(draft):
    with pytest.raises(IntegrityError, match="one_signature_at_least"), transaction.atomic():
        EditorialRecord.objects.filter(page_id=draft.pk).update(required_signatures=0)


@pytest.mark.parametrize("again", ["withdrawn", "older"])
def test_not_by_a_signature_of_old(world, live, again):
    old = live.live_revision_id
    if again == "withdrawn":
        signing.withdraw(live, world.coordinator, "Une source a changé.")
    else:
        workflow.start_round(live, world.author)
        live = TopicPage.objects.get(pk=live.pk)
        live.key_message = "Une autre phrase, signée elle aussi."
        live.save_revision(user=world.author)
        live = publish(live, world.author, world.signatory)
    assert refused(
        lambda: EditorialRecord.objects.filter(page_id=live.pk).update(publishing=True),
        lambda: rows(live).update(live=True, live_revision=old),
    )
    assert_parents_read_only(*([] if again == "withdrawn" else [live]))


def test_not_by_anothers_record(live, draft):
    records = EditorialRecord.objects.filter
    assert refused(
        lambda: records(page_id=live.pk).delete(),
        lambda: records(page_id=draft.pk).update(page_id=live.pk),
    )
    assert refused(lambda: records(page_id=draft.pk).update(page_id=live.get_parent().pk))
    assert_parents_read_only(live)


# What is live stays as it was signed


def test_no_text_changes_places_with_another(world, live, draft):
    move = "UPDATE pages_topicpage SET page_ptr_id = %s WHERE page_ptr_id = %s"
    assert refused(
        (move, world.home.pk, live.pk),
        (move, live.pk, draft.pk),
        (move, draft.pk, world.home.pk),
    )
    move = "UPDATE wagtailcore_page SET id = %s WHERE id = %s"
    assert refused((move, 99999, live.pk), (move, live.pk, draft.pk), (move, draft.pk, 99999))
    assert_parents_read_only(live)


@pytest.mark.parametrize("column", ["title", "seo_title", "search_description"])
def test_no_word_of_its_row_changes(live, column):
    assert refused(lambda: rows(live).update(**{column: UNSIGNED}))
    base = Page.objects.get(pk=live.pk)
    setattr(base, column, UNSIGNED)
    assert refused(base.save)
    assert_parents_read_only(live)


@pytest.mark.parametrize("column", ["locale", "translation_key", "alias_of", "live_revision"])
def test_it_stays_the_text_that_it_is(live, draft, column):
    values = {
        "locale": lambda: Locale.objects.create(language_code="en"),
        "translation_key": lambda: "b" * 32,
        "alias_of": lambda: draft,
        "live_revision": lambda: draft.latest_revision,
    }
    assert refused(lambda: rows(live).update(**{column: values[column]()}))
    assert_parents_read_only(live)


def test_no_upsert_goes_round(live, draft):
    """ON CONFLICT … DO UPDATE, and MERGE or COPY, which fire the same triggers."""
    sign_off = SignOff.objects.get()
    for model, where, change in (
        (TopicPage, f"page_ptr_id = {live.pk}", "(page_ptr_id) DO UPDATE SET key_message = 'x'"),
        (Page, f"id = {live.pk}", "(id) DO UPDATE SET live = FALSE"),
        (Page, f"id = {live.pk}", "(path) DO UPDATE SET title = 'x'"),
        (SignOff, f"id = {sign_off.pk}", "(id) DO UPDATE SET signatory_name = 'x'"),
    ):
        assert refused((f"{copy_of(model, where)} ON CONFLICT {change}",))
    assert_parents_read_only(live)


@pytest.mark.postgresql
def test_no_merge_goes_round(live, draft):
    for matched in ("UPDATE SET key_message = 'x'", "DELETE"):
        assert refused(
            (
                "MERGE INTO pages_topicpage t USING wagtailcore_page p ON t.page_ptr_id = p.id "
                f"WHEN MATCHED AND p.live THEN {matched}",
            )
        )
    assert refused(
        (
            "UPDATE pages_topicpage t SET key_message = d.key_message FROM pages_topicpage d "
            "WHERE t.page_ptr_id = %s AND d.page_ptr_id = %s",
            live.pk,
            draft.pk,
        )
    )
    assert_parents_read_only(live)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "table",
    [
        "wagtailcore_page",
        "pages_topicpage",
        "pages_topicpage_stages",
        "media_captiontrack",
        "workgroups_editorialrecord",
    ],
)
def test_no_table_is_emptied(live, table):
    # A table with checks still to come is not emptied anyway.
    assert refused(connection.check_constraints, (f"TRUNCATE {table} CASCADE",))
    assert_parents_read_only(live)


def test_its_stages_stay(live, draft):
    other = Stage.objects.create(label="x", name="x", slug="x", from_day=1, to_day=2)
    table = "pages_topicpage_stages"
    for statement, *parameters in (
        (f"DELETE FROM {table} WHERE topicpage_id = %s", live.pk),
        (f"UPDATE {table} SET stage_id = %s WHERE topicpage_id = %s", other.pk, live.pk),
        (f"UPDATE {table} SET topicpage_id = 999 WHERE topicpage_id = %s", live.pk),
        (f"UPDATE {table} SET topicpage_id = %s WHERE topicpage_id = %s", live.pk, draft.pk),
        (f"INSERT INTO {table} (topicpage_id, stage_id) VALUES (%s, %s)", live.pk, other.pk),
    ):
        assert refused((statement, *parameters))
    assert_parents_read_only(live)
    draft.stages.add(other)
    draft.stages.through.objects.filter(topicpage=draft).delete()


def test_its_pictures_and_films_stay(world, draft):
    signed, other = RecordingFactory(), RecordingFactory()
    track = CaptionTrackFactory(recording=signed)
    loose = CaptionTrackFactory(recording=other)
    body = [{"type": "recording", "value": {"heading": "Le rituel", "recording": signed.pk}}]
    live = publish(world.make_topic(body=json.dumps(body)), world.author, world.signatory)
    picture = live.lead_illustration
    for statement, *parameters in (
        ("UPDATE media_illustration SET credit_name = 'x' WHERE id = %s", picture.pk),
        ("UPDATE media_illustration SET file_sha256 = 'x' WHERE id = %s", picture.pk),
        ("UPDATE media_recording SET transcript = 'x' WHERE id = %s", signed.pk),
        ("UPDATE media_captiontrack SET file = 'x' WHERE id = %s", track.pk),
        ("UPDATE media_captiontrack SET recording_id = %s WHERE id = %s", other.pk, track.pk),
        ("UPDATE media_captiontrack SET recording_id = %s WHERE id = %s", signed.pk, loose.pk),
        ("DELETE FROM media_captiontrack WHERE id = %s", track.pk),
        ("DELETE FROM media_illustration WHERE id = %s", picture.pk),
    ):
        assert refused((statement, *parameters))
    assert_parents_read_only(live)
    type(picture).objects.filter(pk=picture.pk).update(title="Un autre titre")
    loose.delete()


# SQLite's REPLACE deletes what stands in its way, and no trigger on deletion fires


@pytest.mark.sqlite
@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE"])
class TestReplace:
    def test_no_row_of_what_is_written_once(self, verb, live):
        signing.withdraw(live, live.owner or SignOff.objects.get().signatory, "Une source.")
        changes = {"signatory_name": "'x'", "reason": "'x'", "recording_id": "NULL"}
        for model in (SignOff, SignedFile, Withdrawal):
            assert refused((copy_of(model, "TRUE", verb, **changes),))

    def test_no_live_page_by_its_number_path_or_language(self, verb, world, live, draft):
        where = f"id = {live.pk}"
        for changes in (
            {"live": "FALSE"},
            {"id": "99999", "path": "'00019999'", "live": "FALSE"},
            {"id": "99999", "translation_key": f"'{'c' * 32}'", "live": "FALSE"},
        ):
            assert refused((copy_of(Page, where, verb, **changes),))
        assert_parents_read_only(live)

    def test_no_text_stage_or_record(self, verb, live, draft):
        through, number = TopicPage.stages.through, f"topicpage_id = {live.pk}"
        page = {"page_ptr_id": str(live.pk), "topicpage_id": str(draft.pk)}
        for statement in (
            copy_of(TopicPage, f"page_ptr_id = {draft.pk}", verb, **page),
            copy_of(through, number, verb, **page),
            copy_of(EditorialRecord, f"page_id = {draft.pk}", verb, page_id=str(live.pk)),
            copy_of(EditorialRecord, f"page_id = {live.pk}", verb, page_id="999"),
        ):
            assert refused((statement,))
        assert_parents_read_only(live)


@pytest.mark.sqlite
def test_no_update_replaces_either(live, draft):
    key = live.translation_key.hex
    for table, change in (
        ("wagtailcore_page", f"path = '{live.path}' WHERE id = {draft.pk}"),
        ("wagtailcore_page", f"translation_key = '{key}' WHERE id = {draft.pk}"),
        ("wagtailcore_page", f"id = {live.pk} WHERE id = {draft.pk}"),
        ("pages_topicpage", f"page_ptr_id = {live.pk} WHERE page_ptr_id = {draft.pk}"),
        ("workgroups_editorialrecord", f"page_id = {live.pk} WHERE page_id = {draft.pk}"),
    ):
        assert refused((f"UPDATE OR REPLACE {table} SET {change}",))
    assert_parents_read_only(live)


# Nothing goes off


def test_not_off_by_another_kind(live):
    assert refused(lambda: rows(live).update(live=False, content_type=kind(ThemePage)))
    assert refused(lambda: rows(live).update(content_type=kind(ThemePage)))
    assert_parents_read_only(live)


def test_not_off_by_deletion(world, live):
    for page in (live, world.theme, world.home):
        assert refused(lambda page=page: rows(page)._raw_delete("default"))
    theme = ThemePage.objects.filter(pk=world.theme.pk)
    assert refused(
        lambda: theme._raw_delete("default"),
        lambda: rows(world.theme)._raw_delete("default"),
    )
    assert refused(
        (f"DELETE FROM wagtailcore_page WHERE id = {live.pk}",),
        (new_page(world, TopicPage, live=False),),
    )
    assert_parents_read_only(live)


@pytest.mark.parametrize("publishing", [True, False])
def test_not_off_by_the_loss_of_its_text_or_record(live, publishing):
    records = EditorialRecord.objects.filter(page_id=live.pk)
    texts = TopicPage.objects.filter(pk=live.pk)
    for rest in (texts, records):
        assert refused(
            lambda: records.update(publishing=publishing),
            lambda rest=rest: rest._raw_delete("default"),
        )
    assert_parents_read_only(live)


def test_not_off_by_a_restriction_in_code(world, live, client):
    other = world.home.add_child(instance=ThemePage(title="Le bain", slug="bain"))
    for page in (live, world.theme, world.home, Page.get_first_root_node()):
        restrict = {"page_id": page.pk, "restriction_type": "login"}
        assert refused(lambda values=restrict: PageViewRestriction.objects.create(**values))
    elsewhere = PageViewRestriction.objects.create(page=other, restriction_type="login")
    restrictions = PageViewRestriction.objects.filter(pk=elsewhere.pk)
    assert refused(lambda: restrictions.update(page_id=world.theme.pk))
    assert client.get(f"/fr/sommeil/{live.slug}/").status_code == 200


# And the ordinary ways stay open


def test_a_draft_comes_moves_and_goes(world, draft):
    copy = draft.copy(update_attrs={"slug": "copie"}, keep_live=False)
    other = world.home.add_child(instance=ThemePage(title="Le bain", slug="bain"))
    TopicPage.objects.get(pk=copy.pk).move(other, pos="last-child")
    rows(draft).update(has_unpublished_changes=F("has_unpublished_changes"), slug="ailleurs")
    TopicPage.objects.get(pk=copy.pk).delete()
    TopicPage.objects.get(pk=draft.pk).delete()
    assert not EditorialRecord.objects.exists()
    ThemePage.objects.get(pk=other.pk).delete()
