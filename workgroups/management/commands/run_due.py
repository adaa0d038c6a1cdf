"""What time brings, safe to start every minute."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from workgroups.due import publish_due
from workgroups.models.brief_uploads import sweep_uploads


class Command(BaseCommand):
    help = "Publishes what is due: signed topics, and whatever else Wagtail has scheduled."

    def handle(self, *args, **options):
        published, returned = publish_due()
        call_command("publish_scheduled", verbosity=0)
        sweep_uploads()
        if published or returned or options["verbosity"] > 1:
            self.stdout.write(f"{published} published, {returned} sent back to sign-off")
