"""Whether what parents read is, letter for letter, what was signed."""

from django.core.management.base import BaseCommand

from media.rules import sha256_of
from workgroups.models import SignOff, UnsignedContentError
from workgroups.models.editorial_page import hash_of
from workgroups.triggers import editorial_models


class Command(BaseCommand):
    help = (
        "Recomputes every live page's hash and that of every signed content and "
        "file. Exit status 1 and one line per mismatch."
    )

    def handle(self, *args, **options):
        checked = 0
        mismatches = []
        for model in editorial_models():
            for page in model.objects.live().order_by("pk"):
                checked += 1
                mismatches += [f"page {page.pk} “{page.title}”: {m}" for m in self._page(page)]
        mismatches += self._signatures()
        for line in mismatches:
            self.stdout.write(line)
        if mismatches:
            raise SystemExit(1)
        self.stdout.write(f"{checked} live pages, each as it was signed.")

    def _page(self, page):
        try:
            page.refuse_unless_signed(page.live_revision_id, count=False)
        except UnsignedContentError as error:
            yield str(error)
        for used in page.used_files():
            for file, sha256 in used.stored_files():
                try:
                    changed = sha256_of(file) != sha256
                except OSError:
                    yield f"{file.name} is missing"
                    continue
                if changed:
                    yield f"{file.name} is not the file that was signed"

    def _signatures(self):
        for sign_off in SignOff.objects.order_by("pk").iterator():
            if hash_of(sign_off.content) != sign_off.content_hash:
                yield f"sign-off {sign_off.pk}: its content does not match its hash"
