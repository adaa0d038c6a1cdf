"""The demo's pictures and its film, uploaded as their illustrators would do it."""

from django.core.files import File
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection

from accounts.models import User
from media.models import CaptionTrack, Illustration, Recording
from media.rules import Licence

from .content import FOLDER, read
from .rights import description_of, licence_of

FILM_SECONDS = 26
FILM_SIZE = (1280, 720)  # pixels


class Library:
    """The pictures of one collection, uploaded at first need.

    `collection` None is the root, whose pictures belong to the site as a whole.
    """

    def __init__(self, collection=None, now=None):
        self.now = now or timezone.now()
        self.collection = collection or Collection.get_first_root_node()
        self.texts = read("pictures")
        self.uploaded = {}

    def alt(self, key):
        """The alternative text that goes with a picture."""
        return self.texts[key]["alt"]

    def picture(self, key):
        """The Illustration called `key` in pictures.toml."""
        if key not in self.uploaded:
            self.uploaded[key] = self._upload(key)
        return self.uploaded[key]

    def take_over(self, page):
        """Use what `page` shows already instead of uploading it once more."""
        shown = {picture.title: picture for picture in page.used_files()}
        for key, text in self.texts.items():
            if text["title"] in shown:
                self.uploaded[key] = shown[text["title"]]

    def _upload(self, key):
        text = self.texts[key]
        path = FOLDER / text.get("file", f"pictures/{key}.webp")
        artist = User.objects.filter(display_name=text["credit"]).first()
        return Illustration.objects.create(
            title=text["title"],
            description=description_of(key, text["alt"]),
            long_description=read("long_descriptions").get(key, "").strip(),
            file=ContentFile(path.read_bytes(), path.name),
            collection=self.collection,
            uploaded_by_user=artist,
            credit_user=artist,
            credit_name=text["credit"],
            **licence_of(key, self.now),
        )

    def recording(self, key):
        """The film called `key`, with its poster, captions and transcript."""
        folder = FOLDER / "film"
        found = Recording.objects.filter(collection=self.collection, title=FILM_TITLES[key]).first()
        if found:
            return found
        artist = User.objects.filter(display_name=FILM_CREDIT).first()
        with (
            (folder / f"{key}.mp4").open("rb") as film,
            (folder / "poster.webp").open("rb") as poster,
            (folder / f"{key}.fr.vtt").open("rb") as captions,
        ):
            recording = Recording.objects.create(
                title=FILM_TITLES[key],
                type="video",
                file=File(film, f"{key}.mp4"),
                thumbnail=File(poster, f"{key}.webp"),
                duration=FILM_SECONDS,
                width=FILM_SIZE[0],
                height=FILM_SIZE[1],
                transcript=(folder / f"{key}.txt").read_text(encoding="utf-8").strip(),
                collection=self.collection,
                uploaded_by_user=artist,
                credit_user=artist,
                credit_name=FILM_CREDIT,
                licence=Licence.FULL_RIGHTS,
            )
            CaptionTrack.objects.create(
                recording=recording, language="fr", file=File(captions, f"{key}.fr.vtt")
            )
        return recording


FILM_TITLES = {"rituel-du-soir": "Le rituel du soir"}
FILM_CREDIT = "Inès Karoui"
