from django.db import migrations

DEPARTEMENTS = ("57", "67", "68")


def part(apps, schema_editor):
    """Give hours that speak of public holidays rows of their own where those are others."""
    using = schema_editor.connection.alias
    hours = apps.get_model("professionals", "Hours").objects.using(using)
    points = apps.get_model("professionals", "PublicPoint").objects.using(using)
    there = points.filter(professional__commune__departement__in=DEPARTEMENTS)
    texts = there.filter(hours__text__contains="PH").values_list("hours_id", "hours__text")
    for pk, text in set(texts):
        own, _made = hours.get_or_create(text=text, departement=DEPARTEMENTS[0])
        points.filter(pk__in=there.filter(hours=pk).values("pk")).update(hours=own)


class Migration(migrations.Migration):

    dependencies = [
        ("professionals", "0010_forgotten_sources"),
    ]

    operations = [migrations.RunPython(part, migrations.RunPython.noop)]
