"""Partners' logos: where partner managers keep them, and what media asks about them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Collection

from media.models import Illustration
from media.registry import Holder
from partners.models import Partner
from partners.permissions import may_keep_partners

COLLECTION = "Logos des partenaires"


def make_collection(using, apps, **kwargs):
    """The collection of the logos, once every table is there (post_migrate)."""
    try:
        apps.get_model("wagtailcore", "Collection")
        apps.get_model("partners", "Partner")
    except LookupError:
        return  # a migrate that stops half-way, or goes back
    collections = Collection.objects.using(using)
    root = collections.filter(depth=1).first()
    if root and not collections.filter(depth=2, name=COLLECTION).exists():
        root.add_child(name=COLLECTION)


def collections_for(user):
    """For media.registry: whoever keeps the partners keeps their logos."""
    if not may_keep_partners(user):
        return Collection.objects.none()
    return Collection.objects.filter(depth=2, name=COLLECTION)


def holders_of(file):
    """For media.registry: the partners whose logo *file* is."""
    if not isinstance(file, Illustration):
        return
    for partner in Partner.objects.filter(logo=file):
        yield Holder(
            label=_("the partner %(name)s") % {"name": partner},
            url=reverse("partner:edit", args=[partner.pk]),
            frozen=False,
        )


def publishers_of(model, pk):
    """For media.registry: an active partner's logo is seen."""
    if model is Illustration:
        yield Partner.objects.active().filter(logo=pk)
