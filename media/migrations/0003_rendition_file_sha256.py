from django.db import migrations, models

from media.rules import sha256_of


def hash_what_is_stored(apps, schema_editor):
    """Renditions made before their hashes were kept; one without a file goes, and
    is made again when it is asked for."""
    renditions = apps.get_model("media", "IllustrationRendition").objects
    for rendition in renditions.iterator():
        if rendition.file and rendition.file.storage.exists(rendition.file.name):
            renditions.filter(pk=rendition.pk).update(file_sha256=sha256_of(rendition.file))
        else:
            renditions.filter(pk=rendition.pk).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0002_recording_thumbnail_sha256"),
    ]

    operations = [
        migrations.AddField(
            model_name="illustrationrendition",
            name="file_sha256",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(hash_what_is_stored, migrations.RunPython.noop),
    ]
