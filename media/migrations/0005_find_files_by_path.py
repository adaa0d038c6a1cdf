from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0004_what_a_picture_says'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='illustration',
            index=models.Index(fields=['source_file'], name='media_source_by_path'),
        ),
        migrations.AddIndex(
            model_name='captiontrack',
            index=models.Index(fields=['file'], name='media_captions_by_path'),
        ),
        migrations.AddIndex(
            model_name='illustration',
            index=models.Index(fields=['file'], name='media_picture_by_path'),
        ),
        migrations.AddIndex(
            model_name='illustrationrendition',
            index=models.Index(fields=['file'], name='media_rendition_by_path'),
        ),
        migrations.AddIndex(
            model_name='recording',
            index=models.Index(fields=['file'], name='media_recording_by_path'),
        ),
        migrations.AddIndex(
            model_name='recording',
            index=models.Index(fields=['thumbnail'], name='media_poster_by_path'),
        ),
    ]
