from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.purging import purge_others
from professionals.purging import purge, to_purge

LABELS = {
    "entries": gettext_noop("entries"),
    "contacts": gettext_noop("contact persons"),
    "evidence": gettext_noop("pieces of evidence"),
    "notes": gettext_noop("notes"),
    "versions": gettext_noop("earlier versions"),
    "links": gettext_noop("mailed links"),
    "reports": gettext_noop("reports"),
    "pictures": gettext_noop("pictures"),
    "records": gettext_noop("records of what their source said"),
    "reasons": gettext_noop("reasons of a refusal or a withdrawal"),
}


class Command(BaseCommand):
    help = (
        "Delete the personal data of entries that were refused, withdrawn or never finished "
        "twelve months ago, and changes refused so long ago. Without --delete it only counts."
    )

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--dry-run", action="store_true", help="only count, as without it")
        how.add_argument("--delete", action="store_true", help="delete, and not only count")

    def handle(self, *args, delete, **options):
        counted = purge() if delete else to_purge()
        self.stdout.write(_("Deleted:") if delete else _("Would be deleted (--delete does it):"))
        for name, number in asdict(counted).items():
            self.stdout.write(f"  {_(LABELS[name])}: {number}")
        for what, number in purge_others(delete).items():
            self.stdout.write(f"  {_(what)}: {number}")
