from django.db import migrations, models

INDEXES = {
    # As the lookup "says_by_index" asks: by another text it would not be known again.
    "professionals_by_words": "gin (array_to_tsvector(string_to_array(btrim(words), ' ')))",
    # For words that a kind has for all its entries.
    "professionals_by_kind": "btree (kind_id)",
}


def make_indexes(apps, schema_editor):
    """On PostgreSQL alone: SQLite would take that of kinds where it is slower by it."""
    if schema_editor.connection.vendor == "postgresql":
        for name, columns in INDEXES.items():
            schema_editor.execute(
                f"CREATE INDEX {name} ON professionals_publicpoint USING {columns}"
            )


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):

    dependencies = [
        ('professionals', '0007_near_by_index'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='publicpoint',
            name='professionals_by_place',
        ),
        migrations.AddIndex(
            model_name='publicpoint',
            index=models.Index(fields=['latitude', 'longitude', 'kind_id', 'priorities', 'sector', 'sphere_x', 'sphere_y', 'sphere_z', 'professional'], name='professionals_by_place'),
        ),
        migrations.RunPython(make_indexes, drop_indexes),
    ]
