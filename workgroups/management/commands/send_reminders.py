"""What is due, late, or to be read again soon: once a day, in the morning."""

from django.core.management.base import BaseCommand

from workgroups.reminders import send_reminders


class Command(BaseCommand):
    help = "Sends each person one mail with all that waits for her; safe to repeat."

    def handle(self, *args, **options):
        sent = send_reminders()
        if sent or options["verbosity"] > 1:
            self.stdout.write(f"{sent} reminders sent")
