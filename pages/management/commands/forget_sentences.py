"""What parents wrote under “Was this useful?” is not kept for ever."""

from django.core.management.base import BaseCommand

from pages.models import Opinion


class Command(BaseCommand):
    help = "Deletes the sentences that are older than OPINION_SENTENCE_DAYS; the answers stay."

    def handle(self, *args, **options):
        forgotten = Opinion.objects.forget_sentences()
        if forgotten or options["verbosity"] > 1:
            self.stdout.write(f"{forgotten} sentences deleted")
