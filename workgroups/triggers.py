"""What the database itself refuses, whatever code or tool speaks to it.

- a page goes live, or gets another live revision, without the signatures that
  its record asks for, newer than its last withdrawal;
- a live page's text changes outside a publication;
- a live page goes off without a withdrawal newer than its last signature, or
  a page above it goes off;
- a signature, its files or a withdrawal is changed or deleted.

They are dropped before every migration and made again after it, since
SQLite's table rebuilds neither keep nor bear them.
"""

from django.apps import apps
from django.db import connections

from .models import EditorialPage, EditorialRecord, SignedFile, SignOff, Withdrawal

PAGE = "wagtailcore_page"
PAGE_TEXT = ("title", "seo_title", "search_description")
APPEND_ONLY = (SignOff, SignedFile, Withdrawal)
PREFIX = "editorial_"

RECORD = EditorialRecord._meta.db_table
SIGNED = SignOff._meta.db_table
WITHDRAWN = Withdrawal._meta.db_table


def editorial_models():
    """Every concrete kind of editorial page."""
    return [model for model in apps.get_models() if issubclass(model, EditorialPage)]


def _is_editorial(row="NEW"):
    labels = ", ".join(
        f"'{model._meta.app_label}.{model._meta.model_name}'" for model in editorial_models()
    )
    return (
        f"{row}.content_type_id IN (SELECT id FROM django_content_type "
        f"WHERE app_label || '.' || model IN ({labels}))"
    )


UNSIGNED = f"""(
    SELECT COUNT(DISTINCT s.signatory_id) FROM {SIGNED} s
    WHERE s.page_id = NEW.id AND s.revision_id = NEW.live_revision_id
    AND s.id > COALESCE(
        (SELECT MAX(w.last_sign_off_id) FROM {WITHDRAWN} w WHERE w.page_id = NEW.id), 0)
) < COALESCE(
    (SELECT r.required_signatures FROM {RECORD} r WHERE r.page_id = NEW.id), 1)"""

NOT_WITHDRAWN = f"""NOT EXISTS (
    SELECT 1 FROM {WITHDRAWN} w WHERE w.page_id = NEW.id
    AND COALESCE(w.last_sign_off_id, 0) >= COALESCE(
        (SELECT MAX(s.id) FROM {SIGNED} s WHERE s.page_id = NEW.id), 0))"""


def _not_publishing(page_id):
    return f"NOT EXISTS (SELECT 1 FROM {RECORD} r WHERE r.page_id = {page_id} AND r.publishing)"


def _changed(columns, differs):
    return "(" + " OR ".join(f'OLD."{c}" {differs} NEW."{c}"' for c in columns) + ")"


def _rules(differs):
    """(name, table, event, condition, message) of every trigger."""
    editorial = _is_editorial()
    yield (
        "insert_live", PAGE, "INSERT", f"NEW.live AND {editorial}",
        "a page starts as a draft",
    )  # fmt: skip
    yield (
        "go_live", PAGE, "UPDATE",
        f"NEW.live AND {editorial} AND (NOT OLD.live OR "
        f"OLD.live_revision_id {differs} NEW.live_revision_id) "
        f"AND ({UNSIGNED} OR {_not_publishing('NEW.id')})",
        "a page goes live with its signatures only",
    )  # fmt: skip
    yield (
        "change_text", PAGE, "UPDATE",
        f"NEW.live AND {editorial} AND {_changed(PAGE_TEXT, differs)} "
        f"AND {_not_publishing('NEW.id')}",
        "the text of a live page changes by publication only",
    )  # fmt: skip
    yield (
        "go_off", PAGE, "UPDATE",
        f"OLD.live AND NOT NEW.live AND {editorial} AND {NOT_WITHDRAWN}",
        "a live page goes off by a withdrawal only",
    )  # fmt: skip
    yield (
        "go_off_above", PAGE, "UPDATE",
        f"OLD.live AND NOT NEW.live AND EXISTS (SELECT 1 FROM {PAGE} p WHERE p.live "
        f"AND p.path LIKE OLD.path || '_%' AND {_is_editorial('p')})",
        "a page above a live one stays online",
    )  # fmt: skip
    for model in editorial_models():
        yield from _rules_of_text(model, differs)
    for model in APPEND_ONLY:
        table = model._meta.db_table
        for event in ("UPDATE", "DELETE"):
            yield (
                f"{event.lower()}_{table}", table, event, None,
                f"{table} is append-only",
            )  # fmt: skip


def _rules_of_text(model, differs):
    """The rules on the table of one kind of editorial page, and on the lists
    (stages…) that belong to its text."""
    message = "the text of a live page changes by publication only"

    def live_and_not_publishing(page_id):
        return (
            f"EXISTS (SELECT 1 FROM {PAGE} p WHERE p.id = {page_id} AND p.live) "
            f"AND {_not_publishing(page_id)}"
        )

    columns = [
        field.column
        for field in model._meta.local_concrete_fields
        if not field.primary_key and field.name != "lineage"
    ]
    table, key = model._meta.db_table, model._meta.pk.column
    yield (
        f"change_text_{table}", table, "UPDATE",
        f"{_changed(columns, differs)} AND {live_and_not_publishing(f'NEW.{key}')}", message,
    )  # fmt: skip
    yield (
        f"delete_text_{table}", table, "DELETE", live_and_not_publishing(f"OLD.{key}"), message,
    )  # fmt: skip
    for field in model._meta.local_many_to_many:
        table, key = field.m2m_db_table(), field.m2m_column_name()
        for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            yield (
                f"{event.lower()}_{table}", table, event,
                live_and_not_publishing(f"{row}.{key}"), message,
            )  # fmt: skip


def _sqlite(rules):
    for name, table, event, condition, message in rules:
        when = f"WHEN {condition}" if condition else ""
        yield (
            f"CREATE TRIGGER {PREFIX}{name} BEFORE {event} ON {table} FOR EACH ROW "
            f"{when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


def _postgresql(rules):
    # A trigger's own WHEN may not hold a subquery: the condition stands inside.
    for name, table, event, condition, message in rules:
        returned = "OLD" if event == "DELETE" else "NEW"
        yield f"""
            CREATE OR REPLACE FUNCTION {PREFIX}{name}() RETURNS trigger AS $$
            BEGIN
                IF {condition or "TRUE"} THEN
                    RAISE EXCEPTION '{message}'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN {returned};
            END $$ LANGUAGE plpgsql"""
        yield (
            f"CREATE TRIGGER {PREFIX}{name} BEFORE {event} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {PREFIX}{name}()"
        )
    yield f"""
        CREATE OR REPLACE FUNCTION {PREFIX}truncate() RETURNS trigger AS $$
        BEGIN
            RAISE EXCEPTION 'append-only'
                USING ERRCODE = 'integrity_constraint_violation';
        END $$ LANGUAGE plpgsql"""
    for model in APPEND_ONLY:
        table = model._meta.db_table
        yield (
            f"CREATE TRIGGER {PREFIX}truncate_{table} BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}truncate()"
        )


def _existing(cursor, vendor):
    if vendor == "sqlite":
        cursor.execute(
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' "
            "AND substr(name, 1, %s) = %s",
            [len(PREFIX), PREFIX],
        )
    else:
        cursor.execute(
            "SELECT t.tgname, c.relname FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND left(t.tgname, %s) = %s",
            [len(PREFIX), PREFIX],
        )
    return cursor.fetchall()


def drop_triggers(using="default", **kwargs):
    """Lift every trigger of this module (before a migration)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table in _existing(cursor, connection.vendor):
            on = "" if connection.vendor == "sqlite" else f' ON "{table}"'
            cursor.execute(f'DROP TRIGGER "{name}"{on}')


def make_triggers(using="default", **kwargs):
    """Put every trigger of this module in place (after a migration)."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    needed = {model._meta.db_table for model in (*APPEND_ONLY, *editorial_models())}
    if not needed | {PAGE, RECORD} <= tables:
        return  # a migration that stops half-way, as a test of migrations does
    drop_triggers(using)
    sqlite = connection.vendor == "sqlite"
    statements = _sqlite(_rules("IS NOT")) if sqlite else _postgresql(_rules("IS DISTINCT FROM"))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
