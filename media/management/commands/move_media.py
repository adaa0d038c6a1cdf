"""Move every file to the bucket, or back to the disk: `manage.py move_media --to s3|local`."""

import time

from django.core.files.storage import storages
from django.core.files.storage.handler import InvalidStorageError
from django.core.management.base import BaseCommand, CommandError

from media.failures import StoreError
from media.moving import Moving, known_files

STORES = ("local", "s3")
PROGRESS_SECONDS = 2


class Command(BaseCommand):
    help = (
        "Copies every file that the site knows to the other store and compares its hash there. "
        "It can be stopped and started again. Exit status 1 and one line per file that is "
        "missing or differs."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", choices=STORES, required=True)
        parser.add_argument(
            "--delete-source",
            action="store_true",
            help="Delete each file where it was, once it is proved to be where it goes.",
        )

    def handle(self, *args, **options):
        target = options["to"]
        (source,) = set(STORES) - {target}
        try:
            moving = Moving(storages[source], storages[target], options["delete_source"])
        except InvalidStorageError:
            raise CommandError(
                "No bucket is known: set S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY "
                "for this command."
            ) from None
        files = known_files()
        self.stdout.write(f"{len(files)} files, from {source} to {target}.")
        try:
            self._move(moving, files)
        except KeyboardInterrupt:
            self._tell(moving, files)
            raise CommandError("Stopped. Start it again to go on.", returncode=130) from None
        except StoreError as error:
            self._tell(moving, files)
            raise CommandError(
                f"The store of files does not answer: {error}. Start it again to go on."
            ) from error
        self._tell(moving, files)
        if moving.count.problems:
            raise SystemExit(1)

    def _move(self, moving, files):
        told = time.monotonic()
        for file in files:
            if problem := moving.move(file):
                self.stdout.write(problem)
            if time.monotonic() - told >= PROGRESS_SECONDS:
                told = time.monotonic()
                self._tell(moving, files)

    def _tell(self, moving, files):
        count = moving.count
        self.stdout.write(
            f"{count.done} of {len(files)}: {count.moved} moved, {count.there} there already, "
            f"{count.problems} with a problem."
        )
