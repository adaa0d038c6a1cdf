"""What parents wrote under “Was this useful?” is not kept for ever, nor what limits know."""

from django.core.management.base import BaseCommand

from accounts import limits
from pages.models import Opinion, OpinionSalt


class Command(BaseCommand):
    help = (
        "Deletes the sentences that are older than OPINION_SENTENCE_DAYS (the answers stay), "
        "and what the limits of public forms no longer need."
    )

    def handle(self, *args, **options):
        forgotten = Opinion.objects.forget_sentences()
        OpinionSalt.objects.forget_past()
        limits.forget_past()
        if forgotten or options["verbosity"] > 1:
            self.stdout.write(f"{forgotten} sentences deleted")
