"""The demo's people, groups, pages and their histories."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.loading import load


class Command(BaseCommand):
    help = "Loads the demo's content. What is there already stays as people left it."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("This is not the demo (DEMO=1): load_demo would mix it with yours.")
        if made := load():
            self.stdout.write(f"The demo's content is loaded: {made} topics.")
