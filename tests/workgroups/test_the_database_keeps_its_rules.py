"""The database's own rules are there from the first migration on, stand aside
for every other and are back after it.

What they refuse to whoever goes round the code stands in
test_the_database_bears_no_detour.
"""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import pre_migrate

from pages.models import TopicPage
from workgroups import triggers
from workgroups.models import SignOff


def in_place():
    with connection.cursor() as cursor:
        return sorted(triggers._existing(cursor, connection.vendor))


def test_a_fresh_database_has_every_rule(db):
    tables = {table for _name, table in in_place()}
    assert tables == {
        "media_captiontrack",
        "media_illustration",
        "media_recording",
        "wagtailcore_page",
        "wagtailcore_pageviewrestriction",
        "pages_topicpage",
        "pages_topicpage_stages",
        "workgroups_editorialrecord",
        "workgroups_signoff",
        "workgroups_signedfile",
        "workgroups_withdrawal",
    }


def test_a_migration_finds_none_and_leaves_all(db):
    before = in_place()
    during = []

    def look(**kwargs):
        during.append(in_place())

    pre_migrate.connect(look)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        pre_migrate.disconnect(look)
    assert during
    assert during[0] == []
    assert in_place() == before


def test_a_migration_repairs_what_somebody_dropped(world, live_topic):
    before = in_place()
    triggers.drop_triggers()
    assert in_place() == []
    call_command("migrate", verbosity=0, interactive=False)
    assert in_place() == before
    for attempt in (
        lambda: TopicPage.objects.filter(pk=live_topic.pk).update(live=False),
        lambda: SignOff._base_manager.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_making_them_twice_is_making_them_once(db):
    before = in_place()
    triggers.make_triggers()
    triggers.make_triggers()
    assert in_place() == before


class TestCommitted:
    @pytest.fixture
    def db(self, lifted_triggers):
        """SQLite rebuilds no table inside a transaction."""

    @pytest.mark.sqlite
    def test_a_table_that_sqlite_rebuilds_has_its_rules_again(self, db):
        """Altering a column copies the table and drops the old one, its rules with it."""
        before = in_place()
        field = TopicPage._meta.get_field("key_message")
        rebuilt = []

        def rebuild(**kwargs):
            with connection.schema_editor() as editor:
                editor._remake_table(TopicPage, alter_fields=[(field, field)])
            rebuilt.append(in_place())

        pre_migrate.connect(rebuild)
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            pre_migrate.disconnect(rebuild)
        assert not any(rebuilt)
        assert rebuilt
        assert in_place() == before
