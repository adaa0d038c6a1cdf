"""What was searched in vain, from the cache into the report."""

from django.core.management.base import BaseCommand

from pages.search.fruitless import keep


class Command(BaseCommand):
    help = "Keeps the words that several searches left without a result. Safe to repeat."

    def handle(self, *args, **options):
        self.stdout.write(f"Words searched in vain that were added to: {keep()}")
