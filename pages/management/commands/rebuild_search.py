"""The index of search, made anew from what parents can read."""

from django.core.management.base import BaseCommand

from pages.search.index import rebuild


class Command(BaseCommand):
    help = "Makes the index of search anew. Safe to repeat, and while the site runs."

    def handle(self, *args, **options):
        self.stdout.write(f"Topics that search finds: {rebuild()}")
