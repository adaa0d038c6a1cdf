from django.db import migrations, models
from django.utils import timezone


def note_the_closed(apps, schema_editor):
    """Nobody knows any more since when: their year begins today."""
    partners = apps.get_model("partners", "Partner").objects
    partners.filter(active=False).update(closed_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ("partners", "0004_links_outlive_requests"),
    ]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="closed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="closed since"),
        ),
        migrations.AlterField(
            model_name="partner",
            name="active",
            field=models.BooleanField(default=True, help_text="Untick it, and its pages show no topic any more, from now on. A year later its contact is deleted.", verbose_name="active"),
        ),
        migrations.AlterField(
            model_name="partner",
            name="contact_email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="contact’s e-mail"),
        ),
        migrations.RunPython(note_the_closed, migrations.RunPython.noop),
    ]
