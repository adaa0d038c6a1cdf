"""Whatever a theme asks for, a topic goes online with one signature at least."""

from django.db import migrations, models


def ask_for_one(apps, schema_editor):
    records = apps.get_model("workgroups", "EditorialRecord").objects
    records.filter(required_signatures=0).update(required_signatures=1)


class Migration(migrations.Migration):
    dependencies = [
        ("workgroups", "0004_board_due_dates_and_reminders"),
    ]

    operations = [
        migrations.RunPython(ask_for_one, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="editorialrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("required_signatures__gte", 1)),
                name="one_signature_at_least",
            ),
        ),
    ]
