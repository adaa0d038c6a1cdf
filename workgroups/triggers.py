"""The triggers that keep workgroups.database_rules, on both databases.

They are dropped before every migration and made again after it, since
SQLite's table rebuilds neither keep nor bear them.
"""

from django.db import connections

from .database_rules import (
    APPEND_ONLY,
    PAGE,
    RECORD,
    SIGNED_FILES,
    rules,
    rules_against_replacing,
    text_tables,
)
from .models.editorial_page import editorial_models

PREFIX = "editorial_"


def _sqlite():
    for rule in (*rules("IS NOT"), *rules_against_replacing()):
        when = f"WHEN {rule.condition}" if rule.condition else ""
        yield (
            f"CREATE TRIGGER {PREFIX}{rule.name} {rule.event} ON {rule.table} FOR EACH ROW "
            f"{when} BEGIN SELECT RAISE(ABORT, '{rule.message}'); END"
        )


def _postgresql():
    # A trigger's own WHEN may not hold a subquery: the condition stands inside.
    for rule in rules("IS DISTINCT FROM"):
        returned = "OLD" if rule.event.endswith("DELETE") else "NEW"
        yield f"""
            CREATE OR REPLACE FUNCTION {PREFIX}{rule.name}() RETURNS trigger AS $$
            BEGIN
                IF {rule.condition or "TRUE"} THEN
                    RAISE EXCEPTION '{rule.message}'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN {returned};
            END $$ LANGUAGE plpgsql"""
        yield (
            f"CREATE TRIGGER {PREFIX}{rule.name} {rule.event} ON {rule.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {PREFIX}{rule.name}()"
        )
    yield f"""
        CREATE OR REPLACE FUNCTION {PREFIX}truncate() RETURNS trigger AS $$
        BEGIN
            RAISE EXCEPTION 'this table is not emptied'
                USING ERRCODE = 'integrity_constraint_violation';
        END $$ LANGUAGE plpgsql"""
    tables = [model._meta.db_table for model in (*APPEND_ONLY, *SIGNED_FILES)]
    for table in (PAGE, RECORD, *text_tables(), *tables):
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
    statements = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
