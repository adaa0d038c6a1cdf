"""The demo's own picture of the directory's badge: an invented drawing."""

from django.core.files.base import ContentFile

from media.models import Illustration
from media.rules import Licence
from professionals.models import DirectorySettings

from .content import FOLDER


def load_badge():
    """Choose it where no other one was chosen."""
    kept = DirectorySettings.load()
    if kept.badge_picture_id:
        return
    kept.badge_picture = Illustration.objects.create(
        title="Badge de l’annuaire",
        description="Deux adultes et un bébé, dans un cadre rond",
        file=ContentFile((FOLDER / "badge.svg").read_bytes(), "badge.svg"),
        credit_name="Maud Le Bihan",
        licence=Licence.FULL_RIGHTS,
    )
    kept.save()
