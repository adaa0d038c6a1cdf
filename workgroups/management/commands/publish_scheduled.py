"""Wagtail's own command, kept from taking topics off."""

from wagtail.management.commands import publish_scheduled

from workgroups.models import EditorialRecord


class Command(publish_scheduled.Command):
    help = "Publishes and takes off what Wagtail has scheduled; a topic has no expiry date."

    def handle(self, *args, **options):
        if not options["dryrun"]:
            EditorialRecord.objects.drop_expiry_dates()
        super().handle(*args, **options)
