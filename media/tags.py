"""Tags are told to those who may choose the files that bear them: a word on
another group's picture tells of its draft."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from taggit.models import Tag
from wagtail.admin import filters
from wagtail.images.views import chooser as picture_chooser
from wagtail.permissions import policy_registry
from wagtailmedia.views import chooser as recording_chooser
from wagtailmedia.views import media as recordings

from .models import Illustration, Recording


def tags_told_to(user):
    """The Tags of the pictures, films and sounds that ``user`` may choose."""
    borne = Q()
    for model in (Illustration, Recording):
        policy = policy_registry.get_by_type(model)
        files = policy.instances_user_has_permission_for(user, "choose").order_by()
        borne |= Q(
            taggit_taggeditem_items__content_type=ContentType.objects.get_for_model(model),
            taggit_taggeditem_items__object_id__in=files.values("pk"),
        )
    return Tag.objects.filter(borne).distinct()


def no_popular_tags(model, count=10):
    """In the place of Wagtail's function, which counts the tags of every group's
    files and does not know who asks."""
    return Tag.objects.none()


def propose_no_popular_tags():
    """Called once, when the hooks load."""
    for module in (filters, picture_chooser, recordings, recording_chooser):
        module.popular_tags_for_model = no_popular_tags
