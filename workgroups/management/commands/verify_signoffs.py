"""Whether what parents read is, letter for letter, what was signed, and whether
every signature is the one that was given."""

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand
from wagtail.models import Page, PageLogEntry

from media.rules import sha256_of
from workgroups.models import SignOff, UnsignedContentError
from workgroups.models.editorial_page import editorial_models, hash_of


class Command(BaseCommand):
    help = (
        "Recomputes every live page's hash and that of every signed content and "
        "file, and compares every signature with the log. Exit status 1 and one "
        "line per mismatch."
    )

    def handle(self, *args, **options):
        checked = 0
        mismatches = []
        for model in editorial_models():
            for page in model.objects.live().order_by("pk"):
                checked += 1
                mismatches += [f"page {page.pk} “{page.title}”: {m}" for m in self._page(page)]
            mismatches += self._without_text(model)
        mismatches += self._signatures()
        for line in mismatches:
            self.stdout.write(line)
        if mismatches:
            raise SystemExit(1)
        self.stdout.write(f"{checked} live pages, each as it was signed.")

    def _page(self, page):
        if page.content_type_id != ContentType.objects.get_for_model(page).pk:
            yield "it is shown as another kind of page"
            return
        try:
            page.refuse_unless_signed(page.live_revision_id, count=False)
        except UnsignedContentError as error:
            yield str(error)
        revision = page.live_revision
        if revision and revision.as_object().content_hash() != page.content_hash():
            yield f"it is not what its revision {revision.pk} says"
        if page.get_record() is None:
            yield "it has no record, so nobody can withdraw it"
        for used in page.used_files():
            for file, sha256 in used.stored_files():
                try:
                    changed = sha256_of(file) != sha256
                except FileNotFoundError:
                    yield f"{file.name} is missing"
                    continue
                except OSError as error:  # a store of files that does not answer
                    yield f"{file.name} cannot be read: {error}"
                    continue
                if changed:
                    yield f"{file.name} is not the file that was signed"

    def _without_text(self, model):
        live = Page.objects.live().filter(content_type=ContentType.objects.get_for_model(model))
        for page in live.exclude(pk__in=model.objects.values("pk")).order_by("pk"):
            yield f"page {page.pk} “{page.title}”: its text is missing"

    def _signatures(self):
        entries = PageLogEntry.objects.filter(action="editorial.sign").order_by("pk")
        logged = {entry.data["sign_off"]: entry.data for entry in entries.iterator()}
        for sign_off in SignOff.objects.order_by("pk").iterator():
            entry = logged.pop(sign_off.pk, None)
            for mismatch in self._signature(sign_off, entry):
                yield f"sign-off {sign_off.pk}: {mismatch}"
        for number in logged:
            yield f"sign-off {number}: it is in the log and is gone"

    def _signature(self, sign_off, entry):
        if hash_of(sign_off.content) != sign_off.content_hash:
            yield "its content does not match its hash"
        if entry is None:
            yield "the log does not know of it"
            return
        if entry["content_hash"] != sign_off.content_hash:
            yield "its content is not what the log says"
        said = hash_of(sign_off.said)
        # Entries from before this hash was kept have none.
        if entry.get("signature_hash", said) != said:
            yield "its name, words or dates are not what the log says"
