"""The pictures that professionals send: kept as the house keeps all pictures (media.rules), in a
collection of their own, and gone once no entry shows them."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from media import registry
from media.collections import collection_named
from media.models import Illustration
from media.rules import Licence

from .models import Draft

# What anybody sends is not among the pictures to choose from.
COLLECTION = "Images de l’annuaire"
MOST_BYTES = 10 * 1024 * 1024  # of one picture: what a phone takes, and no more
NAME_LENGTH = 100  # characters


def keep(file, entry):
    """The stored Illustration of a *file* that media.forms.PictureField has let through."""
    with override(settings.LANGUAGE_CODE):
        given = _("Given by the professional, for its entry in the directory")
    return Illustration.objects.create(
        title=file.name[:NAME_LENGTH],
        file=file,
        collection=collection_named(COLLECTION),
        credit_name=entry.name,
        licence=Licence.OTHER,
        licence_text=given,
    )


def let_go(picture):
    """Delete a picture that was sent for an entry, unless something shows it still."""
    if picture is None or picture.collection_id != collection_named(COLLECTION).pk:
        return  # one of the media library, which a moderator chose
    if not registry.holders(picture):
        picture.delete()


def waiting(entry):
    """The picture of a section that could not be taken yet, or None."""
    draft = Draft.objects.filter(professional_id=entry.pk).select_related("picture").first()
    return draft and draft.picture


def let_wait(entry, picture):
    """Keep an Illustration, or None, until the rest of its section can be taken; what waited
    before goes."""
    draft, _made = Draft.objects.get_or_create(professional=entry)
    before, draft.picture = draft.picture, picture
    draft.save(update_fields=["picture"])
    if before != picture:
        let_go(before)
