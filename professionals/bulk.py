"""Very many rows into one table: objects of Django's would take ten times as long."""

from django.db import connections

PARAMETERS = 900  # SQLite bears 999 in one statement everywhere


def insert(using, model, columns, rows, key=None):
    """Insert all *rows*, tuples of the *columns* with values as the database takes them. With a
    *key*, one that is there is brought to what is given."""
    if not rows:
        return
    connection = connections[using]
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not key:
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as into:
                for row in rows:
                    into.write_row(row)
            return
        sql, end = f"INSERT INTO {table} ({names}) VALUES ", ""  # noqa: S608 - quoted
        if key:
            changed = ", ".join(f"{quote(n)} = excluded.{quote(n)}" for n in columns if n != key)
            end = f" ON CONFLICT ({quote(key)}) DO UPDATE SET {changed}"
        one = f"({', '.join(['%s'] * len(columns))})"
        at_once = PARAMETERS // len(columns)
        for first in range(0, len(rows), at_once):
            some = rows[first : first + at_once]
            values = ", ".join([one] * len(some))
            cursor.execute(f"{sql}{values}{end}", [value for row in some for value in row])
