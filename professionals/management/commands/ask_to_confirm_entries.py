"""Once a year, a mail: is the entry still right?"""

from django.core.management.base import BaseCommand

from professionals.yearly import ask


class Command(BaseCommand):
    help = (
        "Asks professionals by mail, 45, 15 and 3 days before, to confirm their entries; marks "
        "those that nobody confirmed and takes them off 30 days later. Safe to repeat."
    )

    def handle(self, *args, **options):
        counted = ask()
        if any(counted.values()) or options["verbosity"] > 1:
            self.stdout.write(", ".join(f"{number} {name}" for name, number in counted.items()))
