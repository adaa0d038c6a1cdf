"""Wagtail's first migrations put a workflow of their own on every page, for a group
of moderators that does not exist here."""

from django.db import migrations


def take_it_away(apps, schema_editor):
    pages = apps.get_model("wagtailcore", "WorkflowPage").objects.all()
    workflows = apps.get_model("wagtailcore", "Workflow").objects
    workflows.filter(pk__in=pages.values("workflow")).update(active=False)
    pages.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("workgroups", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(take_it_away, migrations.RunPython.noop)]
