"""Whether the public services that topics lead to still answer."""

from django.core.management.base import BaseCommand

from pages.destinations import check_all
from pages.models import PublicService


class Command(BaseCommand):
    help = "Asks the address of each public service, one after the other, and keeps the answer."

    def handle(self, *args, **options):
        for service, answer in check_all():
            bad = answer.state in (PublicService.State.DEAD, PublicService.State.MOVED)
            if bad or options["verbosity"] > 1:
                self.stdout.write(f"{service.url}: {answer.state} {answer.proof}")
