"""Partners' logos: where partner managers keep them, and what media asks about them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Collection

from media.collections import collection_named
from media.models import Illustration
from media.registry import Holder
from partners.models import Partner
from partners.permissions import may_keep_partners

COLLECTION = "Logos des partenaires"


def make_collection():
    """Make the collection of the logos, unless it is there."""
    collection_named(COLLECTION)


def collections_for(user):
    """For media.registry: whoever keeps the partners keeps their logos."""
    if not may_keep_partners(user):
        return Collection.objects.none()
    return Collection.objects.filter(depth=2, name=COLLECTION)


def holders_of(file):
    """For media.registry: the partners whose logo *file* is."""
    return [holder for _file, holder in holders_of_many([file])]


def holders_of_many(files):
    """Yield (file, Holder) for all of `files`, in one query."""
    pictures = {file.pk: file for file in files if isinstance(file, Illustration)}
    if not pictures:
        return
    for partner in Partner.objects.filter(logo__in=pictures):
        yield (
            pictures[partner.logo_id],
            Holder(
                label=_("the partner %(name)s") % {"name": partner},
                url=reverse("partner:edit", args=[partner.pk]),
                frozen=False,
            ),
        )


def publishers_of(model, pk):
    """For media.registry: an active partner's logo is seen."""
    if model is Illustration:
        yield Partner.objects.active().filter(logo=pk)
